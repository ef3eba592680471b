package dev.imprimatur.engine.simulation;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Effect;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobCancelled;
import dev.imprimatur.engine.queue.JobDeferred;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.JobRun;
import dev.imprimatur.engine.queue.PermanentFailure;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Jobs of every temper: slow, failing at first, hopeless, deferring, deadly to their process; some
/// are parts of a group, of which the last one in fires an event.
final class Work implements JobHandler {
  static final String KIND = "sim.work";
  private static final List<String> TEMPERS =
      List.of(
          "change",
          "change",
          "change",
          "none",
          "none",
          "attentive",
          "fails",
          "hopeless",
          "defers",
          "deadly");

  private final Baton baton;
  private final Baton.Process process;
  private final @Nullable UnitOfWork apart;

  /// @param apart where effects are wrongly committed by themselves; null for how it should be
  Work(Baton baton, Baton.Process process, @Nullable UnitOfWork apart) {
    this.baton = baton;
    this.process = process;
    this.apart = apart;
  }

  static JsonNode payload(Baton baton, String group, int size) {
    return Json.object()
        .put("does", TEMPERS.get(baton.random(TEMPERS.size())))
        .put("group", group)
        .put("size", size)
        .put("aggregate", "a" + baton.random(2));
  }

  static boolean does(Job job, String what) {
    return job.payload().path("does").asString("").equals(what);
  }

  static String group(Job job) {
    return job.payload().path("group").asString("");
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Effect run(JobRun run) {
    Job job = run.job();
    for (int i = baton.random(4); i > 0; i--) {
      baton.sleep(process, baton.random(500));
      if (does(job, "attentive") && run.stopRequested()) {
        throw new JobCancelled();
      }
    }
    if (does(job, "fails") && job.attempts() < 3) {
      throw new IllegalStateException("fails at first");
    }
    if (does(job, "hopeless")) {
      throw new PermanentFailure("hopeless");
    }
    if (does(job, "defers") && baton.random(2) == 0) {
      throw new JobDeferred("not here");
    }
    if (does(job, "deadly")) {
      baton.kill(process);
      baton.pause(process);
    }
    if (does(job, "none")) {
      // A part that has no effect can't be counted.
      return group(job).isEmpty() || job.retryOf() != null
          ? Effect.none()
          : Effect.of(tx -> part(tx, job));
    }
    if (apart != null) {
      apart.run(tx -> change(tx, job));
      return Effect.none();
    }
    return Effect.of(tx -> change(tx, job));
  }

  private static @Nullable JsonNode change(Transaction tx, Job job) {
    String id = job.key().id().toString();
    tx.jobs().increment("once:effect:" + id);
    event(tx, job.payload().path("aggregate").asString(""), "done:" + id);
    return part(tx, job);
  }

  /// Writers of one aggregate follow each other, as those of an article do.
  private static void event(Transaction tx, String aggregate, String key) {
    tx.jobs().increment("aggregate:" + aggregate);
    tx.outbox().append("sim", aggregate, "DoneV1", key, Json.object());
  }

  private static @Nullable JsonNode part(Transaction tx, Job job) {
    String group = group(job);
    if (!group.isEmpty() && job.retryOf() == null) {
      tx.jobs().increment("in:" + group);
      if (tx.jobs().counters().getOrDefault("in:" + group, 0L)
          == job.payload().path("size").asLong(0)) {
        tx.jobs().increment("once:fired:" + group);
        event(tx, group, "fired:" + group);
      }
    }
    return null;
  }

  @Override
  public void exhausted(Transaction tx, Job job, JsonNode diagnostics) {
    tx.jobs().increment("once:exhausted:" + job.key().id());
    part(tx, job);
  }
}
