package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.Batch.Status;
import dev.imprimatur.engine.assessment.Verdict.Next;
import dev.imprimatur.engine.assessment.Verdict.Reason;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.store.Transaction;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Carries batches on and ends them. Callbacks, sweeps and administrators all come through here,
/// with the batch's row locked.
///
/// Scoring has two steps with a fence (ADR 26): [#begin] freezes the answers and enqueues a job;
/// the job makes the ranking outside any transaction; [#finish] takes it in. What may go wrong
/// between any two lines:
///
/// - two doors at once: the row lock orders them, and the second finds the batch being scored, or
///   ended.
/// - an answer while it is being scored: it is kept as late and counts nowhere, so the ranking is
///   that of the answers the batch had.
/// - a death before, in or after the job: the queue gives it to another, and the same answers make
///   the same ranking. If the job is gone, the monitor begins anew with a higher fence.
/// - two jobs for one scoring: the older fence stores nothing; of two with the same, the second
///   finds the batch ended. Beneath, ended batches are final, and the events' keys are unique.
public final class Finaliser {
  private final FaultPoints faults;

  public Finaliser(FaultPoints faults) {
    this.faults = faults;
  }

  /// Carries out what was decided.
  ///
  /// @param before as the batch was when its row was locked; it waits for answers
  /// @param counted the same with what this transaction has counted
  /// @return the batch as stored
  Batch carryOn(Transaction tx, Batch before, Batch counted, Verdict verdict, Door door) {
    return switch (verdict.next()) {
      case FINALISE -> begin(tx, before, counted, verdict.reason(), door, null);
      case REQUEST_MORE -> {
        Batch more = counted.change().decided(verdict, door, tx.now()).requested().revised().made();
        BatchSteps.raise(tx, before, more, "batch.pairs_requested", null);
        BatchJobs.makePairs(tx, more);
        yield more;
      }
      case WAIT -> {
        Batch waiting = counted.change().decided(verdict, door, tx.now()).made();
        if (!tx.batches().save(waiting)) {
          throw new IllegalStateException("batch " + counted.id() + " had ended");
        }
        yield waiting;
      }
    };
  }

  /// The guard that every door leads through. A batch that is being scored or has ended stays as it
  /// is.
  ///
  /// @param why a person's reason, or null
  Batch begin(
      Transaction tx, Batch before, Batch counted, Reason reason, Door door, @Nullable String why) {
    if (before.terminal() || before.state() == State.SCORING) {
      return before;
    }
    var verdict = new Verdict(Next.FINALISE, reason);
    Batch decided = counted.change().decided(verdict, door, tx.now()).made();
    if (decided.counts().completed() == 0 && decided.terms().texts() > 1) {
      return fail(
          tx,
          before,
          decided,
          Status.ERROR_ESSAY_PROCESSING,
          door,
          Json.object()
              .put("error", "no_answers")
              .put("sent", decided.counts().sent())
              .put("failed", decided.counts().failed()),
          why);
    }
    return score(tx, before, decided, "batch.scoring_begun", why);
  }

  /// Begins a scoring anew whose job is gone.
  Batch beginAgain(Transaction tx, Batch batch) {
    return score(tx, batch, batch.change().rerequested().made(), "batch.scoring_begun_again", null);
  }

  private Batch score(
      Transaction tx, Batch before, Batch decided, String action, @Nullable String why) {
    Batch scoring =
        decided
            .change()
            .to(decided.progress().status(), State.SCORING)
            .active(tx.now())
            .fenced()
            .revised()
            .made();
    BatchSteps.raise(tx, before, scoring, action, why);
    faults.reach(FaultPoint.SCORING_BEGUN);
    BatchJobs.score(tx, scoring);
    return scoring;
  }

  /// Takes a ranking in and ends its batch: ranking, status and the three events in one
  /// transaction.
  ///
  /// @param fence of the scoring it was made for
  /// @return false if that is no longer the one under way, in which case nothing is changed
  boolean finish(Transaction tx, UUID id, int fence, Scale.Graded graded) {
    Scale.Ranking ranking = graded.ranking();
    Batch batch = tx.batches().lock(id).orElse(null);
    if (batch == null || batch.state() != State.SCORING || batch.progress().fence() != fence) {
      return false;
    }
    Batch.Decided decided = batch.progress().decided();
    if (decided == null) {
      throw new IllegalStateException("batch " + id + " is being scored without a decision");
    }
    Grading grading = graded.grading();
    tx.batches()
        .storeResults(
            id,
            ranking.places(),
            grading instanceof Grading.Projected projected ? projected.chances() : Map.of());
    faults.reach(FaultPoint.RESULTS_STORED);
    if (grading != null) {
      tx.batches().storeGrading(id, grading);
      faults.reach(FaultPoint.GRADES_STORED);
    }
    Batch ended =
        batch
            .change()
            .to(status(decided.verdict().reason()), State.COMPLETED)
            .reliability(ranking.reliability())
            .active(tx.now())
            .ended(decided.by(), tx.actor().human(), tx.now())
            .revised()
            .made();
    BatchSteps.raise(tx, batch, ended, "batch.completed", null);
    faults.reach(FaultPoint.BATCH_CLOSED);
    publish(tx, ended, graded);
    faults.reach(FaultPoint.BATCH_BEFORE_COMMIT);
    return true;
  }

  /// Which status says why it was ranked.
  static Status status(Reason reason) {
    return switch (reason) {
      case SINGLE_TEXT -> Status.COMPLETE_INSUFFICIENT_ESSAYS;
      case THRESHOLD_REACHED, RANKING_STABLE -> Status.COMPLETE_STABLE;
      default -> Status.COMPLETE_MAX_COMPARISONS;
    };
  }

  private void publish(Transaction tx, Batch batch, Scale.Graded graded) {
    Scale.Ranking ranking = graded.ranking();
    Map<UUID, BatchText.Head> texts = new HashMap<>();
    tx.batches().texts(batch.id()).forEach(t -> texts.put(t.id(), t));
    ObjectNode completed =
        BatchSteps.summary(batch)
            .put("batch", batch.id().toString())
            .put("name", batch.terms().name());
    Grading grading = graded.grading();
    if (grading != null) {
      completed.set("grading", GradingJson.of(tx.batches().grades(batch.id()), grading, texts));
    }
    tell(tx, batch, "CJAssessmentCompletedV1", "completed", completed);
    faults.reach(FaultPoint.BATCH_EVENT_STORED);
    ObjectNode result =
        Json.object()
            .put("batch", batch.id().toString())
            .put("status", batch.progress().status().name())
            .put("reliability", batch.progress().reliability());
    var array = result.putArray("results");
    for (Scale.Place place : ranking.places()) {
      BatchText.Head text = texts.get(place.text());
      ObjectNode one = array.addObject().put("text", place.text().toString());
      if (text != null) {
        one.put("label", text.label());
        if (text.versionId() != null) {
          one.put("version", text.versionId().toString());
        }
      }
      one.put("rank", place.rank()).put("score", place.score()).put("se", place.se());
    }
    tell(tx, batch, "AssessmentResultV1", "result", result);
    tell(
        tx,
        batch,
        Entitlements.EVENT,
        "consumption",
        Json.object()
            .put("batch", batch.id().toString())
            .put("workspace_id", batch.terms().workspaceId())
            .put("resource", "comparison")
            .put("credits", batch.counts().completed()));
  }

  private static void tell(
      Transaction tx, Batch batch, String type, String fact, ObjectNode payload) {
    tx.outbox()
        .append(
            BatchSteps.BATCH,
            batch.id().toString(),
            type,
            "batch:" + batch.id() + ":" + fact,
            payload);
  }

  /// Ends a batch without a ranking.
  ///
  /// @param before as it was when its row was locked; it has not ended
  Batch fail(
      Transaction tx,
      Batch before,
      Batch counted,
      Status status,
      Door door,
      JsonNode diagnostics,
      @Nullable String why) {
    return end(
        tx, before, counted.change().diagnostics(diagnostics), status, State.FAILED, door, why);
  }

  /// Ends a batch that is no longer wanted.
  Batch cancel(Transaction tx, Batch before, @Nullable String why) {
    return end(
        tx,
        before,
        before.change().diagnostics(Json.object().put("error", "cancelled")),
        Status.ERROR_PROCESSING,
        State.CANCELLED,
        Door.ADMINISTRATOR,
        why);
  }

  private static Batch end(
      Transaction tx,
      Batch before,
      BatchDraft draft,
      Status status,
      State state,
      Door door,
      @Nullable String why) {
    Batch ended =
        draft
            .to(status, state)
            .active(tx.now())
            .ended(door, tx.actor().human(), tx.now())
            .revised()
            .made();
    String action = state == State.CANCELLED ? "batch.cancelled" : "batch.failed";
    BatchSteps.raise(tx, before, ended, action, why);
    ObjectNode payload = BatchSteps.summary(ended).put("batch", ended.id().toString());
    JsonNode diagnostics = ended.progress().diagnostics();
    if (diagnostics != null) {
      payload.set("diagnostics", diagnostics);
    }
    tell(tx, ended, "CJAssessmentFailedV1", "failed", payload);
    return ended;
  }
}
