package dev.imprimatur.persistence.fault;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.outbox.EventConsumer;
import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.queue.Effect;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.JobRun;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.persistence.Invariants;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// Jobs whose effects are counted, so that it shows when one happens twice or not at all.
final class FaultJobs {
  static final String COUNT = "fault.count";
  static final String POISON = "fault.poison";

  private FaultJobs() {}

  /// Handlers of both kinds, and a consumer that counts the events they write.
  static Engine.Extensions extensions() {
    return new Engine.Extensions(List.of(new Count(), new Poison()), List.of(new Counting()));
  }

  /// A job that takes so long and then counts.
  static NewJob count(int millis) {
    return NewJob.of("w", COUNT, Json.object().put("millis", millis));
  }

  /// A job that ends the process which works on it.
  static NewJob poison() {
    return NewJob.of("w", POISON, Json.object());
  }

  /// Says that it begins, takes its time without looking whether it should stop, and counts.
  private record Count() implements JobHandler {
    @Override
    public String kind() {
      return COUNT;
    }

    @Override
    public Effect run(JobRun run) throws InterruptedException {
      String id = run.job().key().id().toString();
      System.out.println("begins " + id);
      boolean never =
          new CountDownLatch(1)
              .await(run.job().payload().path("millis").asInt(0), TimeUnit.MILLISECONDS);
      System.out.println("ran " + id + (never ? "!" : ""));
      return Effect.of(tx -> {
        tx.jobs().increment(Invariants.ONCE + "effect:" + id);
        tx.outbox().append("fault", id, "DidV1", "did:" + id, Json.object());
        return null;
      });
    }

    @Override
    public void exhausted(Transaction tx, Job job, JsonNode diagnostics) {
      tx.jobs().increment(Invariants.ONCE + "exhausted:" + job.key().id());
    }
  }

  private record Poison() implements JobHandler {
    @Override
    public String kind() {
      return POISON;
    }

    @Override
    public Effect run(JobRun run) {
      Runtime.getRuntime().halt(137);
      return Effect.none();
    }

    @Override
    public void exhausted(Transaction tx, Job job, JsonNode diagnostics) {
      tx.jobs().increment(Invariants.ONCE + "exhausted:" + job.key().id());
    }
  }

  private record Counting() implements EventConsumer {
    @Override
    public String name() {
      return "counting";
    }

    @Override
    public void handle(Transaction tx, OutboxEvent event) {
      tx.jobs().increment(Invariants.ONCE + "applied:" + event.key());
    }
  }
}
