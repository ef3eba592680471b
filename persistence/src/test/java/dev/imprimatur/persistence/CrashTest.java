package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.QueueLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// A process halts at each step boundary there is, is started again, and everything comes to the
/// same end: nothing lost, nothing done twice, the audit whole. On PostgreSQL the process is signed
/// in as an editor.
@Execution(ExecutionMode.CONCURRENT)
class CrashTest {
  /// Reached only when something is stale: the process dies once before, leaving a job behind.
  private static final Set<FaultPoint> AFTER_A_DEATH = EnumSet.of(FaultPoint.STALE_CHOSEN);

  /// Reached by a gateway only, whose own crash test walks through them.
  private static final Set<FaultPoint> OF_THE_GATEWAY =
      EnumSet.of(
          FaultPoint.SUBSCRIBER_ADDED,
          FaultPoint.PUSH_CLAIMED,
          FaultPoint.PUSH_SENT,
          FaultPoint.ACK_RECEIVED,
          FaultPoint.ACK_STORED);

  @TempDir private Path folder;

  static Stream<Arguments> everyPointOnBothDatabases() {
    return Stream.of(TestDatabase.Kind.values())
        .flatMap(kind ->
            Stream.of(FaultPoint.values())
                .filter(point -> !OF_THE_GATEWAY.contains(point))
                // Batches have a crash test of their own, which walks through theirs.
                .filter(point -> !BatchCrashTest.POINTS.contains(point))
                .filter(point -> !JudgingCrashTest.POINTS.contains(point))
                .filter(point -> !TourCrashTest.POINTS.contains(point))
                .filter(point -> !BoardCrashTest.POINTS.contains(point))
                .map(point -> Arguments.of(kind, point)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyPointOnBothDatabases")
  void nothingIsLostOrDoubled(TestDatabase.Kind kind, FaultPoint point) throws Exception {
    try (TestDatabase database = TestDatabase.migrated(kind)) {
      boolean inBothLayouts = point == FaultPoint.LAYOUT_HALF_WRITTEN;
      if (inBothLayouts) {
        try (Bench bench = Bench.on(database.open())) {
          LayoutSteps.to(bench.engine(), QueueLayout.DUAL);
        }
      }
      if (AFTER_A_DEATH.contains(point)) {
        assertThat(run(database, FaultPoint.JOB_RAN.code())).isEqualTo(137);
      }
      assertThat(run(database, point.code()))
          .as("the process reaches %s and halts there", point.code())
          .isEqualTo(137);
      assertThat(run(database, "none")).as("started again, it ends").isZero();
      assertWhole(database);
      assertEveryEventInTheFile(database);
      if (inBothLayouts) {
        assertCount(database, 15, "legacy_job WHERE status = 'COMPLETED' AND copied");
        assertCount(database, 0, "legacy_job_difference");
      }
    }
  }

  private Path lines() {
    return folder.resolve("events").resolve("out.jsonl");
  }

  /// Each at least once, always with the same id, every line whole.
  private void assertEveryEventInTheFile(TestDatabase database) throws IOException {
    Map<String, Set<String>> idsByKey = new HashMap<>();
    for (String line : Files.readAllLines(lines())) {
      JsonNode event = Json.parse(line);
      idsByKey
          .computeIfAbsent(event.path("key").asString(), key -> new HashSet<>())
          .add(event.path("event_id").asString());
    }
    assertThat(idsByKey.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
    assertThat((long) idsByKey.size())
        .isEqualTo(database.count("SELECT count(*) FROM outbox_event"));
  }

  private int run(TestDatabase database, String point) throws IOException, InterruptedException {
    Path output = folder.resolve(point + ".log");
    String login = database.kind() == TestDatabase.Kind.H2 ? "" : TestDatabase.EDITOR_A;
    String url =
        database.kind() == TestDatabase.Kind.H2
            ? database.url()
            : database.url().replaceAll("\\?.*", "");
    Process child = Children.start(CrashChild.class, output, url, login, point, lines().toString());
    int status = Children.end(child, output, Duration.ofSeconds(90));
    if (status != 0 && status != 137) {
      throw new AssertionError(
          "the child failed with " + status + ":\n" + Files.readString(output));
    }
    return status;
  }

  private static void assertWhole(TestDatabase database) {
    assertCount(database, 1, "article");
    assertCount(database, 2, "article_version");
    assertCount(database, 2, "evaluation_run WHERE status = 'completed'");
    assertCount(database, 2, "evaluation_run");
    assertCount(database, 12, "run_part WHERE status = 'succeeded'");
    assertCount(database, 6, "detector_result");
    assertCount(database, 6, "aeo_score");
    assertCount(database, 1, "rewrite_cycle WHERE status = 'suggested'");
    assertCount(database, 1, "rewrite_cycle");
    assertCount(database, 1, "rewrite_suggestion WHERE status = 'accepted'");
    // Version 1 is poor, and so is version 2.
    assertCount(database, 2, "escalation WHERE status = 'resolved'");
    assertCount(database, 2, "escalation");
    assertCount(database, 1, "approval");
    assertCount(database, 1, "revocation");
    assertCount(database, 0, "approval_in_force");
    assertCount(
        database, 0, "job_all WHERE status IN ('PENDING', 'RUNNING', 'FAILED', 'CANCELLED')");
    // Two runs of six parts, one rewrite, a notice for each escalation.
    assertCount(database, 15, "job_all");
    assertThat(database.count("SELECT count_value FROM job_counter WHERE name = 'notices'"))
        .isEqualTo(2);
    assertCount(database, 0, "outbox_delivery WHERE acked_at IS NULL");
    assertCount(database, 0, "job_counter WHERE name LIKE 'event:%' AND count_value <> 1");
    Invariants.holdAtTheEnd(database);
    assertCount(database, 0, "sweep_run WHERE ended_at IS NULL");
    // On a busy machine a living owner may be presumed dead, which costs a tick more and nothing
    // else.
    assertThat(database.count("SELECT count(*) FROM sweep_run WHERE done = 1 AND error IS NULL"))
        .isPositive();
    assertCount(database, 0, "sweep_schedule WHERE picked");
    try (Bench bench = Bench.on(database.open())) {
      assertThat(bench.engine().outbox().counters().sound()).isTrue();
    }
  }

  private static void assertCount(TestDatabase database, long expected, String what) {
    assertThat(database.count("SELECT count(*) FROM " + what)).as(what).isEqualTo(expected);
  }
}
