package dev.imprimatur.app.cli;

import dev.imprimatur.engine.board.Board;
import dev.imprimatur.engine.board.BoardView;
import dev.imprimatur.engine.board.Brand;
import dev.imprimatur.engine.board.EvidenceItem;
import dev.imprimatur.engine.board.Opportunity;
import dev.imprimatur.engine.board.ReadyReason;
import dev.imprimatur.engine.board.Why;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Job;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Boards as JSON.
final class BoardJson {
  private BoardJson() {}

  static ObjectNode view(BoardView view) {
    ObjectNode json =
        Json.object()
            .put("brand", view.brand().name())
            .put("state", view.state().name())
            .put("ready_reason", code(view.readyReason()))
            .put("degraded", view.degraded())
            .put("stale", view.stale());
    json.put("number", view.board().map(Board::number).orElse(null));
    json.put("generated_at", view.board().map(b -> b.generatedAt().toString()).orElse(null));
    json.put("evidence", view.evidence());
    json.set(
        "opportunities", opportunities(view.board().map(Board::opportunities).orElse(List.of())));
    json.set("why", why(view.why()));
    json.set("diagnostics", view.board().map(Board::diagnostics).orElse(null));
    json.set("job", view.job().map(BoardJson::job).orElse(null));
    return json;
  }

  private static @Nullable String code(@Nullable ReadyReason reason) {
    return reason == null ? null : reason.code();
  }

  static ObjectNode board(Brand brand, Board board) {
    ObjectNode json =
        Json.object()
            .put("brand", brand.name())
            .put("state", board.state().name())
            .put("ready_reason", code(board.readyReason()))
            .put("number", board.number())
            .put("generated_at", board.generatedAt().toString());
    json.set("opportunities", opportunities(board.opportunities()));
    json.set("why", why(board.why()));
    json.set("diagnostics", board.diagnostics());
    return json;
  }

  static ObjectNode head(Board.Head head) {
    ObjectNode json =
        Json.object()
            .put("number", head.number())
            .put("state", head.state().name())
            .put("ready_reason", code(head.readyReason()))
            .put("opportunities", head.opportunities())
            .put("generated_at", head.generatedAt().toString());
    json.set("why", why(head.why()));
    return json;
  }

  private static ObjectNode why(Why why) {
    ObjectNode json = Json.object().put("code", why.code());
    json.set("facts", why.facts());
    return json.put("unblock", why.unblock());
  }

  private static ObjectNode job(Job job) {
    return Json.object()
        .put("id", job.key().id().toString())
        .put("status", job.status().name())
        .put("attempts", job.attempts())
        .put("max_attempts", job.maxAttempts())
        .put("client_request_id", job.clientRequestId())
        .put("last_error", job.lastError());
  }

  private static ArrayNode opportunities(List<Opportunity> all) {
    ArrayNode array = Json.array();
    for (Opportunity one : all) {
      ObjectNode json =
          array
              .addObject()
              .put("position", one.position())
              .put("id", one.id().toString())
              .put("title", one.title())
              .put("pillar", one.pillar())
              .put("persona", one.persona())
              .put("score", one.points().score());
      json.putObject("points")
          .put("volume", one.points().volume())
          .put("recency", one.points().recency())
          .put("novelty", one.points().novelty())
          .put("persona", one.points().persona());
      json.set("reasons", one.reasons());
      json.set("terms", Json.of(one.terms()));
      ArrayNode evidence = json.putArray("evidence");
      for (EvidenceItem item : one.evidence()) {
        evidence
            .addObject()
            .put("id", item.id().toString())
            .put("source_key", item.sourceKey())
            .put("title", item.title())
            .put("url", item.url())
            .put("at", item.at().toString());
      }
    }
    return array;
  }
}
