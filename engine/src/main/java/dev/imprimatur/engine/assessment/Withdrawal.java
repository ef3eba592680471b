package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.Batch.Counts;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.Verdict.Next;
import dev.imprimatur.engine.assessment.Verdict.Reason;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Takes a person's last answer back, on the locked batch (ADR 28).
///
/// What may go wrong between any two lines: the batch is ranked meanwhile (refused: the lock orders
/// it and the callback that ended it); the same is taken back twice (a judgement is withdrawn
/// once); a lost reply's repeat of the answer comes after it (its correlation id is dead, the pair
/// has another). Pairs that were asked for on the strength of it stay asked for: they are within
/// the budget, and under a key that is made of how many were sent, so nobody asks for them twice.
/// An estimate made of it says nothing of steadiness any more.
final class Withdrawal {
  private final BatchRules rules;
  private final FaultPoints faults;

  Withdrawal(BatchRules rules, FaultPoints faults) {
    this.rules = rules;
    this.faults = faults;
  }

  Decision<Comparison> of(Transaction tx, UUID correlationId) {
    Judgement known = tx.judgements().find(correlationId).orElse(null);
    if (known == null) {
      return refused("unknown_judgement", correlationId, "nobody has judged it in the console");
    }
    Batch batch = tx.batches().lock(known.batchId()).orElseThrow();
    Judgement judgement = tx.judgements().find(correlationId).orElseThrow();
    Instant withdrawn = judgement.withdrawnAt();
    String me = tx.actor().id();
    if (!judgement.by().equals(me)) {
      return refused("not_yours", correlationId, "it is the answer of " + judgement.by());
    }
    if (withdrawn != null) {
      return new Decision.AlreadyDecided<>(
          "taken back", judgement.by(), withdrawn, batch.progress().revision());
    }
    if (batch.state() != State.WAITING_CALLBACKS) {
      return refused(
          "batch_ended",
          correlationId,
          "its batch " + (batch.terminal() ? "has ended" : "is being ranked"));
    }
    Optional<UUID> last = tx.judgements().last(me).map(Judgement::correlationId);
    if (!last.equals(Optional.of(correlationId))) {
      return refused("not_the_last", correlationId, "you have judged another pair since");
    }
    Duration age = Duration.between(judgement.at(), tx.now());
    if (age.compareTo(rules.undoWindow()) > 0) {
      return refused(
          "too_late",
          correlationId,
          "it was given "
              + age.toSeconds()
              + " s ago, and can be taken back for "
              + rules.undoWindow().toSeconds()
              + " s");
    }
    return new Decision.Decided<>(carryOut(tx, batch, judgement));
  }

  private Comparison carryOut(Transaction tx, Batch batch, Judgement judgement) {
    UUID id = judgement.correlationId();
    if (!tx.judgements().withdraw(id)) {
      throw new IllegalStateException(id + " was taken back though its batch was locked");
    }
    faults.reach(FaultPoint.JUDGEMENT_WITHDRAWN);
    UUID fresh = tx.newId();
    tx.judgements().reopen(id, fresh);
    faults.reach(FaultPoint.PAIR_REOPENED);
    tx.batches()
        .estimate(batch.id())
        .ifPresent(e -> tx.batches().storeEstimate(batch.id(), e.unsteady()));
    Counts c = batch.counts();
    // At least this pair is outstanding now, and no less was enough before: whatever the
    // continuation would say, it waits.
    Batch now =
        batch
            .change()
            .counts(new Counts(c.sent(), c.completed() - 1, c.failed()))
            .decided(new Verdict(Next.WAIT, Reason.ANSWERS_OUTSTANDING), Door.CALLBACK, tx.now())
            .active(tx.now())
            .made();
    if (!tx.batches().save(now)) {
      throw new IllegalStateException("batch " + batch.id() + " had ended");
    }
    BatchSteps.record(
        tx,
        now,
        "comparison.withdrawn",
        Json.object()
            .put("correlation_id", id.toString())
            .put("answer", Code.of(judgement.answer())),
        Json.object().put("correlation_id", fresh.toString()),
        null);
    faults.reach(FaultPoint.WITHDRAWAL_BEFORE_COMMIT);
    return tx.batches().comparison(fresh).orElseThrow();
  }

  private static <T> Decision<T> refused(String code, UUID id, String why) {
    return BatchSteps.refused(
        code,
        "this answer can't be taken back: " + why,
        Map.of("correlation_id", id.toString()),
        "It stands.");
  }
}
