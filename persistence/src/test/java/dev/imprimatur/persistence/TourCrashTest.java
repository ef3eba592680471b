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

/// A process halts at each step boundary of a tour's way, is started again, and does everything
/// anew: each tour is made once, each change is there once and audited once. On PostgreSQL an
/// editor is signed in.
@Execution(ExecutionMode.CONCURRENT)
class TourCrashTest {
  /// What only tours reach.
  static final Set<FaultPoint> POINTS =
      EnumSet.range(FaultPoint.TOUR_CREATED, FaultPoint.EXPIRED_TOUR_CHOSEN);

  /// And two that whoever holds a lock reaches.
  static Stream<Arguments> everyPointOnBothDatabases() {
    Set<FaultPoint> points = EnumSet.copyOf(POINTS);
    points.add(FaultPoint.LOCK_ACQUIRED);
    points.add(FaultPoint.LOCK_BEFORE_RELEASE);
    return Stream.of(TestDatabase.Kind.values())
        .flatMap(kind -> points.stream().map(point -> Arguments.of(kind, point)));
  }

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyPointOnBothDatabases")
  void nothingIsLostOrDoubled(TestDatabase.Kind kind, FaultPoint point) throws Exception {
    try (TestDatabase database = TestDatabase.migrated(kind)) {
      assertThat(run(database, point.code()))
          .as("the process reaches %s and halts there", point.code())
          .isEqualTo(137);
      assertThat(run(database, "none")).as("started again, it ends").isZero();
      assertCount(database, 2, "tour_job WHERE kind = 'TOUR'");
      assertCount(database, 6, "tour_job WHERE kind = 'CHECKPOINT'");
      assertCount(
          database,
          1,
          "tour_job WHERE status = 'COMPLETED' AND kind = 'TOUR' AND done = 3 AND mandatory_done = 2 AND revision = 6");
      assertCount(database, 1, "tour_job WHERE status = 'AUTOCLOSED' AND revision = 2");
      assertCount(
          database, 3, "tour_job WHERE kind = 'CHECKPOINT' AND revision = 2 AND scan = 'C'");
      assertCount(database, 2, "audit_entry WHERE action = 'tour.created'");
      assertCount(database, 3, "audit_entry WHERE action = 'checkpoint.updated'");
      assertCount(database, 2, "audit_entry WHERE action = 'tour.moved'");
      assertCount(
          database,
          1,
          "audit_entry WHERE action = 'tour.autoclosed' AND actor_kind = 'AUTOMATION'");
      Invariants.holdAtTheEnd(database);
    }
  }

  private int run(TestDatabase database, String point) throws IOException, InterruptedException {
    Path output = folder.resolve(point + ".log");
    boolean h2 = database.kind() == TestDatabase.Kind.H2;
    Process child =
        Children.start(
            TourCrashChild.class,
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
