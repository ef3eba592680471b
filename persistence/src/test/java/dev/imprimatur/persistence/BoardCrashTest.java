package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.board.BoardState;
import dev.imprimatur.engine.board.BoardView;
import dev.imprimatur.engine.board.ReadyReason;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A process dies at each step boundary between evidence and board; there is one board in the end.
/// Where it dies at every attempt, there is one that tells so. On PostgreSQL an editor is signed
/// in.
@Execution(ExecutionMode.CONCURRENT)
class BoardCrashTest {
  /// What only boards reach.
  static final Set<FaultPoint> POINTS =
      EnumSet.range(FaultPoint.BOARD_ASKED, FaultPoint.EVIDENCE_STORED);

  @TempDir private Path folder;

  static Stream<Arguments> everyPointOnBothDatabases() {
    return Stream.of(TestDatabase.Kind.values())
        .flatMap(kind -> POINTS.stream().map(point -> Arguments.of(kind, point)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyPointOnBothDatabases")
  void thereIsOneBoard(TestDatabase.Kind kind, FaultPoint point) throws Exception {
    try (TestDatabase database = TestDatabase.migrated(kind)) {
      die(database, point);
      try (Bench again =
          BoardCrashChild.bench(database.openAs(TestDatabase.EDITOR_A), FaultPoints.NONE)) {
        BoardView view = BoardCrashChild.board(again, folder);
        assertThat(view.readyReason()).isEqualTo(ReadyReason.GENERATED);
        assertThat(view.board().orElseThrow().opportunities()).hasSize(2);
      }
      assertCount(database, 10, "evidence_item");
      assertCount(database, 1, "board");
      assertCount(database, 2, "board_entry");
      assertCount(database, 2, "opportunity");
      assertCount(database, 10, "opportunity_evidence");
      assertCount(database, 1, "job_all WHERE kind = 'board.generate'");
      assertCount(database, 1, "outbox_event WHERE event_type = 'BoardMadeV1'");
      assertCount(database, 1, "audit_entry WHERE action = 'board.made'");
      assertCount(database, 1, "audit_entry WHERE action = 'board.asked'");
      assertCount(database, 1, "audit_entry WHERE action = 'evidence.imported'");
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.Kind.class)
  void aWorkerThatDiesAtEveryAttemptLeavesAnErrorBoard(TestDatabase.Kind kind) throws Exception {
    try (TestDatabase database = TestDatabase.migrated(kind)) {
      die(database, FaultPoint.BOARD_SYNTHESIZED);
      die(database, FaultPoint.BOARD_SYNTHESIZED);
      try (Bench again =
          BoardCrashChild.bench(database.openAs(TestDatabase.EDITOR_A), FaultPoints.NONE)) {
        BoardView view = BoardCrashChild.board(again, folder);
        assertThat(view.state()).isEqualTo(BoardState.ERROR);
        assertThat(view.why().code()).isEqualTo("stuck_job_timeout");
        assertThat(view.why().unblock()).contains("ask again");
        var diagnostics = view.board().orElseThrow().diagnostics();
        assertThat(diagnostics).isNotNull();
        assertThat(diagnostics.path("attempts").asInt()).isEqualTo(2);
        // Reading again asks for nothing.
        again.engine().today().boards().read(view.brand().id());
      }
      assertCount(database, 1, "board WHERE state = 'ERROR'");
      assertCount(database, 1, "job_all WHERE kind = 'board.generate' AND status = 'FAILED'");
      assertCount(database, 0, "opportunity");
      Invariants.holdMeanwhile(database);
    }
  }

  private void die(TestDatabase database, FaultPoint point)
      throws IOException, InterruptedException {
    boolean h2 = database.kind() == TestDatabase.Kind.H2;
    Path output = folder.resolve(point.code() + ".log");
    Process child =
        Children.start(
            BoardCrashChild.class,
            output,
            h2 ? database.url() : database.url().replaceAll("\\?.*", ""),
            h2 ? "" : TestDatabase.EDITOR_A,
            point.code(),
            folder.toString());
    assertThat(Children.end(child, output, Duration.ofSeconds(90)))
        .as("the process reaches %s and halts there: %s", point.code(), Files.readString(output))
        .isEqualTo(137);
  }

  private static void assertCount(TestDatabase database, long expected, String what) {
    assertThat(database.count("SELECT count(*) FROM " + what)).as(what).isEqualTo(expected);
  }
}
