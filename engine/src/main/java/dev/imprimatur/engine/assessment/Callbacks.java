package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.Batch.Counts;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.assessment.Comparison.Answered;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes answers in (assessment.md, Comparison and callback). Each is one transaction on the locked
/// batch: recorded, counted, and decided how to go on.
///
/// What may go wrong between any two lines: the same answer comes again, or a hundred times at once
/// (the lock orders them, and a recorded answer never changes); another answer comes to the same
/// pair (refused, and audited); the batch has ended meanwhile (the answer is kept as late, counts
/// nowhere, and is refused with a code); the process dies (nothing of the transaction stands, and
/// whoever was not told hands the answer in again).
public final class Callbacks {
  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

  private final UnitOfWork database;
  private final WakeUps wakeUps;
  private final Finaliser finaliser;
  private final FaultPoints faults;

  public Callbacks(UnitOfWork database, WakeUps wakeUps, Finaliser finaliser, FaultPoints faults) {
    this.database = database;
    this.wakeUps = wakeUps;
    this.finaliser = finaliser;
    this.faults = faults;
  }

  /// An answer as a judge gives it.
  ///
  /// @param confidence from 0 to 1, or null
  public record Callback(UUID correlationId, Answer answer, @Nullable BigDecimal confidence) {
    public Callback {
      if (confidence != null
          && (confidence.signum() < 0 || confidence.compareTo(BigDecimal.ONE) > 0)) {
        throw new IllegalArgumentException("confidence must be from 0 to 1, not " + confidence);
      }
    }
  }

  /// What an answer came to.
  ///
  /// @param batch as it stands after it
  public record Taken(Comparison comparison, Batch batch) {}

  /// Takes an answer in.
  ///
  /// @return `Decided` if it was recorded and counted; `AlreadyDecided` if the same answer was
  ///   recorded before; refused with `unknown_comparison`, `withdrawn`, `human_required`,
  ///   `contradiction` or `batch_ended`
  public Decision<Taken> take(Callback callback) {
    Decision<Taken> decision = database.inTransaction(tx -> take(tx, callback));
    wakeUps.ring();
    return decision;
  }

  /// What an answer would come to; nothing is changed.
  public Decision<Taken> preview(Callback callback) {
    return database.inTransaction(tx -> {
      Comparison comparison = tx.batches().comparison(callback.correlationId()).orElse(null);
      if (comparison == null) {
        return unasked(tx, callback.correlationId());
      }
      Batch batch = tx.batches().find(comparison.batchId()).orElseThrow();
      Answered answered = comparison.answered();
      if (answered != null) {
        return answered.answer() == callback.answer()
            ? again(batch, comparison, answered)
            : contradiction(comparison, answered, callback);
      }
      return closed(batch)
          ? ended(batch, callback.correlationId())
          : new Decision.Decided<>(new Taken(comparison, batch));
    });
  }

  private static boolean closed(Batch batch) {
    return batch.terminal() || batch.state() == State.SCORING;
  }

  private static Decision<Taken> unknown(UUID id) {
    return BatchSteps.refused(
        "unknown_comparison",
        "nobody was asked about " + id,
        Map.of("correlation_id", id.toString()),
        "Answer with the correlation id that came with the pair.");
  }

  private static Decision<Taken> unasked(Transaction tx, UUID id) {
    Judgement judgement = tx.judgements().find(id).orElse(null);
    if (judgement != null) {
      return BatchSteps.refused(
          "withdrawn",
          "the answer to " + id + " was taken back by " + judgement.by(),
          Map.of("correlation_id", id.toString(), "by", judgement.by()),
          "The pair is asked about again under another id; nothing needs to be done.");
    }
    LOG.warn("an answer came for {}, which nobody was asked about", id);
    return unknown(id);
  }

  Decision<Taken> take(Transaction tx, Callback callback) {
    UUID id = callback.correlationId();
    Comparison known = tx.batches().comparison(id).orElse(null);
    if (known == null) {
      return unasked(tx, id);
    }
    Batch batch = tx.batches().lock(known.batchId()).orElseThrow();
    // Looked for again under the lock: its answer may have been taken back meanwhile.
    Comparison comparison = tx.batches().comparison(id).orElse(null);
    if (comparison == null) {
      return unasked(tx, id);
    }
    if (batch.terms().judging() == Batch.Judging.HUMAN && !tx.actor().human()) {
      return BatchSteps.refused(
          "human_required",
          "batch "
              + batch.id()
              + " is judged by people; "
              + tx.actor().id()
              + " is automation here",
          Map.of("actor", tx.actor().id(), "batch", batch.id().toString()),
          "Let a person judge it, in the console.");
    }
    Answered answered = comparison.answered();
    if (answered != null) {
      return answered.answer() == callback.answer()
          ? again(batch, comparison, answered)
          : contradicted(tx, batch, comparison, answered, callback);
    }
    boolean late = closed(batch);
    if (!tx.batches().answer(id, callback.answer(), callback.confidence(), late)) {
      throw new IllegalStateException(id + " was answered though its batch was locked");
    }
    faults.reach(FaultPoint.ANSWER_STORED);
    if (late) {
      return ended(batch, id);
    }
    Batch now = count(tx, batch, callback.answer());
    faults.reach(FaultPoint.CONTINUATION_DECIDED);
    return new Decision.Decided<>(new Taken(tx.batches().comparison(id).orElseThrow(), now));
  }

  private Batch count(Transaction tx, Batch batch, Answer answer) {
    Counts c = batch.counts();
    Counts now =
        answer == Answer.ERROR
            ? new Counts(c.sent(), c.completed(), c.failed() + 1)
            : new Counts(c.sent(), c.completed() + 1, c.failed());
    Batch counted = batch.change().counts(now).active(tx.now()).made();
    boolean stable = tx.batches().estimate(batch.id()).filter(Estimate::stable).isPresent();
    Verdict verdict = Continuation.decide(counted.facts(stable));
    return finaliser.carryOn(tx, batch, counted, verdict, Door.CALLBACK);
  }

  /// Whoever hands the same in again was not told; one whose answer came late is told so again.
  private static Decision<Taken> again(Batch batch, Comparison comparison, Answered answered) {
    return answered.late()
        ? ended(batch, comparison.correlationId())
        : new Decision.AlreadyDecided<>(
            "answered (" + Code.of(answered.answer()) + ")",
            answered.by(),
            answered.at(),
            batch.progress().revision());
  }

  private static Decision<Taken> contradicted(
      Transaction tx, Batch batch, Comparison comparison, Answered before, Callback callback) {
    String id = comparison.correlationId().toString();
    LOG.warn(
        "{} was answered {} and now {}; the first stands",
        id,
        Code.of(before.answer()),
        Code.of(callback.answer()));
    BatchSteps.record(
        tx,
        batch,
        "comparison.contradicted",
        Json.object().put("correlation_id", id).put("answer", Code.of(before.answer())),
        Json.object().put("correlation_id", id).put("refused_answer", Code.of(callback.answer())),
        null);
    return contradiction(comparison, before, callback);
  }

  private static Decision<Taken> contradiction(
      Comparison comparison, Answered before, Callback callback) {
    String id = comparison.correlationId().toString();
    return BatchSteps.refused(
        "contradiction",
        id + " was answered '" + Code.of(before.answer()) + "' before",
        Map.of(
            "correlation_id",
            id,
            "answer",
            Code.of(before.answer()),
            "refused_answer",
            Code.of(callback.answer())),
        "The first answer stands; nothing needs to be done.");
  }

  private static Decision<Taken> ended(Batch batch, UUID id) {
    return new Decision.Refused<>(
        new Refusal(
            "batch_ended",
            "batch "
                + batch.id()
                + (batch.terminal() ? " has ended" : " is being ranked")
                + "; the answer is kept and changes nothing",
            Map.of(
                "correlation_id",
                id.toString(),
                "batch",
                batch.id().toString(),
                "state",
                batch.state().name()),
            "Nothing needs to be done."));
  }
}
