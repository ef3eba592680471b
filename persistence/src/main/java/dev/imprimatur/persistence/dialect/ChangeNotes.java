package dev.imprimatur.persistence.dialect;

import dev.imprimatur.engine.change.Change;
import dev.imprimatur.engine.json.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Changes as they are told from process to process.
public final class ChangeNotes {
  private ChangeNotes() {}

  /// One change as one note; far below the 8000 bytes that a note may have.
  public static String write(Change change) {
    return Json.write(
        Json.object()
            .put("entity", change.entity())
            .put("id", change.id())
            .put("revision", change.revision())
            .put("by", change.by()));
  }

  /// The change of a note; empty if it is none of ours.
  public static Optional<Change> read(String note) {
    try {
      JsonNode node = Json.parse(note);
      return Optional.of(
          new Change(
              node.path("entity").asString(""),
              node.path("id").asString(""),
              node.path("revision").asLong(0),
              node.path("by").asString("")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
