package dev.imprimatur.engine.review;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.EvaluationRun.Status;
import dev.imprimatur.engine.store.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Takes in a run's parts and, with the last, ends the run: status, averages, regression, hard
/// stops, escalations. All in the transaction of the last part, under the article's row lock.
///
/// What may go wrong between any two lines: a part comes twice (it is closed already and changes
/// nothing); two last parts come at once (the lock orders them, the counter lets one reach zero,
/// and a run that has ended can't end again); the process dies (nothing of the transaction stands,
/// and the job runs again).
public final class RunFinaliser {
  private final HardStops.Limits limits;
  private final FaultPoints faults;

  public RunFinaliser(HardStops.Limits limits, FaultPoints faults) {
    this.limits = limits;
    this.faults = faults;
  }

  /// Takes in one ended part.
  ///
  /// @return whether it was taken in; false if it had been before
  public boolean partEnded(
      Transaction tx,
      UUID articleId,
      RunPart ended,
      @Nullable String provider,
      @Nullable String model) {
    tx.articles().lock(articleId);
    if (tx.evaluations()
        .lock(ended.runId())
        .filter(r -> r.status() == Status.IN_PROGRESS)
        .isEmpty()) {
      return false;
    }
    if (!tx.evaluations().closePart(ended, provider, model)) {
      return false;
    }
    faults.reach(FaultPoint.PART_STORED);
    int out = tx.evaluations().countDown(ended.runId());
    faults.reach(FaultPoint.PART_COUNTED);
    if (out == 0) {
      finalise(tx, ended.runId());
    }
    return true;
  }

  /// Ends a run whose row is locked and whose parts have all ended, whatever its counter says.
  void endWhole(Transaction tx, EvaluationRun run) {
    tx.evaluations().recount(run.id());
    finalise(tx, run.id());
  }

  private void finalise(Transaction tx, UUID runId) {
    List<RunPart> parts = tx.evaluations().parts(runId);
    if (!tx.evaluations()
        .close(
            runId,
            status(parts),
            PartAnswers.average(parts, RunPart.Kind.DETECTOR),
            PartAnswers.average(parts, RunPart.Kind.AEO))) {
      return;
    }
    faults.reach(FaultPoint.RUN_CLOSED);
    EvaluationRun run = tx.evaluations().find(runId).orElseThrow();
    List<HardStops.Found> stops =
        HardStops.judge(
            run.aiDetectorAvg(),
            run.aeoAvg(),
            regression(tx, run, parts),
            tx.rewrites().started(run.articleId()),
            limits);
    Optional<Approval> approval = tx.approvals().inForce(run.articleId());
    for (HardStops.Found stop : stops) {
      boolean overridden = stop.scoreBased() && approval.isPresent();
      UUID escalation =
          overridden
              ? null
              : EscalationDesk.raise(
                      tx, run.articleId(), run.versionId(), stop.reason(), stop.details(), runId)
                  .id();
      UUID by = overridden ? approval.map(Approval::id).orElse(null) : null;
      tx.evaluations()
          .addHardStop(runId, new HardStop(stop.reason(), stop.details(), by, escalation));
    }
    ObjectNode after =
        Json.object()
            .put("run", runId.toString())
            .put("version", run.versionId().toString())
            .put("status", Code.of(run.status()))
            .put("ai_detector_avg", run.aiDetectorAvg())
            .put("aeo_avg", run.aeoAvg());
    stops.forEach(s -> after.withArray("hard_stops").add(Code.of(s.reason())));
    Steps.article(
        tx,
        run.articleId(),
        "evaluation.finalised",
        null,
        after,
        "EvaluationFinalisedV1",
        "run:" + runId + ":finalised");
    faults.reach(FaultPoint.RUN_ESCALATED);
  }

  /// None succeeded → failed; some failed → partial failure; otherwise completed (a part that has
  /// nothing to say of such a text is no failure).
  static Status status(List<RunPart> parts) {
    if (parts.stream().noneMatch(p -> p.status() == RunPart.Status.SUCCEEDED)) {
      return Status.FAILED;
    }
    boolean anyFailed = parts.stream().anyMatch(p -> p.status() == RunPart.Status.FAILED);
    return anyFailed ? Status.PARTIAL_FAILURE : Status.COMPLETED;
  }

  private Optional<ObjectNode> regression(Transaction tx, EvaluationRun run, List<RunPart> parts) {
    var current = new Regression.Side(run, parts);
    // The last approved version's latest completed run, or without one the article's previous
    // completed run.
    Optional<EvaluationRun> approved =
        tx.approvals().history(run.articleId()).stream()
            .findFirst()
            .flatMap(a -> tx.evaluations().latestCompletedOfVersion(a.versionId(), run.id()));
    if (approved.isPresent()) {
      return compare(tx, approved.get(), current, "last_approved_version");
    }
    return tx.evaluations()
        .latestCompletedOfArticle(run.articleId(), run.id())
        .flatMap(previous -> compare(tx, previous, current, "previous_completed_run"));
  }

  private Optional<ObjectNode> compare(
      Transaction tx, EvaluationRun baseline, Regression.Side current, String basis) {
    var side = new Regression.Side(baseline, tx.evaluations().parts(baseline.id()));
    return Regression.find(side, current, limits.drop(), basis);
  }
}
