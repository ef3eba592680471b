package dev.imprimatur.app.mail;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.outbox.EventConsumer;
import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.store.Transaction;
import java.util.List;
import java.util.UUID;

/// Turns each raised escalation into one job that mails a notice of it.
public final class MailEscalations implements EventConsumer {
  private static final String RAISED = "EscalationRaisedV1";
  private static final int ATTEMPTS = 20;

  private final String workspace;

  /// @param workspace that the jobs belong to
  public MailEscalations(String workspace) {
    this.workspace = workspace;
  }

  @Override
  public String name() {
    return "mail";
  }

  @Override
  public void handle(Transaction tx, OutboxEvent event) {
    if (!event.type().equals(RAISED)) {
      return;
    }
    UUID id = UUID.fromString(event.payload().path("escalation").asString(""));
    Escalation.Row row = tx.escalations().row(id).orElseThrow();
    var payload =
        Json.object()
            .put("escalation_id", id.toString())
            .put("article_id", row.escalation().articleId().toString())
            .put("title", row.articleTitle())
            .put("version", row.versionNumber())
            .put("reason", Code.of(row.escalation().reason()))
            .put("raised_at", row.escalation().raisedAt().toString());
    payload.set("details", row.escalation().details());
    // The event's id makes the job one of a kind, however often the event is handed over.
    tx.jobs()
        .enqueue(
            List.of(
                NewJob.of(workspace, MailHandler.KIND, payload)
                    .withMaxAttempts(ATTEMPTS)
                    .withClientRequestId(event.id().toString())));
  }
}
