package dev.imprimatur.fxml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.fxml.view.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every text that people read comes from the bundle, and every text in the bundle is read.
class TextsTest {
  private static final Path MAIN = Path.of("src/main");
  private static final Pattern IN_CODE = Pattern.compile("texts\\s*\\.get\\(\\s*\"([^\"]+)\"");
  private static final Pattern PREFIX = Pattern.compile("texts\\s*\\.code\\(\\s*\"([^\"]+)\"");
  private static final Pattern IN_VIEW = Pattern.compile("\"%([^\"]+)\"");
  private static final Pattern BARE =
      Pattern.compile("(?:text|promptText|accessibleText|closeText)=\"([^%\"][^\"]*)\"");

  private final Set<String> keys = Texts.standard().bundle().keySet();

  @Test
  void everyKeyInUseIsThere() throws IOException {
    assertThat(keys).containsAll(used());
  }

  @Test
  void everyTextIsInUse() throws IOException {
    Set<String> used = used();
    List<String> prefixes = prefixes();
    // Chosen between by a variable: `texts.get(one ? "a" : "b")`.
    String code = String.join("\n", sources(".java"));
    assertThat(keys)
        .allMatch(key ->
            used.contains(key)
                || prefixes.stream().anyMatch(p -> key.startsWith(p + "."))
                || code.contains("\"" + key + "\""));
  }

  @Test
  void viewsHoldNoTextOfTheirOwn() throws IOException {
    for (String view : sources(".fxml")) {
      assertThat(BARE.matcher(view).results().map(r -> r.group(1)).toList()).isEmpty();
    }
  }

  @Test
  void everyReasonAndOutcomeHasAName() {
    for (Escalation.Reason reason : Escalation.Reason.values()) {
      assertThat(keys).contains("reason." + Code.of(reason));
    }
    for (Escalation.Outcome outcome : Escalation.Outcome.values()) {
      assertThat(keys).contains("outcome." + Code.of(outcome), "outcome.means." + Code.of(outcome));
    }
  }

  private static Set<String> used() throws IOException {
    Set<String> found = new TreeSet<>();
    for (String source : sources(".java")) {
      collect(IN_CODE, source, found);
    }
    for (String view : sources(".fxml")) {
      collect(IN_VIEW, view, found);
    }
    return found;
  }

  private static List<String> prefixes() throws IOException {
    Set<String> found = new TreeSet<>();
    for (String source : sources(".java")) {
      collect(PREFIX, source, found);
    }
    return List.copyOf(found);
  }

  private static void collect(Pattern pattern, String text, Set<String> into) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      into.add(matcher.group(1));
    }
  }

  private static List<String> sources(String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      List<Path> found = files.filter(f -> f.toString().endsWith(suffix)).toList();
      assertThat(found).isNotEmpty();
      List<String> texts = new java.util.ArrayList<>();
      for (Path file : found) {
        texts.add(Files.readString(file));
      }
      return texts;
    }
  }
}
