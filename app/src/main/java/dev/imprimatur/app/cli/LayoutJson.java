package dev.imprimatur.app.cli;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.LayoutDifference;
import dev.imprimatur.engine.queue.QueueLayouts;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// How the queue stands between its layouts, as JSON and for people.
final class LayoutJson {
  private LayoutJson() {}

  static ObjectNode status(QueueLayouts.Status status) {
    return Json.object()
        .put("layout", status.layout().code())
        .put("only_old", status.counts().onlyOld())
        .put("only_new", status.counts().onlyNew())
        .put("in_both", status.counts().both())
        .put("differing", status.counts().differing());
  }

  static String text(QueueLayouts.Status status) {
    var counts = status.counts();
    return "The queue's layout is "
        + status.layout().code()
        + ". Jobs only in the old layout: "
        + counts.onlyOld()
        + ", only in the new one: "
        + counts.onlyNew()
        + ", in both: "
        + counts.both()
        + ", of these differing: "
        + counts.differing()
        + ".\n";
  }

  static ObjectNode differences(List<LayoutDifference> found) {
    ObjectNode json = Json.object();
    var array = json.putArray("differences");
    for (LayoutDifference one : found) {
      ObjectNode node =
          array
              .addObject()
              .put("id", one.key().id().toString())
              .put("workspace_id", one.key().workspaceId())
              .put("kind", one.kind())
              .put("old_status", one.oldStatus().name())
              .put("new_status", one.newStatus() == null ? null : one.newStatus().name())
              .put("old_attempts", one.oldAttempts())
              .put("new_attempts", one.newAttempts());
      var columns = node.putArray("columns");
      one.columns().forEach(columns::add);
    }
    return json;
  }

  static Table table(List<LayoutDifference> found) {
    var table = new Table("=job", "workspace", "kind", "columns", "old", "new");
    for (LayoutDifference one : found) {
      table.row(
          one.key().id(),
          one.key().workspaceId(),
          one.kind(),
          String.join(" ", one.columns()),
          one.oldStatus() + " #" + one.oldAttempts(),
          one.newStatus() == null ? "missing" : one.newStatus().name() + " #" + one.newAttempts());
    }
    return table;
  }
}
