package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.Batch.Status;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Effect;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobHandler;
import dev.imprimatur.engine.queue.JobRun;
import dev.imprimatur.engine.queue.Payloads;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// Makes the ranking of a batch whose answers are frozen, outside any transaction.
final class ScoreHandler implements JobHandler {
  private final UnitOfWork database;
  private final Scale scale;
  private final Finaliser finaliser;
  private final FaultPoints faults;

  ScoreHandler(UnitOfWork database, Scale scale, Finaliser finaliser, FaultPoints faults) {
    this.database = database;
    this.scale = scale;
    this.finaliser = finaliser;
    this.faults = faults;
  }

  @Override
  public String kind() {
    return BatchJobs.SCORE;
  }

  @Override
  public void check(JsonNode payload) {
    Payloads.id(payload, "batch_id");
    fence(payload);
  }

  private static int fence(JsonNode payload) {
    return (int) Payloads.number(payload, "fence", 1, Integer.MAX_VALUE);
  }

  private record Frozen(List<BatchText.Head> texts, List<Scale.Judged> answers, Grades grades) {}

  @Override
  public Effect run(JobRun job) {
    UUID id = Payloads.id(job.job().payload(), "batch_id");
    int fence = fence(job.job().payload());
    Frozen frozen =
        database
            .inTransaction(tx ->
                tx.batches()
                    .find(id)
                    .filter(batch -> underWay(batch, fence))
                    .map(batch -> read(tx, id)))
            .orElse(null);
    if (frozen == null) {
      return Effect.none();
    }
    Scale.Graded graded = grade(frozen);
    faults.reach(FaultPoint.RANKING_MADE);
    return Effect.of(tx -> Json.object().put("taken", finaliser.finish(tx, id, fence, graded)));
  }

  private Scale.Graded grade(Frozen frozen) {
    List<UUID> ids = frozen.texts().stream().map(BatchText.Head::id).toList();
    Scale.Graded graded = scale.grade(ids, frozen.answers(), frozen.grades());
    if (!(graded.grading() instanceof Grading.Refused refused)) {
      return graded;
    }
    // The scale knows texts by their ids, people by their labels.
    String message = refused.message();
    for (BatchText.Head text : frozen.texts()) {
      if (text.grade() != null) {
        message = message.replace(text.id().toString(), text.label());
      }
    }
    int most = 4000;
    return new Scale.Graded(
        graded.ranking(),
        new Grading.Refused(
            refused.code(), message.length() > most ? message.substring(0, most) : message));
  }

  private static boolean underWay(Batch batch, int fence) {
    return batch.state() == State.SCORING && batch.progress().fence() == fence;
  }

  /// While a batch is being scored, answers that come in are late and don't count.
  private static Frozen read(Transaction tx, UUID id) {
    List<BatchText.Head> texts = tx.batches().texts(id);
    return new Frozen(
        texts,
        tx.batches().comparisons(id).stream()
            .filter(Comparison::counts)
            .map(Scale.Judged::of)
            .toList(),
        Grades.of(tx.batches().grades(id), texts));
  }

  @Override
  public Optional<String> insteadOfRetry() {
    return Optional.of("its batch has failed; make another");
  }

  @Override
  public void exhausted(Transaction tx, Job job, JsonNode diagnostics) {
    Batch batch = tx.batches().lock(Payloads.id(job.payload(), "batch_id")).orElse(null);
    if (batch != null && underWay(batch, fence(job.payload())) && BatchSteps.mayEnd(tx)) {
      finaliser.fail(tx, batch, batch, Status.ERROR_PROCESSING, Door.WORKER, diagnostics, null);
    }
  }
}
