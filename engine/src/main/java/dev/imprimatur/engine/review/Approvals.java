package dev.imprimatur.engine.review;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Approving and revoking (review.md §6): by people, append-only, at most one approval of an
/// article in force.
public final class Approvals {
  private final UnitOfWork database;
  private final String fingerprint;
  private final FaultPoints faults;

  /// @param fingerprint of the providers in use, to tell approvals that rest on others
  public Approvals(UnitOfWork database, String fingerprint, FaultPoints faults) {
    this.database = database;
    this.fingerprint = fingerprint;
    this.faults = faults;
  }

  /// An approval and what has changed since.
  ///
  /// @param stale what no longer is as it was, each one sentence; empty where nothing has changed
  public record Standing(Approval approval, Article article, Version version, List<String> stale) {}

  /// How to close pending escalations together with an approval.
  ///
  /// @param seen the escalations that the reviewer saw: one that was raised since is not closed
  ///   unseen, the approval is refused; null for whichever are pending
  public record Resolving(Escalation.Outcome outcome, String reason, @Nullable Set<UUID> seen) {
    /// Closes whichever are pending.
    public Resolving(Escalation.Outcome outcome, String reason) {
      this(outcome, reason, null);
    }
  }

  /// Approves a version.
  ///
  /// What may go wrong between any two lines: a rewrite is being written (its end re-reads the
  /// approval under the same article lock and is superseded); another approves (the open key
  /// refuses a second in force); an escalation is raised (it waits for the article lock, or is seen
  /// here as pending); the process dies (all or nothing stands).
  ///
  /// @param revision of the article, as the reviewer saw it, or null
  /// @param resolving closes the version's pending escalations in the same decision, or null
  public Decision<Standing> approve(
      UUID versionId,
      @Nullable Long revision,
      @Nullable String note,
      @Nullable Resolving resolving) {
    if (resolving != null && resolving.reason().isBlank()) {
      return Steps.reasonRequired("Resolving escalations");
    }
    if (resolving != null && resolving.outcome() == Escalation.Outcome.REJECTED) {
      return Steps.refused(
          "rejected_is_not_approved",
          "an approval can't resolve an escalation as rejected: that says the text must not go out",
          Map.of(),
          "Resolve it as override, fixed or false_alarm, or reject it without approving.");
    }
    return committed(tx -> approve(tx, versionId, revision, note, resolving));
  }

  private Decision<Standing> approve(
      Transaction tx,
      UUID versionId,
      @Nullable Long revision,
      @Nullable String note,
      @Nullable Resolving resolving) {
    if (!tx.actor().human()) {
      return Steps.humanRequired(tx, "Approving");
    }
    Version version = tx.articles().version(versionId).orElse(null);
    if (version == null) {
      return Steps.notFound("version", versionId.toString());
    }
    Article article = tx.articles().lock(version.articleId()).orElseThrow();
    if (revision != null && (revision < 1 || revision > article.revision())) {
      return Steps.noSuchRevision("article " + article.id(), revision, article.revision());
    }
    if (revision != null && revision != article.revision()) {
      return Steps.alreadyDecided(tx, Steps.ARTICLE, article.id(), article.revision());
    }
    Optional<Approval> inForce = tx.approvals().inForce(article.id());
    if (inForce.isPresent()) {
      return alreadyApproved(tx, inForce.get());
    }
    List<Escalation> pending = lockPending(tx, versionId);
    if (!pending.isEmpty() && resolving == null) {
      return escalationsPending(version, pending);
    }
    Optional<Escalation> unseen =
        resolving == null || resolving.seen() == null
            ? Optional.empty()
            : pending.stream().filter(e -> !resolving.seen().contains(e.id())).findFirst();
    if (unseen.isPresent()) {
      return Steps.refused(
          "escalation_unseen",
          "an escalation of version "
              + version.number()
              + " was raised meanwhile: "
              + Code.of(unseen.get().reason()),
          Map.of("escalation", unseen.get().id().toString()),
          "Look at it, then approve again.");
    }
    for (Escalation e : pending) {
      String holder = e.claimHolder(tx.now());
      if (holder != null && !holder.equals(tx.actor().id())) {
        return Steps.refused(
            "claimed_by_other",
            "escalation " + e.id() + " of this version is claimed by " + holder,
            Map.of("escalation", e.id().toString(), "claimed_by", holder),
            "Ask " + holder + " to release it, or wait until the claim runs out.");
      }
    }
    // Only now: what is refused must have changed nothing.
    for (Escalation e : pending) {
      Escalations.resolve(
          tx,
          e,
          Objects.requireNonNull(resolving).outcome(),
          Objects.requireNonNull(resolving).reason(),
          faults);
    }
    store(tx, version, note);
    faults.reach(FaultPoint.DECISION_BEFORE_COMMIT);
    return new Decision.Decided<>(standing(tx, article.id()).orElseThrow());
  }

  private void store(Transaction tx, Version version, @Nullable String note) {
    List<EvaluationRun> runs =
        tx.evaluations().ofVersion(version.id()).stream()
            .filter(r -> r.status() != EvaluationRun.Status.IN_PROGRESS)
            .toList();
    var ids = Json.array();
    runs.forEach(r -> ids.add(r.id().toString()));
    String basedOn = runs.isEmpty() ? null : runs.getFirst().fingerprint();
    Approval approval =
        tx.approvals()
            .add(
                version.articleId(),
                version.id(),
                version.contentHash(),
                note,
                runs.stream().map(EvaluationRun::id).toList(),
                basedOn);
    faults.reach(FaultPoint.APPROVAL_STORED);
    tx.approvals().enforce(approval);
    ObjectNode after =
        Json.object()
            .put("approval", approval.id().toString())
            .put("version", version.id().toString())
            .put("number", version.number())
            .put("content_hash", version.contentHash());
    after.set("runs", ids);
    Steps.article(
        tx,
        version.articleId(),
        "approval.granted",
        note,
        after,
        "ApprovalGrantedV1",
        "approval:" + approval.id() + ":granted");
  }

  /// Takes the approval in force back. Cannot be undone; the article may be approved anew.
  ///
  /// @param revision of the article, as the reviewer saw it, or null
  public Decision<Standing> revoke(UUID articleId, @Nullable Long revision, String reason) {
    if (reason.isBlank()) {
      return Steps.reasonRequired("Revoking");
    }
    return committed(tx -> {
      if (!tx.actor().human()) {
        return Steps.humanRequired(tx, "Revoking");
      }
      Article article = tx.articles().lock(articleId).orElse(null);
      if (article == null) {
        return Steps.notFound("article", articleId.toString());
      }
      if (revision != null && (revision < 1 || revision > article.revision())) {
        return Steps.noSuchRevision("article " + articleId, revision, article.revision());
      }
      if (revision != null && revision != article.revision()) {
        return Steps.alreadyDecided(tx, Steps.ARTICLE, articleId, article.revision());
      }
      Approval approval = tx.approvals().inForce(articleId).orElse(null);
      if (approval == null) {
        return Steps.refused(
            "not_approved",
            "no approval of article " + articleId + " is in force",
            Map.of("article", articleId.toString()),
            "There is nothing to revoke.");
      }
      tx.approvals().addRevocation(approval.id(), reason.strip());
      faults.reach(FaultPoint.REVOCATION_STORED);
      tx.approvals().lift(articleId);
      Steps.article(
          tx,
          articleId,
          "approval.revoked",
          reason.strip(),
          Json.object()
              .put("approval", approval.id().toString())
              .put("version", approval.versionId().toString()),
          "ApprovalRevokedV1",
          "approval:" + approval.id() + ":revoked");
      faults.reach(FaultPoint.DECISION_BEFORE_COMMIT);
      return new Decision.Decided<>(standing(tx, articleId).orElseThrow());
    });
  }

  /// The article's latest approval, in force or revoked.
  public Optional<Standing> latest(UUID articleId) {
    return database.inTransaction(tx -> standing(tx, articleId));
  }

  /// Every approval of an article, newest first.
  public List<Approval> history(UUID articleId) {
    return database.inTransaction(tx -> tx.approvals().history(articleId));
  }

  private Decision<Standing> committed(UnitOfWork.Work<Decision<Standing>> work) {
    Decision<Standing> decision = database.inTransaction(work);
    faults.reach(FaultPoint.DECISION_COMMITTED);
    if (decision instanceof Decision.Decided<Standing>(Standing standing)) {
      // A success shown is a success re-read.
      return new Decision.Decided<>(latest(standing.article().id()).orElseThrow());
    }
    return decision;
  }

  private Optional<Standing> standing(Transaction tx, UUID articleId) {
    return tx.approvals().history(articleId).stream()
        .findFirst()
        .map(approval -> {
          Article article = tx.articles().find(articleId).orElseThrow();
          Version version = tx.articles().version(approval.versionId()).orElseThrow();
          return new Standing(approval, article, version, stale(tx, approval, article));
        });
  }

  private List<String> stale(Transaction tx, Approval approval, Article article) {
    List<String> changes = new ArrayList<>();
    Version latest = tx.articles().version(article.id(), article.latestVersion()).orElseThrow();
    if (!latest.contentHash().equals(approval.contentHash())) {
      changes.add("the text has changed: version " + latest.number() + " is newer");
    }
    if (approval.fingerprint() != null && !approval.fingerprint().equals(fingerprint)) {
      changes.add("the scoring providers or models have changed");
    }
    return changes;
  }

  /// The version's pending escalations, their rows locked in ascending order.
  private static List<Escalation> lockPending(Transaction tx, UUID versionId) {
    return tx.escalations().pendingOfVersion(versionId).stream()
        .map(Escalation::id)
        .sorted()
        .map(id -> tx.escalations().lock(id).orElseThrow())
        .filter(e -> e.status() == Escalation.Status.PENDING)
        .toList();
  }

  private static Decision<Standing> alreadyApproved(Transaction tx, Approval approval) {
    int number = tx.articles().version(approval.versionId()).map(Version::number).orElse(0);
    return Steps.refused(
        "already_approved",
        "version "
            + number
            + " of this article was approved by "
            + approval.by()
            + " at "
            + approval.at(),
        Map.of(
            "approval",
            approval.id().toString(),
            "by",
            approval.by(),
            "at",
            approval.at().toString()),
        "Revoke that approval first.");
  }

  private static Decision<Standing> escalationsPending(Version version, List<Escalation> pending) {
    List<String> ids = pending.stream().map(e -> e.id().toString()).toList();
    List<String> reasons = pending.stream().map(e -> Code.of(e.reason())).toList();
    return Steps.refused(
        "escalations_pending",
        "version " + version.number() + " has pending escalations: " + String.join(", ", reasons),
        Map.of("escalations", ids, "reasons", reasons),
        "Resolve them, or resolve them in the same decision.");
  }
}
