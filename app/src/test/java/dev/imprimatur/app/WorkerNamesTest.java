package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.app.wiring.WorkerNames;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Names of workers.
class WorkerNamesTest {
  @Test
  void noTwoStartsShareAName() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      names.add(WorkerNames.next(Map.of("HOSTNAME", "desk-1")));
    }
    assertThat(names).hasSize(1000).allMatch(name -> name.startsWith("desk-1-"));
  }
}
