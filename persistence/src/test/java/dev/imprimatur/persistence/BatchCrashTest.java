package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.fault.FaultPoint;
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
import org.junit.jupiter.params.provider.MethodSource;

/// A process halts at each step boundary on a batch's way, is started again, and both its batches
/// end once: ranked, told and charged once. On PostgreSQL the process is signed in as an editor.
@Execution(ExecutionMode.CONCURRENT)
class BatchCrashTest {
  /// What only batches reach.
  static final Set<FaultPoint> POINTS =
      EnumSet.range(FaultPoint.BATCH_STORED, FaultPoint.BATCH_REREQUESTED);

  @TempDir private Path folder;

  static Stream<Arguments> everyPointOnBothDatabases() {
    return Stream.of(TestDatabase.Kind.values())
        .flatMap(kind -> POINTS.stream().map(point -> Arguments.of(kind, point)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyPointOnBothDatabases")
  void batchesEndOnce(TestDatabase.Kind kind, FaultPoint point) throws Exception {
    try (TestDatabase database = TestDatabase.migrated(kind)) {
      assertThat(run(database, point.code()))
          .as("the process reaches %s and halts there", point.code())
          .isEqualTo(137);
      assertThat(run(database, "none")).as("started again, it ends").isZero();
      assertCount(database, 2, "batch");
      assertCount(database, 2, "batch WHERE state = 'COMPLETED'");
      assertCount(database, 10, "batch_result");
      assertCount(database, 2, "batch_grading");
      assertCount(database, 2, "entitlement_charge");
      for (String type :
          new String[] {"CJAssessmentCompletedV1", "AssessmentResultV1", "ResourceConsumptionV1"}) {
        assertCount(database, 2, "outbox_event WHERE event_type = '" + type + "'");
      }
      assertCount(database, 0, "outbox_event WHERE event_type = 'CJAssessmentFailedV1'");
      assertCount(
          database,
          0,
          "batch b JOIN entitlement_charge e ON e.batch_id = b.id WHERE e.credits <> b.completed");
      Invariants.holdAtTheEnd(database);
    }
  }

  private int run(TestDatabase database, String point) throws IOException, InterruptedException {
    Path output = folder.resolve(point + ".log");
    boolean h2 = database.kind() == TestDatabase.Kind.H2;
    Process child =
        Children.start(
            BatchCrashChild.class,
            output,
            h2 ? database.url() : database.url().replaceAll("\\?.*", ""),
            h2 ? "" : TestDatabase.EDITOR_A,
            point);
    int status = Children.end(child, output, Duration.ofSeconds(90));
    if (status != 0 && status != 137) {
      throw new AssertionError(
          "the child failed with " + status + ":\n" + Files.readString(output));
    }
    return status;
  }

  private static void assertCount(TestDatabase database, long expected, String what) {
    assertThat(database.count("SELECT count(*) FROM " + what)).as(what).isEqualTo(expected);
  }
}
