package dev.imprimatur.engine.review;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.store.EscalationStore.Raised;
import dev.imprimatur.engine.store.Transaction;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Raises escalations, within the transaction of the step that found the reason (review.md §4).
final class EscalationDesk {
  private EscalationDesk() {}

  /// Raises one, or finds the pending one of the same article, version and reason. The article's
  /// row is locked.
  static Escalation raise(
      Transaction tx,
      UUID article,
      UUID version,
      Escalation.Reason reason,
      JsonNode details,
      @Nullable UUID run) {
    Raised raised = tx.escalations().raise(article, version, reason, details, run);
    Escalation escalation = raised.escalation();
    if (raised.created()) {
      JsonNode after =
          Json.object()
              .put("escalation", escalation.id().toString())
              .put("article", article.toString())
              .put("version", version.toString())
              .put("reason", Code.of(reason))
              .set("details", details);
      Steps.record(
          tx,
          Steps.ESCALATION,
          escalation.id(),
          escalation.revision(),
          "escalation.raised",
          null,
          after,
          null);
      tx.outbox()
          .append(
              Steps.ARTICLE,
              article.toString(),
              "EscalationRaisedV1",
              "escalation:" + escalation.id() + ":raised",
              after);
    }
    return escalation;
  }
}
