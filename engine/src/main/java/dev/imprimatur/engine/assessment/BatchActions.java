package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.Batch.Status;
import dev.imprimatur.engine.assessment.Verdict.Next;
import dev.imprimatur.engine.assessment.Verdict.Reason;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What administrators decide on batches. Each decision can be looked at before it is made, by the
/// same reckoning, and is confirmed by reading again.
public final class BatchActions {
  private final UnitOfWork database;
  private final Finaliser finaliser;
  private final WakeUps wakeUps;
  private final FaultPoints faults;

  BatchActions(UnitOfWork database, Finaliser finaliser, WakeUps wakeUps, FaultPoints faults) {
    this.database = database;
    this.finaliser = finaliser;
    this.wakeUps = wakeUps;
    this.faults = faults;
  }

  /// What can be decided.
  public enum Action {
    /// Give a stuck batch as long again.
    WAIT,
    /// Ask again for outstanding pairs.
    REREQUEST,
    /// Rank it, if the continuation says so.
    FINALISE,
    /// Rank it with what there is, whatever the continuation says.
    CLOSE,
    /// End it as failed.
    FAIL,
    /// End it as no longer wanted.
    CANCEL
  }

  /// A decision on a batch.
  ///
  /// @param revision the batch as it was seen, or null for whatever it is now
  /// @param reason needed to close, fail and cancel; kept in the audit
  /// @param pairs which outstanding pairs to ask for again; empty for all
  public record Order(
      UUID batch,
      Action action,
      @Nullable Long revision,
      @Nullable String reason,
      Set<UUID> pairs) {}

  /// What a decision would come to.
  ///
  /// @param batch as it is now
  /// @param pairs how many pairs would be asked for again
  /// @param becomes the state it would have
  /// @param verdict what the continuation says by itself
  public record Preview(Batch batch, Action action, int pairs, State becomes, Verdict verdict) {}

  private record Plan(
      Batch batch, List<Comparison> pairs, State becomes, Verdict verdict, String reason) {}

  /// What a decision would come to; nothing is changed.
  public Decision<Preview> preview(Order order) {
    return database.inTransaction(tx ->
        plan(tx, order, () -> tx.batches().find(order.batch()))
            .map(p ->
                new Preview(
                    p.batch(), order.action(), p.pairs().size(), p.becomes(), p.verdict())));
  }

  /// Carries a decision out.
  ///
  /// @return the batch as read again after the commit; `AlreadyDecided` if it has ended, is being
  ///   ranked, or has another revision than the one named; refused with `not_found`,
  ///   `admin_required`, `reason_required`, `not_ready`, `nothing_outstanding`, `unknown_pairs` or
  ///   `no_answers`
  public Decision<Batch> act(Order order) {
    Decision<Plan> decision =
        database.inTransaction(tx -> {
          Decision<Plan> plan = plan(tx, order, () -> tx.batches().lock(order.batch()));
          if (plan instanceof Decision.Decided<Plan> decided) {
            carryOut(tx, order.action(), decided.value());
            faults.reach(FaultPoint.DECISION_BEFORE_COMMIT);
          }
          return plan;
        });
    faults.reach(FaultPoint.DECISION_COMMITTED);
    wakeUps.ring();
    return decision.map(
        plan -> database.inTransaction(tx -> tx.batches().find(order.batch()).orElseThrow()));
  }

  /// Why each decision is not offered on a batch as it is; those that are offered are missing.
  static Map<Action, Refusal> closed(Transaction tx, Batch batch) {
    Map<Action, Refusal> closed = new EnumMap<>(Action.class);
    for (Action action : Action.values()) {
      // Whether a reason is given is asked of the person, not of the batch.
      var order = new Order(batch.id(), action, null, "-", Set.of());
      switch (plan(tx, order, () -> Optional.of(batch))) {
        case Decision.Decided<Plan> d -> {}
        case Decision.Refused<Plan> r -> closed.put(action, r.refusal());
        case Decision.AlreadyDecided<Plan> a -> closed.put(action, over(batch));
      }
    }
    return closed;
  }

  private static Refusal over(Batch batch) {
    return batch.terminal()
        ? new Refusal(
            "batch_ended",
            "it has ended as " + batch.progress().status(),
            Map.of("status", batch.progress().status().name()),
            "What has ended stays as it is.")
        : new Refusal(
            "being_ranked",
            "it is being ranked",
            Map.of("state", batch.state().name()),
            "A worker ends it; it can still be failed or cancelled.");
  }

  private void carryOut(Transaction tx, Action action, Plan plan) {
    Batch batch = plan.batch();
    String why = plan.reason().isEmpty() ? null : plan.reason();
    switch (action) {
      case FINALISE ->
          finaliser.begin(tx, batch, batch, plan.verdict().reason(), Door.ADMINISTRATOR, why);
      case CLOSE ->
          finaliser.begin(tx, batch, batch, Reason.CLOSED_BY_PERSON, Door.ADMINISTRATOR, why);
      case FAIL ->
          finaliser.fail(
              tx,
              batch,
              batch,
              Status.ERROR_PROCESSING,
              Door.ADMINISTRATOR,
              Json.object().put("error", "failed_by_person").put("reason", why),
              why);
      case CANCEL -> finaliser.cancel(tx, batch, why);
      case WAIT -> moved(tx, batch, Reason.WAITED_BY_PERSON, "batch.waited", why);
      case REREQUEST -> {
        Batch again = moved(tx, batch, Reason.REREQUESTED_BY_PERSON, "batch.rerequested", why);
        BatchMonitor.resend(tx, again, plan.pairs());
      }
    }
  }

  private static Batch moved(
      Transaction tx, Batch batch, Reason reason, String action, @Nullable String why) {
    Batch now =
        batch
            .change()
            .decided(new Verdict(Next.WAIT, reason), Door.ADMINISTRATOR, tx.now())
            .active(tx.now())
            .revised()
            .made();
    BatchSteps.raise(tx, batch, now, action, why);
    return now;
  }

  private static Decision<Plan> plan(Transaction tx, Order order, Supplier<Optional<Batch>> found) {
    if (!tx.actor().human() || !tx.batches().mayDecide()) {
      return BatchSteps.refused(
          "admin_required",
          "deciding on batches is for administrators; " + tx.actor().id() + " is none here",
          Map.of("actor", tx.actor().id()),
          "Let an administrator do it.");
    }
    Batch batch = found.get().orElse(null);
    if (batch == null) {
      return BatchSteps.notFound(order.batch());
    }
    Long seen = order.revision();
    boolean endable = order.action() == Action.FAIL || order.action() == Action.CANCEL;
    if (batch.terminal()
        || (batch.state() == State.SCORING && !endable)
        || (seen != null && seen < batch.progress().revision())) {
      return BatchSteps.alreadyDecided(tx, batch);
    }
    if (seen != null && seen > batch.progress().revision()) {
      return BatchSteps.refused(
          "no_such_revision",
          "batch is at revision " + batch.progress().revision() + "; there was no " + seen,
          Map.of("asked", seen, "revision", batch.progress().revision()),
          "Look at it again, and decide on the revision you see.");
    }
    String given = order.reason();
    String reason = given == null ? "" : given.strip();
    if (reason.isEmpty() && (endable || order.action() == Action.CLOSE)) {
      return BatchSteps.refused(
          "reason_required",
          "to " + Code.of(order.action()) + " a batch needs a reason",
          Map.of(),
          "Say why, with --reason.");
    }
    return plan(tx, order, batch, reason);
  }

  private static Decision<Plan> plan(Transaction tx, Order order, Batch batch, String reason) {
    boolean stable = tx.batches().estimate(batch.id()).filter(Estimate::stable).isPresent();
    Verdict verdict = Continuation.decide(batch.facts(stable));
    return switch (order.action()) {
      case FINALISE ->
          verdict.next() == Next.FINALISE
              ? decided(batch, List.of(), State.SCORING, verdict, reason)
              : BatchSteps.refused(
                  "not_ready",
                  "too little is in: "
                      + batch.counts().completed()
                      + " of "
                      + batch.terms().total()
                      + " ("
                      + batch.percent()
                      + " %, "
                      + batch.terms().threshold()
                      + " % are enough)",
                  Map.of(
                      "completed",
                      batch.counts().completed(),
                      "total",
                      batch.terms().total(),
                      "decision",
                      verdict.next().name(),
                      "reason",
                      verdict.reason().name()),
                  "Wait, ask again for what is outstanding, or close it with what there is.");
      case CLOSE ->
          batch.counts().completed() == 0 && batch.terms().texts() > 1
              ? BatchSteps.refused(
                  "no_answers",
                  "no answer is in: there is nothing to rank by",
                  Map.of("sent", batch.counts().sent()),
                  "Ask again for what is outstanding, or fail or cancel it.")
              : decided(batch, List.of(), State.SCORING, verdict, reason);
      case FAIL -> decided(batch, List.of(), State.FAILED, verdict, reason);
      case CANCEL -> decided(batch, List.of(), State.CANCELLED, verdict, reason);
      case WAIT -> decided(batch, List.of(), batch.state(), verdict, reason);
      case REREQUEST -> rerequest(tx, order, batch, verdict, reason);
    };
  }

  private static Decision<Plan> rerequest(
      Transaction tx, Order order, Batch batch, Verdict verdict, String reason) {
    List<Comparison> outstanding = tx.batches().outstanding(batch.id());
    if (outstanding.isEmpty()) {
      return BatchSteps.refused(
          "nothing_outstanding",
          "every pair that was sent is answered",
          Map.of("sent", batch.counts().sent()),
          "Wait for further pairs, or finalise it.");
    }
    List<Comparison> wanted =
        outstanding.stream()
            .filter(c -> order.pairs().isEmpty() || order.pairs().contains(c.correlationId()))
            .toList();
    if (!order.pairs().isEmpty() && wanted.size() < order.pairs().size()) {
      Set<UUID> found = wanted.stream().map(Comparison::correlationId).collect(Collectors.toSet());
      List<String> missing =
          order.pairs().stream().filter(p -> !found.contains(p)).map(UUID::toString).toList();
      return BatchSteps.refused(
          "unknown_pairs",
          "not outstanding in this batch: " + String.join(", ", missing),
          Map.of("pairs", missing),
          "'imprimatur batch show' lists what is outstanding.");
    }
    return decided(batch, wanted, batch.state(), verdict, reason);
  }

  private static Decision<Plan> decided(
      Batch batch, List<Comparison> pairs, State becomes, Verdict verdict, String reason) {
    return new Decision.Decided<>(new Plan(batch, pairs, becomes, verdict, reason));
  }
}
