package dev.imprimatur.engine.tour.file;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.imprimatur.engine.tour.NewTour;
import dev.imprimatur.engine.tour.NewTourCheck;
import dev.imprimatur.engine.tour.TourType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads tours from comma-separated values, a checkpoint a line.
final class TourCsvFile {
  private static final List<String> COLUMNS =
      List.of("identifier", "site", "type", "expires_at", "checkpoint", "mandatory");
  private static final List<String> NEEDED = List.of("identifier", "site", "type", "checkpoint");
  private static final int LONGEST_FIELD = 1 << 16;

  private final Problems problems;
  private final Map<Head, Points> tours = new LinkedHashMap<>();

  TourCsvFile(Problems problems) {
    this.problems = problems;
  }

  /// What lines of one tour have in common.
  private record Head(String identifier, String site, TourType type, @Nullable Instant expiresAt) {}

  /// A tour's checkpoints, and the lines on which they stand.
  private record Points(List<NewTour.Point> points, List<Long> lines) {}

  List<NewTour> read(String text) {
    try {
      Iterator<CsvRecord> records =
          CsvReader.builder()
              .allowExtraCharsAfterClosingQuote(false)
              .allowUnclosedQuote(false)
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .maxBufferSize(LONGEST_FIELD)
              .ofCsvRecord(text)
              .iterator();
      if (!records.hasNext()) {
        problems.add("", "the file is empty");
        return List.of();
      }
      Map<String, Integer> columns = columns(records.next());
      while (problems.none() || !columns.isEmpty()) {
        if (!records.hasNext()) {
          break;
        }
        line(records.next(), columns);
      }
    } catch (CsvParseException e) {
      Throwable cause = e.getCause();
      problems.add("", e.getMessage() + (cause == null ? "" : ": " + cause.getMessage()));
      return List.of();
    }
    return tours();
  }

  /// Empty if they are not what they must be.
  private Map<String, Integer> columns(CsvRecord head) {
    Map<String, Integer> columns = new HashMap<>();
    String place = "line " + head.getStartingLineNumber();
    for (int i = 0; i < head.getFieldCount(); i++) {
      String name = head.getField(i).strip().toLowerCase(Locale.ROOT);
      if (!COLUMNS.contains(name)) {
        problems.add(place, "'" + name + "' is no column; they are " + String.join(",", COLUMNS));
        return Map.of();
      }
      if (columns.put(name, i) != null) {
        problems.add(place, "column '" + name + "' stands there twice");
        return Map.of();
      }
    }
    for (String needed : NEEDED) {
      if (!columns.containsKey(needed)) {
        problems.add(place, "column '" + needed + "' is missing");
        return Map.of();
      }
    }
    return columns;
  }

  private void line(CsvRecord line, Map<String, Integer> columns) {
    String place = "line " + line.getStartingLineNumber();
    if (line.getFieldCount() == 1 && line.getField(0).isBlank()) {
      return;
    }
    if (line.getFieldCount() > columns.size()) {
      problems.add(
          place,
          "it has "
              + line.getFieldCount()
              + " fields, more than the "
              + columns.size()
              + " columns");
      return;
    }
    Optional<TourType> type = problems.type(place + ", type", field(line, columns, "type"));
    String expires = field(line, columns, "expires_at");
    Optional<Instant> at =
        expires.isEmpty() ? Optional.empty() : problems.time(place + ", expires_at", expires);
    Optional<Boolean> mandatory =
        problems.mandatory(place + ", mandatory", field(line, columns, "mandatory"));
    if (type.isEmpty() || mandatory.isEmpty() || (at.isEmpty() && !expires.isEmpty())) {
      return;
    }
    var head =
        new Head(
            field(line, columns, "identifier"),
            field(line, columns, "site"),
            type.get(),
            at.orElse(null));
    Points points =
        tours.computeIfAbsent(head, h -> new Points(new ArrayList<>(), new ArrayList<>()));
    points.points().add(new NewTour.Point(field(line, columns, "checkpoint"), mandatory.get()));
    points.lines().add(line.getStartingLineNumber());
  }

  private static String field(CsvRecord line, Map<String, Integer> columns, String name) {
    Integer at = columns.get(name);
    return at == null || at >= line.getFieldCount() ? "" : line.getField(at).strip();
  }

  private List<NewTour> tours() {
    List<NewTour> all = new ArrayList<>();
    tours.forEach((head, points) -> {
      var tour =
          new NewTour(
              head.identifier(), head.site(), head.type(), head.expiresAt(), points.points());
      Optional<NewTourCheck.Flaw> flaw = NewTourCheck.flaw(tour);
      if (flaw.isEmpty()) {
        all.add(tour);
      } else {
        problems.add(place(flaw.get(), points), told(flaw.get()));
      }
    });
    return all;
  }

  /// The line of the checkpoint that is to blame, or the tour's first.
  private static String place(NewTourCheck.Flaw flaw, Points points) {
    int from = flaw.place().indexOf('[');
    int which =
        from < 0
            ? 0
            : Integer.parseInt(flaw.place().substring(from + 1, flaw.place().indexOf(']')));
    return "line " + points.lines().get(which);
  }

  private static String told(NewTourCheck.Flaw flaw) {
    String column = flaw.place().startsWith("checkpoints") ? "checkpoint" : flaw.place();
    return column + ": " + flaw.what();
  }
}
