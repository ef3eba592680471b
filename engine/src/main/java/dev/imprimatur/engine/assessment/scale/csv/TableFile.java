package dev.imprimatur.engine.assessment.scale.csv;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.imprimatur.engine.assessment.scale.Comparisons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;

/// Writes tables as comma-separated values (RFC 4180), in UTF-8. A file is there as a whole or not
/// at all: it is written beside its place and moved there.
public final class TableFile {
  private TableFile() {}

  /// Writes lines under a head.
  ///
  /// @param lines hands each line on
  /// @return how many lines the file has, as read back, without the head
  /// @throws IOException if it can't be written or read back
  public static long write(Path file, List<String> head, Consumer<Consumer<List<String>>> lines)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path beside = Files.createTempFile(folder, ".table", ".csv");
    try {
      try (CsvWriter writer = CsvWriter.builder().build(beside, StandardCharsets.UTF_8)) {
        writer.writeRecord(head);
        lines.accept(writer::writeRecord);
      }
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
    return count(file);
  }

  private static long count(Path file) throws IOException {
    long lines = -1;
    try (var reader = CsvReader.builder().ofCsvRecord(file)) {
      for (var line : reader) {
        lines += line.getFieldCount() > 0 ? 1 : 0;
      }
    }
    return lines;
  }

  /// Writes comparisons as [ComparisonFile] reads them.
  ///
  /// @return how many the file has, as read back
  /// @throws IOException if it can't be written or read back
  public static long comparisons(Path file, Comparisons comparisons) throws IOException {
    return write(
        file,
        Layout.NAMES,
        sink -> {
          List<String> texts = comparisons.texts();
          for (int k = 0; k < comparisons.size(); k++) {
            String winner = texts.get(comparisons.winner(k));
            String loser = texts.get(comparisons.loser(k));
            int judge = comparisons.judge(k);
            sink.accept(
                List.of(
                    winner,
                    loser,
                    judge == Comparisons.NOBODY ? "" : comparisons.judges().get(judge),
                    comparisons.tie(k) ? "tie" : "win",
                    comparisons.ordered(k) ? comparisons.winnerFirst(k) ? winner : loser : ""));
          }
        });
  }
}
