package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// Kinds of job that do nothing of use, for checks of the queue.
public final class Diagnostics {
  private Diagnostics() {}

  /// `diagnostic.noop`, `diagnostic.sleep` and `diagnostic.count`.
  public static List<JobHandler> handlers() {
    return List.of(new Noop(), new Sleep(), new Count());
  }

  private static final class Noop implements JobHandler {
    @Override
    public String kind() {
      return "diagnostic.noop";
    }

    @Override
    public Effect run(JobRun run) {
      return Effect.none();
    }
  }

  /// Waits for `{"millis"}`, looking ten times a second whether it should stop.
  private static final class Sleep implements JobHandler {
    private static final long LONGEST = Duration.ofDays(1).toMillis();

    @Override
    public String kind() {
      return "diagnostic.sleep";
    }

    @Override
    public void check(JsonNode payload) {
      Payloads.number(payload, "millis", 0, LONGEST);
    }

    @Override
    public Effect run(JobRun run) throws InterruptedException {
      long millis = Payloads.number(run.job().payload(), "millis", 0, LONGEST);
      long start = System.nanoTime();
      var never = new CountDownLatch(1);
      for (long passed = 0;
          passed < millis;
          passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)) {
        if (run.stopRequested()) {
          throw new JobCancelled();
        }
        run.progress((double) passed / millis, passed + " of " + millis + " ms");
        if (never.await(Math.min(100, millis - passed), TimeUnit.MILLISECONDS)) {
          break;
        }
      }
      return Effect.none();
    }
  }

  /// Adds one to the counter `{"counter"}` in the transaction that completes the job.
  private static final class Count implements JobHandler {
    @Override
    public String kind() {
      return "diagnostic.count";
    }

    @Override
    public void check(JsonNode payload) {
      if (Payloads.text(payload, "counter").length() > 200) {
        throw new InvalidJob(
            "payload.counter", Payloads.text(payload, "counter"), "is longer than 200 characters");
      }
    }

    @Override
    public Effect run(JobRun run) {
      String counter = Payloads.text(run.job().payload(), "counter");
      return Effect.of(tx -> {
        tx.jobs().increment(counter);
        return Json.object().put("counter", counter);
      });
    }
  }
}
