package dev.imprimatur.app.cli;

import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.audit.AuditTrail;
import dev.imprimatur.engine.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// `imprimatur audit …`.
@Command(name = "audit", description = "Who did what, when; and whether the record is whole.")
final class AuditCommands {
  private final Context context;

  AuditCommands(Context context) {
    this.context = context;
  }

  @Command(name = "list", description = "Rows, newest first.")
  int list(
      @Option(
              names = "--type",
              paramLabel = "TYPE",
              description =
                  "Only things of this type: article, escalation, rewrite_suggestion, job,"
                      + " outbox_event.")
          @Nullable String type,
      @Option(
              names = "--id",
              paramLabel = "ID",
              description = "Only the thing with this id or beginning of one.")
          @Nullable String id,
      @Option(
              names = "--limit",
              converter = Limits.class,
              paramLabel = "N",
              defaultValue = "50",
              description = "At most so many (default: 50).")
          int limit) {
    return context.session(session -> {
      List<AuditEntry> entries = session.engine().audit().list(type, id, limit);
      var json = Json.object();
      var array = json.putArray("entries");
      entries.forEach(e -> array.add(json(e)));
      context.print(json, columns -> text(entries, columns));
      return ExitStatus.DONE;
    });
  }

  @Command(name = "verify", description = "Check every hash chain from its first row to its head.")
  int verify() {
    return context.session(session -> {
      AuditTrail.Verification result = session.engine().audit().verify();
      ObjectNode json =
          Json.object()
              .put("holds", result.holds())
              .put("entities", result.entities())
              .put("rows", result.rows());
      json.set("flaws", Json.of(result.flaws()));
      String count = result.rows() + " rows of " + result.entities() + " things";
      context.print(
          json,
          () ->
              result.holds()
                  ? "The audit holds: " + count + " were checked.\n"
                  : "The audit does not hold ("
                      + count
                      + " were checked):\n"
                      + String.join("\n", result.flaws()));
      return result.holds() ? ExitStatus.DONE : ExitStatus.WRONG;
    });
  }

  private static ObjectNode json(AuditEntry e) {
    ObjectNode node =
        Json.object()
            .put("entity_type", e.entityType())
            .put("entity_id", e.entityId())
            .put("sequence", e.sequence())
            .put("actor_kind", e.actor().kind().name())
            .put("actor_id", e.actor().id())
            .put("at", e.at().toString())
            .put("action", e.action())
            .put("entity_version", e.entityVersion());
    node.set("before", e.before());
    node.set("after", e.after());
    return node.put("reason", e.reason())
        .put("lock_wait_ms", e.lockWaitMillis())
        .put("previous_hash", e.previousHash())
        .put("hash", e.hash());
  }

  private static String text(List<AuditEntry> entries, int columns) {
    if (entries.isEmpty()) {
      return "There are no such rows.\n";
    }
    var table = new Table("at", "who", "as", "what", "on", "id", "reason");
    for (AuditEntry e : entries) {
      table.row(
          ReviewText.time(e.at()),
          e.actor().id(),
          e.actor().human() ? "human" : "automation",
          e.action(),
          e.entityType(),
          e.entityId().substring(0, Math.min(8, e.entityId().length())),
          ReviewText.orDash(e.reason()));
    }
    return table.text(columns);
  }
}
