package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A process dies at each step boundary of a person's judging; what was judged before stands, and
/// the batch is then judged to its one end. On PostgreSQL an editor is signed in.
@Execution(ExecutionMode.CONCURRENT)
class JudgingCrashTest {
  /// What only people reach.
  static final Set<FaultPoint> POINTS =
      EnumSet.range(FaultPoint.PAIR_GIVEN, FaultPoint.WITHDRAWAL_BEFORE_COMMIT);

  @TempDir private Path folder;

  static Stream<Arguments> everyPointOnBothDatabases() {
    return Stream.of(TestDatabase.Kind.values())
        .flatMap(kind -> POINTS.stream().map(point -> Arguments.of(kind, point)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyPointOnBothDatabases")
  void everyPairIsJudgedOnce(TestDatabase.Kind kind, FaultPoint point) throws Exception {
    try (TestDatabase database = TestDatabase.migrated(kind)) {
      boolean h2 = kind == TestDatabase.Kind.H2;
      Path output = folder.resolve(point.code() + ".log");
      Process child =
          Children.start(
              JudgingCrashChild.class,
              output,
              h2 ? database.url() : database.url().replaceAll("\\?.*", ""),
              h2 ? "" : TestDatabase.EDITOR_A,
              point.code());
      assertThat(Children.end(child, output, Duration.ofSeconds(90)))
          .as("the process reaches %s and halts there: %s", point.code(), Files.readString(output))
          .isEqualTo(137);
      try (Bench again =
          Bench.on(
              database.openAs(TestDatabase.EDITOR_A),
              Scripted.providers(),
              Engine.Extensions.NONE,
              FaultPoints.NONE,
              Map.of("queue.stale-after", "1s", "queue.heartbeat-interval", "200ms"))) {
        JudgingCrashChild.judge(again);
      }
      assertCount(database, 1, "batch WHERE state = 'COMPLETED' AND completed = 8 AND sent = 8");
      assertCount(database, 8, "judgement WHERE withdrawn_at IS NULL AND decision_ms = 1000");
      assertCount(database, 1, "judgement WHERE withdrawn_at IS NOT NULL");
      assertCount(database, 1, "pair_skip");
      assertCount(database, 1, "audit_entry WHERE action = 'comparison.skipped'");
      assertCount(
          database,
          8,
          "comparison c JOIN judgement j ON j.correlation_id = c.correlation_id AND j.withdrawn_at IS NULL"
              + " AND j.answer = c.answer AND j.batch_id = c.batch_id AND j.number = c.number");
      assertCount(database, 1, "audit_entry WHERE action = 'comparison.withdrawn'");
      assertCount(database, 1, "outbox_event WHERE event_type = 'AssessmentResultV1'");
      assertCount(database, 1, "entitlement_charge WHERE credits = 8");
      Invariants.holdAtTheEnd(database);
    }
  }

  private static void assertCount(TestDatabase database, long expected, String what) {
    assertThat(database.count("SELECT count(*) FROM " + what)).as(what).isEqualTo(expected);
  }
}
