package dev.imprimatur.engine.review;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Accepting and rejecting suggestions. Accepting makes the next version from exactly the accepted
/// text.
public final class Suggestions {
  private final UnitOfWork database;
  private final FaultPoints faults;

  public Suggestions(UnitOfWork database, FaultPoints faults) {
    this.database = database;
    this.faults = faults;
  }

  /// What to do where the article has a newer version than the suggestion was made from.
  public enum IfMovedOn {
    /// Say so and do nothing.
    REFUSE,
    /// Put the hunks into the newest version, if each still finds its place.
    MERGE,
    /// Make the next version from the one the suggestion was made from, setting the newer one
    /// aside.
    REPLACE
  }

  /// What was accepted.
  public record Accepted(RewriteSuggestion suggestion, Version version) {}

  /// Accepts a suggestion, whole or in part.
  ///
  /// What may go wrong between any two lines: another decides (article and suggestion are locked,
  /// the second finds it closed); the article moves on (seen under its lock); the process dies
  /// (version and decision commit together).
  ///
  /// @param revision of the suggestion, as the reviewer saw it, or null
  /// @param hunks the numbers of the hunks to take, or null for all
  public Decision<Accepted> accept(
      UUID id, @Nullable Long revision, @Nullable Collection<Integer> hunks, IfMovedOn ifMovedOn) {
    return accept(id, revision, hunks, ifMovedOn, null);
  }

  /// Accepts a suggestion, whole or in part, as [#accept(UUID, Long, Collection, IfMovedOn)] does,
  /// unless the article has moved on further than the reviewer saw.
  ///
  /// @param latestSeen the number of the article's latest version, as the reviewer saw it, or null
  public Decision<Accepted> accept(
      UUID id,
      @Nullable Long revision,
      @Nullable Collection<Integer> hunks,
      IfMovedOn ifMovedOn,
      @Nullable Integer latestSeen) {
    Decision<Accepted> decision =
        database.inTransaction(tx -> {
          Optional<Decision<Accepted>> refusal = check(tx, id, revision, "Accepting a suggestion");
          return refusal.orElseGet(() -> take(tx, id, hunks, ifMovedOn, latestSeen));
        });
    faults.reach(FaultPoint.DECISION_COMMITTED);
    // A success shown is a success re-read.
    return decision.map(made ->
        database.inTransaction(tx ->
            new Accepted(
                tx.rewrites().suggestion(id).orElseThrow(),
                tx.articles().version(made.version().id()).orElseThrow())));
  }

  private Decision<Accepted> take(
      Transaction tx,
      UUID id,
      @Nullable Collection<Integer> wanted,
      IfMovedOn ifMovedOn,
      @Nullable Integer latestSeen) {
    RewriteSuggestion s = tx.rewrites().suggestion(id).orElseThrow();
    Article article = tx.articles().find(s.articleId()).orElseThrow();
    Version base = tx.articles().version(s.versionId()).orElseThrow();
    Version latest = tx.articles().version(article.id(), article.latestVersion()).orElseThrow();
    Hunks hunks = Hunks.between(base.title(), base.body(), s.title(), s.body());
    List<Integer> numbers =
        wanted == null
            ? hunks.all().stream().map(Hunks.Hunk::number).toList()
            : wanted.stream().distinct().sorted().toList();
    if (numbers.isEmpty()) {
      return Steps.refused(
          "no_hunks",
          "no hunk was chosen",
          Map.of(),
          "Choose at least one, or reject the suggestion.");
    }
    int count = hunks.all().size();
    if (numbers.stream().anyMatch(n -> n < 1 || n > count)) {
      return Steps.refused(
          "no_such_hunk",
          "the suggestion has hunks 1 to " + count + ", not " + numbers,
          Map.of("hunks", count),
          "Choose among these.");
    }
    boolean movedOn = !latest.id().equals(base.id());
    boolean unseen = latestSeen != null && latestSeen != latest.number();
    if (movedOn && (unseen || ifMovedOn == IfMovedOn.REFUSE)) {
      return Steps.refused(
          "moved_on",
          "the suggestion was made from version "
              + base.number()
              + ", and version "
              + latest.number()
              + " was made since by "
              + latest.createdBy()
              + " at "
              + latest.createdAt(),
          Map.of("base", base.number(), "latest", latest.number()),
          "Merge the hunks into version "
              + latest.number()
              + ", replace it, or reject the suggestion.");
    }
    Optional<Hunks.Text> text =
        movedOn && ifMovedOn == IfMovedOn.MERGE
            ? hunks.applyTo(latest.title(), latest.body(), numbers)
            : Optional.of(hunks.apply(numbers));
    if (text.isEmpty()) {
      return Steps.refused(
          "does_not_merge",
          "the hunks no longer find their place in version " + latest.number(),
          Map.of("latest", latest.number()),
          "Choose fewer hunks, replace the version, or reject the suggestion.");
    }
    Version under = movedOn && ifMovedOn == IfMovedOn.MERGE ? latest : base;
    return new Decision.Decided<>(store(tx, s, article, under, text.get(), numbers));
  }

  private Accepted store(
      Transaction tx,
      RewriteSuggestion s,
      Article article,
      Version under,
      Hunks.Text text,
      List<Integer> numbers) {
    var content =
        new Version.Content(text.title(), under.mediaType(), text.body(), under.metadata());
    Version version = Articles.addVersion(tx, article, content, Version.Origin.REWRITE, s.id(), "");
    faults.reach(FaultPoint.ACCEPT_VERSION_MADE);
    String hunks = numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    tx.rewrites().decide(s.id(), RewriteSuggestion.Status.ACCEPTED, null, hunks);
    JsonNode after =
        Json.object()
            .put("status", "accepted")
            .put("hunks", hunks)
            .put("version", version.id().toString());
    note(tx, s, "suggestion.accepted", null, after, "RewriteAcceptedV1");
    faults.reach(FaultPoint.DECISION_BEFORE_COMMIT);
    return new Accepted(tx.rewrites().suggestion(s.id()).orElseThrow(), version);
  }

  /// Rejects a suggestion.
  ///
  /// @param revision of the suggestion, as the reviewer saw it, or null
  public Decision<RewriteSuggestion> reject(UUID id, @Nullable Long revision, String reason) {
    if (reason.isBlank()) {
      return Steps.reasonRequired("Rejecting a suggestion");
    }
    Decision<RewriteSuggestion> decision =
        database.inTransaction(tx -> {
          Optional<Decision<RewriteSuggestion>> refusal =
              check(tx, id, revision, "Rejecting a suggestion");
          if (refusal.isPresent()) {
            return refusal.get();
          }
          RewriteSuggestion s = tx.rewrites().suggestion(id).orElseThrow();
          tx.rewrites().decide(id, RewriteSuggestion.Status.REJECTED, reason.strip(), null);
          note(
              tx,
              s,
              "suggestion.rejected",
              reason.strip(),
              Json.object().put("status", "rejected"),
              "RewriteRejectedV1");
          faults.reach(FaultPoint.DECISION_BEFORE_COMMIT);
          return new Decision.Decided<>(tx.rewrites().suggestion(id).orElseThrow());
        });
    faults.reach(FaultPoint.DECISION_COMMITTED);
    return decision.map(
        s -> database.inTransaction(tx -> tx.rewrites().suggestion(id)).orElseThrow());
  }

  /// Locks article and suggestion, and checks that a person decides on what he saw.
  private static <T> Optional<Decision<T>> check(
      Transaction tx, UUID id, @Nullable Long revision, String what) {
    if (!tx.actor().human()) {
      return Optional.of(Steps.humanRequired(tx, what));
    }
    Optional<RewriteSuggestion> seen = tx.rewrites().suggestion(id);
    if (seen.isEmpty()) {
      return Optional.of(Steps.notFound("suggestion", id.toString()));
    }
    tx.articles().lock(seen.get().articleId());
    RewriteSuggestion s = tx.rewrites().lockSuggestion(id).orElseThrow();
    if (revision != null && (revision < 1 || revision > s.revision())) {
      return Optional.of(Steps.noSuchRevision("suggestion " + id, revision, s.revision()));
    }
    if (s.status() != RewriteSuggestion.Status.PENDING
        || (revision != null && revision != s.revision())) {
      return Optional.of(Steps.alreadyDecided(tx, Steps.SUGGESTION, id, s.revision()));
    }
    return Optional.empty();
  }

  private static void note(
      Transaction tx,
      RewriteSuggestion s,
      String action,
      @Nullable String reason,
      JsonNode after,
      String event) {
    Steps.record(
        tx,
        Steps.SUGGESTION,
        s.id(),
        s.revision() + 1,
        action,
        Json.object().put("status", "pending"),
        after,
        reason);
    tx.outbox()
        .append(
            Steps.ARTICLE,
            s.articleId().toString(),
            event,
            "suggestion:" + s.id() + ":decided",
            after);
  }
}
