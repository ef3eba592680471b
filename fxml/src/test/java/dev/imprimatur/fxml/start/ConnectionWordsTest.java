package dev.imprimatur.fxml.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.store.ConnectionReport.Ready;
import dev.imprimatur.engine.store.Obstacle;
import dev.imprimatur.fxml.start.ConnectionWords.Line;
import dev.imprimatur.fxml.start.ConnectionWords.State;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every way a connection can end has words of its own.
class ConnectionWordsTest {
  private static final List<String> REVIEWER = List.of("imprimatur_reviewer");

  private final ConnectionWords words = ConnectionWords.standard();

  @ParameterizedTest
  @EnumSource(Obstacle.class)
  void everyObstacleSaysWhatIsWrongAndWhatToDo(Obstacle obstacle) {
    Line line = words.line(FakeDatabases.blocked(obstacle));
    assertThat(line.state()).isEqualTo(State.PROBLEM);
    for (String text : new String[] {line.what(), line.mend()}) {
      assertThat(text).isNotEqualTo(obstacle.code()).contains(" ").doesNotContain("{", "}", "''");
    }
  }

  @Test
  void noTwoSayTheSame() {
    Set<String> all = new HashSet<>();
    for (Obstacle obstacle : Obstacle.values()) {
      assertThat(all.add(words.line(FakeDatabases.blocked(obstacle)).what())).isTrue();
    }
  }

  @Test
  void theGrantIsNamed() {
    assertThat(words.line(FakeDatabases.blocked(Obstacle.NO_ROLE)).mend())
        .contains("GRANT imprimatur_reviewer TO \"editor_a\"");
  }

  @Test
  void whatIsFineAndWhatIsNotQuite() {
    assertThat(words.lines(FakeDatabases.ready(REVIEWER, "004", "TLSv1.3", false)))
        .extracting(Line::state)
        .containsOnly(State.OK);
    assertThat(warnings(FakeDatabases.ready(List.of("imprimatur_reader"), "", "", true)))
        .containsExactly("signed in", "schema", "tls", "pooler");
    var late =
        new Ready(
            FakeDatabases.WHERE, "P", "u", REVIEWER, "004", "T", Duration.ofMinutes(-3), false);
    assertThat(warnings(late)).containsExactly("clocks");
    assertThat(words.lines(late)).anyMatch(l -> l.what().contains("180 s behind"));
  }

  private List<String> warnings(Ready ready) {
    return words.lines(ready).stream()
        .filter(l -> l.state() == State.WARNING)
        .map(Line::check)
        .toList();
  }
}
