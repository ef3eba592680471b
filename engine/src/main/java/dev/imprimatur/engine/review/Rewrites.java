package dev.imprimatur.engine.review;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.provider.ProviderInfo;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asking for rewrites and deciding on what they suggest (review.md §5).
public final class Rewrites {
  private final UnitOfWork database;
  private final ProviderInfo rewriter;
  private final Settings settings;
  private final WakeUps wakeUps;
  private final FaultPoints faults;

  public Rewrites(
      UnitOfWork database,
      ProviderInfo rewriter,
      Settings settings,
      WakeUps wakeUps,
      FaultPoints faults) {
    this.database = database;
    this.rewriter = rewriter;
    this.settings = settings;
    this.wakeUps = wakeUps;
    this.faults = faults;
  }

  /// A cycle and the suggestion it ended in, if it has.
  public record CycleResult(RewriteCycle cycle, Optional<RewriteSuggestion> suggestion) {}

  /// A suggestion against its version.
  ///
  /// @param movedOn whether the article has a newer version than the one it was made from
  public record Detail(
      RewriteSuggestion suggestion,
      Version base,
      Article article,
      List<Hunks.Hunk> hunks,
      boolean movedOn) {}

  /// A suggestion with everything that its decision is made on, as it stands at one time.
  ///
  /// @param cycle the rewrite it came of
  /// @param latest the article's latest version; the base, unless the article has moved on
  /// @param made the version it was accepted as, if it was
  /// @param approved whether an approval of the article is in force
  public record Opened(
      Detail detail,
      RewriteCycle cycle,
      Version latest,
      Optional<Version> made,
      boolean approved) {}

  /// Asks for a rewrite. A refusal because of an approval or the cap is itself a hard stop and
  /// escalates.
  public Decision<CycleResult> request(UUID versionId) {
    Decision<CycleResult> decision = database.inTransaction(tx -> request(tx, versionId));
    faults.reach(FaultPoint.CYCLE_COMMITTED);
    wakeUps.ring();
    return decision;
  }

  private Decision<CycleResult> request(Transaction tx, UUID versionId) {
    if (!tx.actor().human()) {
      return Steps.humanRequired(tx, "Asking for a rewrite");
    }
    Version version = tx.articles().version(versionId).orElse(null);
    if (version == null) {
      return Steps.notFound("version", versionId.toString());
    }
    Article article = tx.articles().lock(version.articleId()).orElseThrow();
    Optional<Approval> approval = tx.approvals().inForce(article.id());
    if (approval.isPresent()) {
      return approved(tx, version, approval.get());
    }
    Optional<RewriteCycle> running = tx.rewrites().running(article.id());
    if (running.isPresent()) {
      return Steps.refused(
          "rewrite_running",
          "rewrite cycle " + running.get().number() + " of this article is running",
          Map.of(
              "cycle",
              running.get().id().toString(),
              "since",
              running.get().startedAt().toString()),
          "Wait for it to end.");
    }
    int used = tx.rewrites().started(article.id());
    int cap = settings.get(Keys.REWRITE_CAP);
    if (used >= cap) {
      return capReached(tx, version, used, cap);
    }
    return new Decision.Decided<>(new CycleResult(start(tx, version, used + 1), Optional.empty()));
  }

  private RewriteCycle start(Transaction tx, Version version, int number) {
    RewriteCycle cycle =
        tx.rewrites()
            .start(version.articleId(), version.id(), number, rewriter.name(), rewriter.model());
    faults.reach(FaultPoint.CYCLE_CREATED);
    tx.jobs()
        .enqueue(
            List.of(
                NewJob.of(
                        settings.get(Keys.WORKSPACE),
                        RewriteHandler.KIND,
                        Json.object()
                            .put("cycle_id", cycle.id().toString())
                            .put("article_id", version.articleId().toString())
                            .put("version_id", version.id().toString()))
                    .withMaxAttempts(settings.get(Keys.PART_ATTEMPTS))
                    .withClientRequestId("rewrite:" + cycle.id())));
    Steps.article(
        tx,
        version.articleId(),
        "rewrite.requested",
        null,
        Json.object()
            .put("cycle", cycle.id().toString())
            .put("number", number)
            .put("version", version.id().toString()),
        "RewriteRequestedV1",
        "rewrite:" + cycle.id() + ":requested");
    return cycle;
  }

  private static Decision<CycleResult> approved(
      Transaction tx, Version version, Approval approval) {
    var details =
        Json.object()
            .put("approval", approval.id().toString())
            .put("requested_by", tx.actor().id());
    Escalation e =
        EscalationDesk.raise(
            tx,
            version.articleId(),
            version.id(),
            Escalation.Reason.APPROVED_REWRITE_ATTEMPT,
            details,
            null);
    return Steps.refused(
        "article_approved",
        "the article was approved by " + approval.by() + " at " + approval.at(),
        Map.of("approval", approval.id().toString(), "escalation", e.id().toString()),
        "Revoke the approval first.");
  }

  private static Decision<CycleResult> capReached(
      Transaction tx, Version version, int used, int cap) {
    Escalation e =
        EscalationDesk.raise(
            tx,
            version.articleId(),
            version.id(),
            Escalation.Reason.REWRITE_CAP,
            HardStops.cap(used, cap),
            null);
    return Steps.refused(
        "rewrite_cap_reached",
        used + " rewrite cycles of this article have been used; the cap is " + cap,
        Map.of("cycles_used", used, "cap", cap, "escalation", e.id().toString()),
        "Edit the text by hand, or let an administrator raise review.rewrite-cap.");
  }

  /// A cycle and what became of it.
  public Optional<CycleResult> cycle(UUID id) {
    return database.inTransaction(tx ->
        tx.rewrites().cycle(id).map(c -> new CycleResult(c, tx.rewrites().suggestionOfCycle(id))));
  }

  public List<RewriteCycle> cycles(UUID article) {
    return database.inTransaction(tx -> tx.rewrites().cycles(article));
  }

  /// Suggestions whose id, or whose cycle's id, begins so, at most 10.
  public List<RewriteSuggestion> findByIdPrefix(String prefix) {
    return database.inTransaction(tx -> tx.rewrites().suggestionsByIdPrefix(prefix));
  }

  /// Suggestions, newest first.
  public List<RewriteSuggestion> list(RewriteSuggestion.@Nullable Status status, int limit) {
    return database.inTransaction(tx -> tx.rewrites().suggestions(status, limit));
  }

  /// One suggestion against its version.
  public Optional<Detail> suggestion(UUID id) {
    return database.inTransaction(tx -> tx.rewrites().suggestion(id).map(s -> detail(tx, s)));
  }

  /// The ids of those that match, in the order asked for. A long list is held as this, and its rows
  /// are read as they come into sight.
  public List<UUID> order(SuggestionQuery query) {
    return database.inTransaction(tx -> tx.rewrites().order(query));
  }

  /// These, by their ids. Ids that no suggestion has are missing.
  public Map<UUID, SuggestionRow> rows(Collection<UUID> ids) {
    return database.inTransaction(tx ->
        tx.rewrites().rows(ids).stream().collect(Collectors.toMap(SuggestionRow::id, r -> r)));
  }

  /// One suggestion with everything that its decision is made on.
  public Optional<Opened> open(UUID id) {
    return database.inTransaction(tx ->
        tx.rewrites()
            .suggestion(id)
            .map(s -> {
              Detail detail = detail(tx, s);
              Article article = detail.article();
              return new Opened(
                  detail,
                  tx.rewrites().cycle(s.cycleId()).orElseThrow(),
                  tx.articles().version(article.id(), article.latestVersion()).orElseThrow(),
                  tx.articles().versionOfSuggestion(id),
                  tx.approvals().inForce(article.id()).isPresent());
            }));
  }

  static Detail detail(Transaction tx, RewriteSuggestion s) {
    Version base = tx.articles().version(s.versionId()).orElseThrow();
    Article article = tx.articles().find(s.articleId()).orElseThrow();
    var hunks = Hunks.between(base.title(), base.body(), s.title(), s.body());
    return new Detail(s, base, article, hunks.all(), article.latestVersion() != base.number());
  }
}
