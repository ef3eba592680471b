package dev.imprimatur.app.cli;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Job;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Jobs as JSON and as tables.
final class QueueJson {
  private QueueJson() {}

  static ObjectNode job(Job job) {
    ObjectNode node =
        Json.object()
            .put("id", job.key().id().toString())
            .put("workspace_id", job.key().workspaceId())
            .put("kind", job.kind())
            .put("status", job.status().name());
    node.set("payload", job.payload());
    node.put("priority", job.priority())
        .put("run_at", job.runAt().toString())
        .put("attempts", job.attempts())
        .put("max_attempts", job.maxAttempts())
        .put("handed_back", job.handedBack())
        .put("actor_id", job.actorId())
        .put("client_request_id", job.clientRequestId())
        .put("enqueued_at", job.enqueuedAt().toString())
        .put("started_at", ReviewJson.text(job.startedAt()))
        .put("finished_at", ReviewJson.text(job.finishedAt()))
        .put("locked_by", job.lockedBy())
        .put("heartbeat_at", ReviewJson.text(job.heartbeatAt()))
        .put("progress_at", ReviewJson.text(job.progressAt()))
        .put("progress", job.progress())
        .put("progress_text", job.progressText())
        .put("cancel_requested", job.cancelRequested());
    node.set("result", job.result());
    return node.put("last_error", job.lastError()).put("retry_of", job.retryOf());
  }

  static Table table(List<Job> jobs) {
    var table = new Table("=id", "workspace", "kind", "status", ">attempts", "due", "last error");
    int digits = Ids.telling(jobs.stream().map(job -> job.key().id()).toList());
    for (Job job : jobs) {
      table.row(
          job.key().id().toString().substring(0, digits),
          job.key().workspaceId(),
          job.kind(),
          job.status().name(),
          job.attempts() + " of " + job.maxAttempts(),
          ReviewText.time(job.runAt()),
          ReviewText.orDash(job.lastError()));
    }
    return table;
  }

  static String text(Job job) {
    var text = new StringBuilder();
    for (var property : job(job).properties()) {
      if (!property.getValue().isNull()) {
        String value =
            property.getValue().isString()
                ? property.getValue().asString()
                : Json.write(property.getValue());
        text.append(property.getKey())
            .append(" ".repeat(Math.max(1, 19 - property.getKey().length())))
            .append(value)
            .append('\n');
      }
    }
    return text.toString();
  }
}
