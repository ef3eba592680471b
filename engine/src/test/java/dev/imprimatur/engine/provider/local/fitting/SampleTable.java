package dev.imprimatur.engine.provider.local.fitting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads and writes samples as comma-separated values without quoting; no field holds a comma.
public final class SampleTable {
  private static final List<String> COLUMNS =
      List.of("split", "label", "source", "version", "file", "offset", "words", "register");

  private SampleTable() {}

  /// Writes the table, values with six decimals.
  public static void write(Path file, List<Sample> samples) throws IOException {
    List<String> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(COLUMNS);
    header.addAll(samples.getFirst().values().keySet());
    lines.add(String.join(",", header));
    for (Sample s : samples) {
      List<String> cells = new ArrayList<>();
      cells.add(s.split().name().toLowerCase(Locale.ROOT));
      cells.add(s.machine() ? "machine" : "human");
      cells.add(s.source());
      cells.add(s.version());
      cells.add(s.file().replace(',', '_'));
      cells.add(Integer.toString(s.offset()));
      cells.add(Integer.toString(s.words()));
      cells.add(s.register());
      s.values().values().forEach(v -> cells.add(String.format(Locale.ROOT, "%.6f", v)));
      lines.add(String.join(",", cells));
    }
    Files.write(file, lines);
  }

  /// Reads a table that [#write] wrote.
  public static List<Sample> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] header = lines.getFirst().split(",");
    List<Sample> samples = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      Map<String, Double> values = new LinkedHashMap<>();
      for (int i = COLUMNS.size(); i < header.length; i++) {
        values.put(header[i], Double.parseDouble(cells[i]));
      }
      samples.add(
          new Sample(
              Sample.Split.valueOf(cells[0].toUpperCase(Locale.ROOT)),
              cells[1].equals("machine"),
              cells[2],
              cells[3],
              cells[4],
              Integer.parseInt(cells[5]),
              Integer.parseInt(cells[6]),
              cells[7],
              values));
    }
    return samples;
  }
}
