package dev.imprimatur.engine.review;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Calls an evaluation off. First, in a transaction of its own, that it was asked for; then part by
/// part, each in one: its job ends if it is pending and is asked to stop if it is running, and the
/// part ends without a score. The last part ends the run, as ever.
///
/// A running part does not wait for its provider: the part ends at once, and an answer that comes
/// later finds it ended and is dropped.
///
/// What may go wrong between any two lines: a part's answer comes first (the part has ended, its
/// score counts, nothing is changed here); the answer comes at the same time (the job's row is the
/// first lock of both, then the article's, so one waits for the other); two cancel at once (each
/// part ends once, the counter lets one of them end the run); the process dies between two parts
/// (those cancelled are, the others run on, and asking again goes on from there).
final class Cancellation {
  private final UnitOfWork database;
  private final String workspace;
  private final RunFinaliser finaliser;
  private final FaultPoints faults;

  /// @param workspace in which parts are enqueued
  Cancellation(UnitOfWork database, String workspace, RunFinaliser finaliser, FaultPoints faults) {
    this.database = database;
    this.workspace = workspace;
    this.finaliser = finaliser;
    this.faults = faults;
  }

  /// @return the run's id, when none of its parts is out any more
  Decision<UUID> cancel(UUID runId) {
    Decision<List<RunPart>> decision = database.inTransaction(tx -> ask(tx, runId));
    faults.reach(FaultPoint.DECISION_COMMITTED);
    if (decision instanceof Decision.Decided<List<RunPart>>(List<RunPart> parts)) {
      for (RunPart part : parts) {
        database.run(tx -> end(tx, part));
      }
    }
    return decision.map(parts -> runId);
  }

  private static Decision<List<RunPart>> ask(Transaction tx, UUID runId) {
    if (!tx.actor().human()) {
      return Steps.humanRequired(tx, "Cancelling an evaluation");
    }
    EvaluationRun seen = tx.evaluations().find(runId).orElse(null);
    if (seen == null) {
      return Steps.notFound("evaluation run", runId.toString());
    }
    tx.articles().lock(seen.articleId());
    EvaluationRun run = tx.evaluations().lock(runId).orElseThrow();
    if (run.status() != EvaluationRun.Status.IN_PROGRESS) {
      return Steps.refused(
          "run_ended",
          "the evaluation has ended: " + Code.of(run.status()).replace('_', ' '),
          Map.of("run", runId.toString(), "status", Code.of(run.status())),
          "Nothing needs to be cancelled.");
    }
    List<RunPart> out =
        tx.evaluations().parts(runId).stream()
            .filter(part -> part.status() == RunPart.Status.PENDING)
            .toList();
    Steps.article(
        tx,
        run.articleId(),
        "evaluation.cancelled",
        null,
        Json.object()
            .put("run", runId.toString())
            .put("version", run.versionId().toString())
            .put("parts_out", out.size()),
        "EvaluationCancelledV1",
        "run:" + runId + ":cancelled");
    return new Decision.Decided<>(out);
  }

  private void end(Transaction tx, RunPart part) {
    // The job's row first: whoever brings the part's answer holds it before the article's.
    tx.jobs()
        .findByClientRequest(workspace, Evaluations.requestId(part.runId(), part))
        .flatMap(key -> tx.jobs().lock(key))
        .ifPresent(job -> {
          if (!tx.jobs().cancelPending(job.key())) {
            tx.jobs().requestCancel(job.key());
          }
        });
    EvaluationRun run = tx.evaluations().find(part.runId()).orElseThrow();
    finaliser.partEnded(tx, run.articleId(), failed(part, tx.actor().id()), null, null);
  }

  private static RunPart failed(RunPart part, String by) {
    return new RunPart(
        part.runId(),
        part.kind(),
        part.name(),
        RunPart.Status.FAILED,
        null,
        null,
        "cancelled by " + by);
  }
}
