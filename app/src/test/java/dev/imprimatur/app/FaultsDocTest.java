package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/faults.md` names a test for each failure, and each of these tests is there.
class FaultsDocTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Contract))(?:\\.(\\w+))?`");

  @Test
  void everyTestItNamesIsThere() throws IOException {
    Map<String, String> sources = sources();
    Matcher named = NAMED.matcher(doc());
    List<String> missing = new ArrayList<>();
    while (named.find()) {
      String source = sources.getOrDefault(named.group(1), "");
      if (source.isEmpty()
          || (named.group(2) != null && !source.contains("void " + named.group(2) + "("))) {
        missing.add(named.group());
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyFailureHasARow() throws IOException {
    String doc = doc();
    assertThat(IntStream.rangeClosed(1, 20)).allMatch(row -> doc.contains("\n| " + row + " | "));
  }

  private static String doc() throws IOException {
    return Files.readString(ROOT.resolve("docs").resolve("faults.md"));
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    for (String module : List.of("engine", "persistence", "fxml", "app")) {
      try (Stream<Path> files =
          Files.walk(ROOT.resolve(module).resolve("src").resolve("test").resolve("java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
      }
    }
    return sources;
  }
}
