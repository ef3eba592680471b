package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.tour.Guard;
import dev.imprimatur.engine.tour.JobKind;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.engine.tour.Transition;
import dev.imprimatur.engine.tour.TransitionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The table of transitions, the constraints of both databases, and the diagrams of the docs say
/// the same. Once V018 is released, a change of the table takes a migration of its own, and this
/// test then reads that.
class TransitionTableTest {
  private static final Path ROOT = Path.of("..");

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void theConstraintHasTheStepsOfTheTable(String database) throws IOException {
    String sql =
        Files.readString(
            Path.of("src/main/resources/db/migration-" + database + "/V018__tours.sql"));
    Matcher step = Pattern.compile("'((?:TOUR|CHECKPOINT) [A-Z]+>[A-Z]+)'").matcher(sql);
    assertThat(step.results().map(m -> m.group(1)))
        .containsExactlyElementsOf(TransitionTable.ALL.stream().map(Transition::code).toList());
    Matcher statuses =
        Pattern.compile("status_known CHECK \\(status IN\\s+\\(([^)]*)\\)").matcher(sql);
    assertThat(statuses.find()).isTrue();
    assertThat(Stream.of(statuses.group(1).split(",")).map(s -> s.strip().replace("'", "")))
        .containsExactlyElementsOf(Stream.of(TourStatus.values()).map(Enum::name).toList());
  }

  @ParameterizedTest
  @EnumSource(JobKind.class)
  void theDocsDrawTheTable(JobKind kind) throws IOException {
    String docs = Files.readString(ROOT.resolve("docs").resolve("tours.md"));
    assertThat(docs)
        .as("docs/tours.md is to have:\n%s", TransitionTable.diagram(kind))
        .contains("```mermaid\n" + TransitionTable.diagram(kind) + "\n```");
  }

  @Test
  void whatTheTableSaysIsWhole() {
    assertThat(TransitionTable.ALL.stream().map(Transition::code)).doesNotHaveDuplicates();
    assertThat(TransitionTable.statuses(JobKind.TOUR)).containsExactly(TourStatus.values());
    for (Guard guard : Guard.values()) {
      assertThat(guard.condition()).isNotBlank();
      assertThat(guard == Guard.NONE || !guard.unblock(TourStatus.INPROGRESS).isBlank()).isTrue();
    }
    assertThat(
            Stream.of(TourStatus.values())
                .filter(s -> TransitionTable.terminal(JobKind.TOUR, s))
                .toList())
        .isEqualTo(List.of(TourStatus.COMPLETED, TourStatus.AUTOCLOSED));
  }
}
