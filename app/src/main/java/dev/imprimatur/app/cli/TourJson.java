package dev.imprimatur.app.cli;

import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.Guard;
import dev.imprimatur.engine.tour.InvalidTransition;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Tours as commands print them.
final class TourJson {
  private TourJson() {}

  static ObjectNode tour(Tour tour) {
    ObjectNode node =
        Json.object()
            .put("id", tour.id().toString())
            .put("identifier", tour.identifier())
            .put("site", tour.site())
            .put("type", tour.type().name())
            .put("status", tour.status().name())
            .put("expires_at", tour.expiresAt() == null ? null : tour.expiresAt().toString())
            .put("overdue", tour.overdue())
            .put("scan", tour.scan());
    node.putObject("progress")
        .put("checkpoints", tour.progress().checkpoints())
        .put("done", tour.progress().done())
        .put("mandatory", tour.progress().mandatory())
        .put("mandatory_done", tour.progress().mandatoryDone());
    return node.put("revision", tour.revision())
        .put("created_at", tour.createdAt().toString())
        .put("modified_at", tour.modifiedAt().toString())
        .put("modified_by", tour.modifiedBy());
  }

  static ObjectNode checkpoint(Checkpoint checkpoint) {
    ObjectNode node =
        Json.object()
            .put("id", checkpoint.id().toString())
            .put("tour", checkpoint.tour().toString())
            .put("position", checkpoint.position())
            .put("name", checkpoint.name())
            .put("mandatory", checkpoint.mandatory());
    for (CheckpointField field : CheckpointField.values()) {
      String value = checkpoint.value(field);
      node.put(name(field), value.isEmpty() ? null : value);
    }
    return node.put("revision", checkpoint.revision())
        .put("modified_at", checkpoint.modifiedAt().toString())
        .put("modified_by", checkpoint.modifiedBy());
  }

  private static String name(CheckpointField field) {
    return field.name().toLowerCase(Locale.ROOT);
  }

  static ObjectNode view(TourView view) {
    ObjectNode node = Json.object();
    node.set("tour", tour(view.tour()));
    var points = node.putArray("checkpoints");
    view.checkpoints().forEach(c -> points.add(checkpoint(c)));
    var options = node.putArray("transitions");
    for (TourView.Option option : view.options()) {
      ObjectNode one =
          options.addObject().put("to", option.to().name()).put("allowed", option.open());
      InvalidTransition why = option.refusal();
      if (why != null) {
        one.put("guard", why.guard().name())
            .put("why", why.message())
            .put("unblock", TourOutcomes.unblock(why));
      }
    }
    return node;
  }

  static Table table(List<Tour> tours) {
    var table =
        new Table("id", "identifier", "site", "type", "status", ">done", "expires", "changed");
    for (Tour t : tours) {
      table.row(
          Ids.brief(t.id()),
          t.identifier(),
          t.site(),
          t.type(),
          t.status(),
          t.progress().done() + "/" + t.progress().checkpoints(),
          (t.expiresAt() == null ? "never" : ReviewText.time(t.expiresAt()))
              + (t.overdue() ? " overdue" : ""),
          ReviewText.time(t.modifiedAt()));
    }
    return table;
  }

  static String text(TourView view, int columns) {
    Tour tour = view.tour();
    var text = new StringBuilder();
    ReviewText.field(text, "tour", tour.identifier() + " (" + tour.id() + ")");
    ReviewText.field(text, "site", tour.site());
    ReviewText.field(text, "type", tour.type());
    ReviewText.field(text, "status", tour.status() + (tour.overdue() ? ", overdue" : ""));
    ReviewText.field(
        text, "expires", tour.expiresAt() == null ? "never" : ReviewText.time(tour.expiresAt()));
    ReviewText.field(
        text,
        "done",
        tour.progress().done()
            + " of "
            + tour.progress().checkpoints()
            + "; mandatory "
            + tour.progress().mandatoryDone()
            + " of "
            + tour.progress().mandatory());
    ReviewText.field(text, "scan", ReviewText.orDash(tour.scan()));
    ReviewText.field(text, "revision", tour.revision());
    ReviewText.field(
        text, "changed", ReviewText.time(tour.modifiedAt()) + " by " + tour.modifiedBy());
    text.append('\n').append(checkpoints(view.checkpoints()).text(columns)).append('\n');
    text.append(options(view.options()).text(columns));
    return text.toString();
  }

  private static Table checkpoints(List<Checkpoint> checkpoints) {
    var table =
        new Table(
            ">no", "id", "checkpoint", "", "status", "scan", "reading", "remark", ">revision");
    for (Checkpoint c : checkpoints) {
      table.row(
          c.position(),
          Ids.brief(c.id()),
          c.name(),
          c.mandatory() ? "mandatory" : "",
          c.status(),
          dash(c, CheckpointField.SCAN),
          dash(c, CheckpointField.READING),
          dash(c, CheckpointField.REMARK),
          c.revision());
    }
    return table;
  }

  private static String dash(Checkpoint checkpoint, CheckpointField field) {
    String value = checkpoint.value(field);
    return value.isEmpty() ? "-" : Failures.oneLine(value);
  }

  private static Table options(List<TourView.Option> options) {
    var table = new Table("can become", "", "why not");
    for (TourView.Option option : options) {
      InvalidTransition why = option.refusal();
      table.row(
          option.to(),
          why == null ? "yes" : "no",
          why == null
              ? ""
              : why.guard() == Guard.NONE ? why.satisfiedBy() : why.guard().condition());
    }
    return table;
  }

  static ObjectNode selection(List<Checkpoint> seen, Map<CheckpointField, String> values) {
    ObjectNode node = Json.object().put("outcome", "dry_run");
    var set = node.putObject("set");
    values.forEach((field, value) -> set.put(name(field), value));
    var array = node.putArray("checkpoints");
    seen.forEach(c -> array.add(checkpoint(c)));
    return node;
  }

  static String selectionText(
      List<Checkpoint> seen, Map<CheckpointField, String> values, int columns) {
    var text = new StringBuilder("These would be changed");
    values.forEach((field, value) ->
        text.append(", ").append(name(field)).append(" to '").append(value).append("'"));
    return text + ":\n" + checkpoints(seen).text(columns);
  }

  static ObjectNode audit(Tour tour, List<AuditEntry> entries) {
    ObjectNode node = Json.object().put("tour", tour.id().toString());
    var array = node.putArray("entries");
    for (AuditEntry e : entries) {
      ObjectNode one =
          array
              .addObject()
              .put("at", e.at().toString())
              .put("actor_kind", e.actor().kind().name())
              .put("actor_id", e.actor().id())
              .put("action", e.action())
              .put("checkpoint", text(e.after(), "checkpoint"))
              .put("name", text(e.after(), "name"))
              .put("old_status", text(e.before(), "status"))
              .put("new_status", text(e.after(), "status"))
              .put("lock_wait_ms", e.lockWaitMillis())
              .put("revision", e.entityVersion())
              .put("reason", e.reason());
      one.set("before", e.before());
      one.set("after", e.after());
    }
    return node;
  }

  static String auditText(List<AuditEntry> entries, int columns) {
    var table = new Table("at", "who", "what", "checkpoint", "from", "to", ">waited ms", "reason");
    for (AuditEntry e : entries) {
      table.row(
          ReviewText.time(e.at()),
          e.actor().id(),
          e.action(),
          ReviewText.orDash(text(e.after(), "name")),
          ReviewText.orDash(text(e.before(), "status")),
          ReviewText.orDash(text(e.after(), "status")),
          e.lockWaitMillis(),
          ReviewText.orDash(e.reason()));
    }
    return table.text(columns);
  }

  private static @Nullable String text(@Nullable JsonNode node, String name) {
    return node == null || !node.path(name).isString() ? null : node.path(name).stringValue();
  }
}
