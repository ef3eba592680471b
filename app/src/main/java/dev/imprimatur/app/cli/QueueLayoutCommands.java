package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.LayoutDifference;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.queue.QueueLayouts;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `imprimatur queue layout …`.
@Command(
    name = "layout",
    description = "How the queue stands in the database during an upgrade, and its next step.")
final class QueueLayoutCommands implements Callable<Integer> {
  private final Context context;

  QueueLayoutCommands(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return context.session(session -> {
      QueueLayouts.Status status = session.engine().queueLayouts().status();
      context.print(json(status), () -> text(status));
      return ExitStatus.DONE;
    });
  }

  @Command(
      name = "set",
      description =
          "Take a step: legacy, dual or workspace. Refused where something would be lost by it.")
  int set(
      @Parameters(paramLabel = "LAYOUT", description = "legacy, dual or workspace.")
          String wanted) {
    QueueLayout layout =
        QueueLayout.of(wanted)
            .orElseThrow(() ->
                Trouble.input(
                    "usage",
                    "queue layout set: '" + wanted + "' is not legacy, dual or workspace"));
    return context.session(session ->
        Decisions.print(
            context,
            session.engine().queueLayouts().set(layout),
            QueueLayoutCommands::json,
            QueueLayoutCommands::text));
  }

  @Command(name = "diff", description = "Jobs whose rows in the two layouts differ, oldest first.")
  int diff(
      @Option(
              names = "--limit",
              converter = Limits.class,
              paramLabel = "N",
              defaultValue = "50",
              description = "At most so many (default: 50).")
          int limit) {
    return context.session(session -> {
      List<LayoutDifference> found = session.engine().queueLayouts().differences(limit);
      ObjectNode json = Json.object();
      var array = json.putArray("differences");
      var table = new Table("job", "workspace", "kind", "columns", "old", "new");
      for (LayoutDifference one : found) {
        String now = one.newStatus() == null ? "" : one.newStatus().name();
        ObjectNode node =
            array
                .addObject()
                .put("id", one.key().id().toString())
                .put("workspace_id", one.key().workspaceId())
                .put("kind", one.kind())
                .put("old_status", one.oldStatus().name())
                .put("new_status", one.newStatus() == null ? null : now)
                .put("old_attempts", one.oldAttempts())
                .put("new_attempts", one.newAttempts());
        var columns = node.putArray("columns");
        one.columns().forEach(columns::add);
        table.row(
            one.key().id(),
            one.key().workspaceId(),
            one.kind(),
            String.join(" ", one.columns()),
            one.oldStatus() + " #" + one.oldAttempts(),
            one.newStatus() == null ? "missing" : now + " #" + one.newAttempts());
      }
      context.print(
          json,
          columns ->
              found.isEmpty() ? "No job differs between the layouts.\n" : table.text(columns));
      return ExitStatus.DONE;
    });
  }

  private static ObjectNode json(QueueLayouts.Status status) {
    return Json.object()
        .put("layout", status.layout().code())
        .put("only_old", status.counts().onlyOld())
        .put("only_new", status.counts().onlyNew())
        .put("in_both", status.counts().both())
        .put("differing", status.counts().differing());
  }

  private static String text(QueueLayouts.Status status) {
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
}
