package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.store.AuditStore;
import dev.imprimatur.engine.store.Transaction;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What every step of the family does the same way: audit in the transaction of the change, and the
/// refusals they share.
final class BatchSteps {
  static final String BATCH = "batch";

  private BatchSteps() {}

  /// Stores a batch whose revision was raised, and audits it.
  static void raise(
      Transaction tx, Batch before, Batch after, String action, @Nullable String reason) {
    if (!tx.batches().save(after)) {
      throw new IllegalStateException("batch " + after.id() + " had ended");
    }
    record(tx, after, action, summary(before), summary(after), reason);
  }

  /// Notes something about a batch in the audit.
  static void record(
      Transaction tx,
      Batch batch,
      String action,
      @Nullable JsonNode before,
      JsonNode after,
      @Nullable String reason) {
    tx.audit()
        .append(
            new AuditStore.Record(
                BATCH,
                batch.id().toString(),
                action,
                batch.progress().revision(),
                before,
                after,
                reason));
  }

  /// What the audit keeps of a batch.
  static ObjectNode summary(Batch batch) {
    ObjectNode node =
        Json.object()
            .put("status", batch.progress().status().name())
            .put("state", batch.state().name())
            .put("sent", batch.counts().sent())
            .put("completed", batch.counts().completed())
            .put("failed", batch.counts().failed());
    Batch.Decided decided = batch.progress().decided();
    if (decided != null) {
      node.put("decision", decided.verdict().next().name())
          .put("decision_reason", decided.verdict().reason().name())
          .put("decision_by", decided.by().name());
    }
    return node;
  }

  /// The answer to a decision made on a revision that is no longer the latest, or on a batch that
  /// has ended: who did what, and when.
  static <T> Decision<T> alreadyDecided(Transaction tx, Batch batch) {
    long revision = batch.progress().revision();
    AuditEntry last =
        tx.audit()
            .raising(BATCH, batch.id().toString(), revision)
            .orElseThrow(() ->
                new IllegalStateException(
                    "batch " + batch.id() + " has no audit of revision " + revision));
    return new Decision.AlreadyDecided<>(
        last.action() + " (" + batch.progress().status().name() + ")",
        last.actor().id(),
        last.at(),
        revision);
  }

  /// Whether a batch whose job was cancelled may end by that: not where a person cancelled it who
  /// decides on no batch. The monitor then puts the job there again.
  static boolean mayEnd(Transaction tx) {
    return !tx.actor().human() || tx.batches().mayDecide();
  }

  static <T> Decision<T> notFound(UUID id) {
    return refused(
        "not_found",
        "there is no batch " + id,
        Map.of("id", id.toString()),
        "'imprimatur batch list' shows all.");
  }

  static <T> Decision<T> refused(
      String code, String message, Map<String, ?> facts, String unblock) {
    return new Decision.Refused<>(new Refusal(code, message, facts, unblock));
  }
}
