package dev.imprimatur.engine.assessment.scale.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.imprimatur.engine.assessment.scale.Comparisons;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongPredicate;

/// Comparisons out of a file of comma-separated values (RFC 4180), in UTF-8, with or without a byte
/// order mark. It is one of:
///
/// - a list, a comparison a line: `winner,loser[,judge[,outcome[,first]]]`. A line with these names
///   may come first and then says which column is which; other columns are passed over. The outcome
///   is `win` or `tie`, and `win` if it is empty; `first` names the text that was shown first;
///   `count` says how often;
/// - a list of pairs, with names above: two texts in the order shown (`first,second`, `home,away`,
///   `item1,item2` …) and who won (`outcome` or `winner`), or how often each
///   (`wins1,wins2[,ties]`);
/// - a square matrix: how often the row's text won against the column's. Names may stand above, or
///   above and at the left, else the texts are called 1, 2, …
///
/// White space around a field does not count, and empty lines do not. Semicolons or tabs may stand
/// for commas.
public final class ComparisonFile {
  /// More comparisons than this would not fit.
  public static final int MOST = 10_000_000;

  private static final int LONGEST_FIELD = 1 << 20;
  private static final int HEAD = 8;
  private static final int OFTEN = 1 << 14;

  /// What a file holds.
  public enum Format {
    /// What it looks like.
    AUTO,
    LIST,
    MATRIX
  }

  /// What reading a file comes to.
  public sealed interface Reading {
    /// @param format what it was taken for
    /// @param passedOver names of columns that were not looked at
    /// @param remarks what someone should know about how it was read
    record Read(
        Comparisons comparisons, Format format, List<String> passedOver, List<String> remarks)
        implements Reading {}

    /// It is not read at all if anything in it is wrong.
    ///
    /// @param problems the first of them
    /// @param total how many there are
    record Malformed(List<Problem> problems, long total) implements Reading {}

    /// Whoever watched it did not want to go on.
    record Stopped() implements Reading {}
  }

  /// Something wrong.
  ///
  /// @param line where, from 1; 0 if it is the file as a whole
  /// @param what in words
  public record Problem(long line, String what) {
    @Override
    public String toString() {
      return line == 0 ? what : "line " + line + ": " + what;
    }
  }

  private ComparisonFile() {}

  /// Reads a file.
  ///
  /// @param proceed told now and then how many lines were read; false to stop
  /// @throws IOException if the stream can't be read
  public static Reading read(InputStream in, Format format, LongPredicate proceed)
      throws IOException {
    var problems = new Problems();
    try {
      var decoded =
          new BufferedReader(new InputStreamReader(new Utf8Input(in), StandardCharsets.UTF_8));
      char separator = Separator.of(decoded);
      CsvReader<CsvRecord> csv =
          CsvReader.builder()
              .allowExtraCharsAfterClosingQuote(false)
              .allowUnclosedQuote(false)
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .maxBufferSize(LONGEST_FIELD)
              .fieldSeparator(separator)
              .ofCsvRecord(decoded);
      return records(csv.iterator(), format, problems, proceed);
    } catch (CsvParseException e) {
      problems.add(0, told(e));
    } catch (Utf8Input.NotUtf8 e) {
      problems.add(e.line(), String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof Utf8Input.NotUtf8 n)) {
        throw Objects.requireNonNull(e.getCause());
      }
      problems.add(n.line(), String.valueOf(n.getMessage()));
    }
    return problems.malformed();
  }

  private static String told(CsvParseException e) {
    Throwable cause = e.getCause();
    String why = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return e.getMessage() + why;
  }

  private static Reading records(
      Iterator<CsvRecord> records, Format format, Problems problems, LongPredicate proceed) {
    List<Line> head = new ArrayList<>();
    while (head.size() < HEAD && records.hasNext()) {
      head.add(Line.of(records.next()));
    }
    if (head.isEmpty()) {
      problems.add(0, "the file is empty");
      return problems.malformed();
    }
    cornerIfMissing(head);
    Layout layout = Layout.of(head, format);
    Lines lines = lines(layout, problems);
    long count = 0;
    for (Line line : head) {
      lines.take(line);
      count++;
    }
    while (records.hasNext() && !problems.hopeless()) {
      lines.take(Line.of(records.next()));
      if (++count % OFTEN == 0 && !proceed.test(count)) {
        return new Reading.Stopped();
      }
    }
    lines.end();
    return problems.any()
        ? problems.malformed()
        : new Reading.Read(
            lines.comparisons(),
            layout.matrix() ? Format.MATRIX : Format.LIST,
            layout.passedOver(),
            lines.remarks());
  }

  private static Lines lines(Layout layout, Problems problems) {
    if (layout.matrix()) {
      return new MatrixLines(layout, problems);
    }
    return layout.pairs() == null
        ? new ListLines(layout, problems)
        : new PairLines(layout.pairs(), problems);
  }

  /// Some programs number or name the lines, and leave the corner above these out.
  private static void cornerIfMissing(List<Line> head) {
    Line first = head.getFirst();
    List<Line> rest = head.subList(1, head.size());
    boolean longer = !rest.isEmpty() && rest.stream().allMatch(l -> l.size() == first.size() + 1);
    boolean labels = true;
    for (int i = 0; i < rest.size(); i++) {
      labels &= i < first.size() && rest.get(i).field(0).equals(first.field(i));
    }
    if (longer && (labels || Headings.of(first).known())) {
      List<String> fields = new ArrayList<>(first.fields());
      fields.addFirst("");
      head.set(0, new Line(first.number(), List.copyOf(fields)));
    }
  }
}
