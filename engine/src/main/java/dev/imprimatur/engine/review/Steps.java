package dev.imprimatur.engine.review;

import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.store.AuditStore;
import dev.imprimatur.engine.store.Transaction;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What every step of the review family does the same way: audit and event in the transaction of
/// the change, and the refusals they share.
final class Steps {
  static final String ARTICLE = "article";
  static final String ESCALATION = "escalation";
  static final String SUGGESTION = "rewrite_suggestion";

  private Steps() {}

  /// Notes a change of an article: raises its revision, audits, publishes.
  ///
  /// @param event the event's type, such as `VersionCreatedV1`
  /// @param eventKey derived from the fact
  static void article(
      Transaction tx,
      UUID article,
      String action,
      @Nullable String reason,
      JsonNode after,
      String event,
      String eventKey) {
    long revision = tx.articles().raiseRevision(article);
    record(tx, ARTICLE, article, revision, action, null, after, reason);
    tx.outbox().append(ARTICLE, article.toString(), event, eventKey, after);
  }

  /// Notes a change of anything else in the audit.
  static void record(
      Transaction tx,
      String type,
      UUID id,
      long revision,
      String action,
      @Nullable JsonNode before,
      JsonNode after,
      @Nullable String reason) {
    tx.audit()
        .append(
            new AuditStore.Record(type, id.toString(), action, revision, before, after, reason));
  }

  /// The answer to a decision made on a revision that is no longer the latest: who did what, and
  /// when.
  static <T> Decision<T> alreadyDecided(Transaction tx, String type, UUID id, long revision) {
    AuditEntry last =
        tx.audit()
            .raising(type, id.toString(), revision)
            .orElseThrow(() ->
                new IllegalStateException(
                    type + " " + id + " has no audit of revision " + revision));
    String what = last.action() + outcome(last.after());
    return new Decision.AlreadyDecided<>(what, last.actor().id(), last.at(), revision);
  }

  /// What of a change tells how it was decided, in words.
  private static String outcome(@Nullable JsonNode after) {
    if (after == null) {
      return "";
    }
    for (String field : List.of("outcome", "status", "number", "claimed_by")) {
      JsonNode value = after.path(field);
      if (!value.isMissingNode() && !value.isNull()) {
        return " (" + (field.equals("number") ? "version " : "") + value.asString() + ")";
      }
    }
    return "";
  }

  /// The refusal of a revision that the item has not had.
  static <T> Decision<T> noSuchRevision(String what, long asked, long now) {
    return refused(
        "no_such_revision",
        what + " is at revision " + now + "; there was no revision " + asked,
        Map.of("asked", asked, "revision", now),
        "Look at it again, and decide on the revision you see.");
  }

  /// The refusal of a decision by automation.
  static <T> Decision<T> humanRequired(Transaction tx, String what) {
    return refused(
        "human_required",
        what + " is for people; " + tx.actor().id() + " is automation here",
        Map.of("actor", tx.actor().id()),
        "Let a reviewer do it from a console or the command line.");
  }

  static <T> Decision<T> notFound(String what, String id) {
    return refused(
        "not_found",
        "there is no " + what + " " + id,
        Map.of("id", id),
        "Look up the id in the list of all.");
  }

  static <T> Decision<T> reasonRequired(String what) {
    return refused(
        "reason_required", what + " needs a reason", Map.of(), "Say why, with --reason.");
  }

  static <T> Decision<T> refused(
      String code, String message, Map<String, ?> facts, String unblock) {
    return new Decision.Refused<>(new Refusal(code, message, facts, unblock));
  }
}
