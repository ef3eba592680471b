package dev.imprimatur.persistence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.Worker;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.Children;
import dev.imprimatur.persistence.Invariants;
import dev.imprimatur.persistence.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Processes that are stopped, killed, asked to end, or whose clocks are wrong.
@Tag("faults")
class ProcessFaultsTest {
  @Nested
  class OnH2 extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.H2;
    }
  }

  @Nested
  class OnPostgres extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.POSTGRES;
    }

    /// Not on H2: nobody else can work on its file meanwhile.
    @Test
    void anOwnerPresumedDeadComesBackAndChangesNothing() throws Exception {
      List<JobKey> keys = enqueue(FaultJobs.count(2000));
      Path output = folder.resolve("stopped.log");
      Process stopped = child(output, List.of(), "concurrency=1");
      awaitLine(output, "begins");
      signal(stopped, "STOP");
      Map<String, String> ended;
      try (Bench bench = bench()) {
        Worker worker = FaultWorker.worker(bench, 1);
        worker.start();
        awaitEnd(bench, keys);
        awaitIdle(bench);
        worker.close();
        Job job = find(bench, keys.getFirst());
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.attempts()).isEqualTo(2);
        ended = Invariants.ended(database);
        signal(stopped, "CONT");
        awaitLine(output, "ran ");
        // That it does another job shows that it has got over the first.
        List<JobKey> next = enqueue(bench, List.of(FaultJobs.count(0)));
        awaitEnd(bench, next);
        awaitIdle(bench);
      }
      Invariants.unchanged(database, ended);
      signal(stopped, "TERM");
      assertThat(stopped.waitFor()).isEqualTo(143);
      assertDoneOnce(2);
    }

    /// The clocks of two worker processes are an hour ahead and an hour behind, and that of a third
    /// goes back and forth: leases are the database's, and nobody is presumed dead.
    @Test
    void clocksThatDisagreeAreNotNoticed() throws Exception {
      Path shift = clockShift();
      assertThat(shiftedSeconds(shift)).isBetween(3500L, 3700L);
      List<JobKey> keys =
          enqueue(
              times(60, FaultJobs.count(400)).toArray(new dev.imprimatur.engine.queue.NewJob[0]));
      List<String> offsets = List.of("3600", "-3600", "swing");
      List<Path> outputs = new ArrayList<>();
      for (String offset : offsets) {
        Path output = folder.resolve("clock" + offset + ".log");
        outputs.add(output);
        shiftedChild(shift, offset, output);
      }
      for (Path output : outputs) {
        awaitLine(output, "ran ");
      }
      try (Bench bench = bench()) {
        awaitEnd(bench, keys);
        awaitIdle(bench);
        assertThat(keys).allSatisfy(key -> assertThat(find(bench, key).attempts()).isEqualTo(1));
      }
      Invariants.holdMeanwhile(database);
      assertThat(
              database.count(
                  "SELECT count(*) FROM job_counter WHERE name LIKE 'once:effect:%' AND count_value = 1"))
          .isEqualTo(60);
    }

    private Process shiftedChild(Path shift, String offset, Path output) throws IOException {
      return child(
          Map.of("LD_PRELOAD", shift.toString(), "CLOCK_SHIFT", offset),
          output,
          List.of(),
          "concurrency=2");
    }

    /// How far a child's clock is ahead of ours: a test that shifts nothing would prove nothing.
    private long shiftedSeconds(Path shift) throws Exception {
      Path output = folder.resolve("clock.log");
      Process clock =
          Children.start(
              Map.of("LD_PRELOAD", shift.toString(), "CLOCK_SHIFT", "3600"),
              List.of(),
              ClockChild.class,
              output);
      assertThat(Children.end(clock, output, Duration.ofSeconds(30))).isZero();
      return Long.parseLong(Files.readString(output).strip()) - System.currentTimeMillis() / 1000;
    }

    /// Builds a library that shifts the clock a process reads; where there is no C compiler, the
    /// test is skipped.
    private Path clockShift() throws Exception {
      Path source = folder.resolve("shift.c");
      Path library = folder.resolve("shift.so");
      try (var resource = ProcessFaultsTest.class.getResourceAsStream("clock-shift.c")) {
        Files.write(source, resource.readAllBytes());
      }
      try {
        Process cc =
            new ProcessBuilder(
                    "cc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")
                .inheritIO()
                .start();
        Assumptions.assumeTrue(cc.waitFor() == 0, "a C compiler");
      } catch (IOException e) {
        Assumptions.abort("no C compiler: " + e.getMessage());
      }
      return library;
    }
  }

  abstract static class Contract extends FaultContract {
    @Test
    void aPoisonousJobEnds() throws Exception {
      JobKey key = enqueue(FaultJobs.poison().withMaxAttempts(3)).getFirst();
      int deaths = 0;
      int status = 137;
      while (status == 137) {
        Path output = folder.resolve("poisoned-" + deaths + ".log");
        Process child = child(output, List.of(), "stale=1s", "until=idle");
        status = Children.end(child, output, Duration.ofSeconds(90));
        deaths += status == 137 ? 1 : 0;
      }
      assertThat(status).isZero();
      assertThat(deaths).isEqualTo(3);
      try (Bench bench = bench()) {
        Job job = find(bench, key);
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.attempts()).isEqualTo(3);
        assertThat(bench.engine().queue().stats().counters())
            .containsEntry("once:exhausted:" + key.id(), 1L);
      }
      Invariants.holdAtTheEnd(database);
    }

    @Test
    void whoIsAskedToEndHandsBackWhatDoesNotEndInTime() throws Exception {
      List<JobKey> keys = enqueue(FaultJobs.count(3000).withMaxAttempts(1), FaultJobs.count(200));
      for (String signal : List.of("TERM", "INT", "TERM", "INT")) {
        Path output = folder.resolve(signal + System.nanoTime() + ".log");
        Process child = child(output, List.of(), "grace=500ms");
        awaitLine(output, "begins " + keys.getFirst().id());
        signal(child, signal);
        assertThat(Children.end(child, output, Duration.ofSeconds(60)))
            .isEqualTo(signal.equals("TERM") ? 143 : 130);
        assertThat(Files.readString(output)).contains("closed");
      }
      try (Bench bench = bench()) {
        Job job = find(bench, keys.getFirst());
        assertThat(job.status()).isEqualTo(JobStatus.PENDING);
        // Its only attempt is still there.
        assertThat(job.attempts() - job.handedBack()).isZero();
        Worker worker = FaultWorker.worker(bench, 2);
        worker.start();
        awaitIdle(bench);
        worker.close();
      }
      assertDoneOnce(2);
    }

    /// The wrong order: the job can be neither ended nor handed back. It goes stale.
    @Test
    void aPoolThatIsClosedFirstLosesNothing() throws Exception {
      List<JobKey> keys = enqueue(FaultJobs.count(1500));
      Path output = folder.resolve("pool.log");
      Process child = child(output, List.of(), "grace=2500ms", "first=pool");
      awaitLine(output, "begins");
      signal(child, "TERM");
      Children.end(child, output, Duration.ofSeconds(60));
      try (Bench bench = bench()) {
        Worker worker = FaultWorker.worker(bench, 1);
        worker.start();
        awaitEnd(bench, keys);
        awaitIdle(bench);
        worker.close();
      }
      assertDoneOnce(1);
    }
  }
}
