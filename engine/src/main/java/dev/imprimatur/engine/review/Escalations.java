package dev.imprimatur.engine.review;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Escalation.Outcome;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The reviewers' queue (review.md §4, §7). Every decision may name the revision it was made on.
public final class Escalations {
  private final UnitOfWork database;
  private final Duration claimTimeout;
  private final FaultPoints faults;

  public Escalations(UnitOfWork database, Duration claimTimeout, FaultPoints faults) {
    this.database = database;
    this.claimTimeout = claimTimeout;
    this.faults = faults;
  }

  /// One escalation, its remarks, and whether it is somebody's, or out of sight, at this moment.
  public record Detail(
      Escalation.Row row,
      List<Escalation.Comment> comments,
      @Nullable String claimHolder,
      boolean snoozed) {
    static Detail of(Escalation.Row row, List<Escalation.Comment> comments, Instant now) {
      Escalation e = row.escalation();
      return new Detail(row, comments, e.claimHolder(now), e.snoozed(now));
    }
  }

  /// The queue: pending first, then oldest first.
  public List<Detail> list(Escalation.@Nullable Status status, int limit) {
    return database.inTransaction(tx -> {
      Instant now = tx.now();
      return tx.escalations().list(status, limit).stream()
          .map(row -> Detail.of(row, List.of(), now))
          .toList();
    });
  }

  /// The ids of those that match, in the order asked for. A long list is held as this, and its rows
  /// are read as they come into sight.
  public List<UUID> order(EscalationQuery query) {
    return database.inTransaction(tx -> tx.escalations().order(query, tx.now()));
  }

  /// These, by their ids; without remarks. Ids that no escalation has are missing.
  public Map<UUID, Detail> rows(Collection<UUID> ids) {
    return database.inTransaction(tx -> {
      Instant now = tx.now();
      return tx.escalations().rows(ids).stream()
          .map(row -> Detail.of(row, List.of(), now))
          .collect(Collectors.toMap(d -> d.row().escalation().id(), d -> d));
    });
  }

  public Optional<Detail> find(UUID id) {
    return database.inTransaction(tx -> detail(tx, id));
  }

  /// Escalations whose id begins so, at most 10.
  public List<Escalation> findByIdPrefix(String prefix) {
    return database.inTransaction(tx -> tx.escalations().findByIdPrefix(prefix));
  }

  /// Every escalation of a version.
  public List<Escalation> ofVersion(UUID version) {
    return database.inTransaction(tx -> tx.escalations().ofVersion(version));
  }

  /// The pending escalations of all of an article's versions, oldest first, without remarks.
  public List<Escalation> pendingOfArticle(UUID article) {
    return database.inTransaction(tx -> tx.escalations().pendingOfArticle(article));
  }

  /// Takes an escalation for the claim time, so that others see it is worked on. Claiming one's own
  /// again prolongs it.
  public Decision<Detail> claim(UUID id, @Nullable Long revision) {
    return decide(
        id,
        revision,
        "Claiming",
        (tx, e, me) -> {
          Instant until = tx.now().plus(claimTimeout);
          tx.escalations().setClaim(id, me, until);
          note(
              tx,
              e,
              "escalation.claimed",
              null,
              Map.of("claimed_by", me, "until", until.toString()));
          return null;
        });
  }

  /// Gives a claim back.
  public Decision<Detail> release(UUID id, @Nullable Long revision) {
    return decide(
        id,
        revision,
        "Releasing",
        (tx, e, me) -> {
          if (e.claimHolder(tx.now()) == null) {
            return Steps.refused(
                "not_claimed",
                "nobody has claimed escalation " + id,
                Map.of(),
                "Nothing needs to be done.");
          }
          tx.escalations().setClaim(id, null, null);
          note(tx, e, "escalation.released", null, Map.of());
          return null;
        });
  }

  /// Adds a remark. Anyone may, claimed or not.
  public Decision<Detail> comment(UUID id, String text) {
    return committed(tx -> {
      if (!tx.actor().human()) {
        return Steps.humanRequired(tx, "Commenting");
      }
      if (text.isBlank()) {
        return Steps.refused("text_required", "a comment needs a text", Map.of(), "Say something.");
      }
      Escalation e = tx.escalations().lock(id).orElse(null);
      if (e == null) {
        return Steps.notFound("escalation", id.toString());
      }
      tx.escalations().comment(id, text.strip());
      Steps.record(
          tx,
          Steps.ESCALATION,
          id,
          e.revision(),
          "escalation.commented",
          null,
          Json.object().put("text", text),
          null);
      return new Decision.Decided<>(detail(tx, id).orElseThrow());
    });
  }

  /// Puts an escalation out of sight for a while.
  public Decision<Detail> snooze(UUID id, @Nullable Long revision, Duration howLong) {
    if (howLong.isZero() || howLong.isNegative()) {
      return Steps.refused(
          "no_time", "snoozing needs a time", Map.of(), "Say for how long, such as 4h.");
    }
    return decide(
        id,
        revision,
        "Snoozing",
        (tx, e, me) -> {
          Instant until = tx.now().plus(howLong);
          tx.escalations().snooze(id, until);
          note(tx, e, "escalation.snoozed", null, Map.of("until", until.toString()));
          return null;
        });
  }

  /// Brings a snoozed escalation back into sight.
  public Decision<Detail> wake(UUID id, @Nullable Long revision) {
    return decide(
        id,
        revision,
        "Waking",
        (tx, e, me) -> {
          if (!e.snoozed(tx.now())) {
            return Steps.refused(
                "not_snoozed",
                "escalation " + id + " is not snoozed",
                Map.of(),
                "Nothing needs to be done.");
          }
          tx.escalations().snooze(id, null);
          note(tx, e, "escalation.woken", null, Map.of());
          return null;
        });
  }

  /// Decides an escalation for good.
  public Decision<Detail> resolve(
      UUID id, @Nullable Long revision, Outcome outcome, String reason) {
    if (reason.isBlank()) {
      return Steps.reasonRequired("Resolving an escalation");
    }
    return decide(
        id,
        revision,
        "Resolving an escalation",
        (tx, e, me) -> {
          resolve(tx, e, outcome, reason, faults);
          return null;
        });
  }

  /// Closes one within a decision's transaction. The article's and the escalation's rows are
  /// locked, a person acts.
  static void resolve(
      Transaction tx, Escalation e, Outcome outcome, String reason, FaultPoints faults) {
    tx.escalations().resolve(e.id(), outcome, reason.strip());
    faults.reach(FaultPoint.RESOLUTION_STORED);
    note(
        tx,
        e,
        "escalation.resolved",
        reason.strip(),
        Map.of("outcome", Code.of(outcome), "reason", Code.of(e.reason())));
    tx.outbox()
        .append(
            Steps.ARTICLE,
            e.articleId().toString(),
            "EscalationResolvedV1",
            "escalation:" + e.id() + ":resolved",
            Json.object().put("escalation", e.id().toString()).put("outcome", Code.of(outcome)));
  }

  /// What is done to a pending escalation; returns a refusal, or null when it is done.
  @FunctionalInterface
  private interface Step {
    @Nullable Decision<Detail> take(Transaction tx, Escalation escalation, String me);
  }

  /// What every decision about an escalation checks first, under the locks of its article and
  /// itself.
  ///
  /// What may go wrong between any two lines: another decides (the lock orders them, the second
  /// finds another revision); the process dies before the commit (nothing stands) or after it (all
  /// stands; asking again says who decided).
  private Decision<Detail> decide(UUID id, @Nullable Long revision, String what, Step step) {
    return committed(tx -> {
      if (!tx.actor().human()) {
        return Steps.humanRequired(tx, what);
      }
      Escalation seen = tx.escalations().find(id).orElse(null);
      if (seen == null) {
        return Steps.notFound("escalation", id.toString());
      }
      tx.articles().lock(seen.articleId());
      Escalation e = tx.escalations().lock(id).orElseThrow();
      if (revision != null && (revision < 1 || revision > e.revision())) {
        return Steps.noSuchRevision("escalation " + id, revision, e.revision());
      }
      if (e.status() == Escalation.Status.RESOLVED
          || (revision != null && revision != e.revision())) {
        return Steps.alreadyDecided(tx, Steps.ESCALATION, id, e.revision());
      }
      String me = tx.actor().id();
      String holder = e.claimHolder(tx.now());
      if (holder != null && !holder.equals(me)) {
        return Steps.refused(
            "claimed_by_other",
            "escalation " + id + " is claimed by " + holder + " until " + e.claimExpiresAt(),
            Map.of("claimed_by", holder, "until", String.valueOf(e.claimExpiresAt())),
            "Ask " + holder + " to release it, or wait until the claim runs out.");
      }
      Decision<Detail> refusal = step.take(tx, e, me);
      if (refusal != null) {
        return refusal;
      }
      faults.reach(FaultPoint.DECISION_BEFORE_COMMIT);
      return new Decision.Decided<>(detail(tx, id).orElseThrow());
    });
  }

  private Decision<Detail> committed(UnitOfWork.Work<Decision<Detail>> work) {
    Decision<Detail> decision = database.inTransaction(work);
    faults.reach(FaultPoint.DECISION_COMMITTED);
    if (decision instanceof Decision.Decided<Detail>) {
      // A success shown is a success re-read.
      UUID id = ((Decision.Decided<Detail>) decision).value().row().escalation().id();
      return new Decision.Decided<>(find(id).orElseThrow());
    }
    return decision;
  }

  private static void note(
      Transaction tx,
      Escalation before,
      String action,
      @Nullable String reason,
      Map<String, ?> after) {
    long revision = tx.escalations().find(before.id()).orElseThrow().revision();
    Steps.record(
        tx,
        Steps.ESCALATION,
        before.id(),
        revision,
        action,
        Json.object().put("status", Code.of(before.status())).put("claimed_by", before.claimedBy()),
        Json.of(after),
        reason);
    if (!action.equals("escalation.resolved")) {
      tx.outbox()
          .append(
              Steps.ARTICLE,
              before.articleId().toString(),
              "EscalationChangedV1",
              "escalation:" + before.id() + ":revision:" + revision,
              Json.object()
                  .put("escalation", before.id().toString())
                  .put("action", action)
                  .put("revision", revision));
    }
  }

  private static Optional<Detail> detail(Transaction tx, UUID id) {
    return tx.escalations()
        .row(id)
        .map(row -> Detail.of(row, tx.escalations().comments(id), tx.now()));
  }
}
