package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.setting.Settings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ArrayNode;

/// `imprimatur settings`.
@Command(
    name = "settings",
    description = "Every setting: the value in effect and where it came from.")
final class SettingsCommand implements Callable<Integer> {
  private final Context context;

  SettingsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return context.session(this::run);
  }

  private int run(Session session) {
    Settings settings = session.engine().settings();
    var json = Json.object();
    var array = json.putArray("settings");
    var table = new Table("setting", "value", "from", "type", "range", "default", "what for");
    for (Settings.InEffect one : settings.all()) {
      var key = one.key();
      String value = withoutPassword(one.value());
      array
          .addObject()
          .put("name", key.name())
          .put("value", value)
          .put("origin", one.origin())
          .put("type", key.type())
          .put("range", key.range())
          .put("default", key.defaultValue())
          .put("description", key.description());
      table.row(
          key.name(),
          value,
          one.origin(),
          key.type(),
          key.range(),
          key.defaultValue(),
          key.description());
    }
    layout(session, array, table);
    context.print(json, columns -> table.text(columns));
    return ExitStatus.DONE;
  }

  /// Not given like the others: it is a state of the database's, changed by a command of its own.
  private static void layout(Session session, ArrayNode array, Table table) {
    String value = session.engine().queueLayouts().inForce().code();
    String range = "legacy, dual or workspace";
    String what = "How the queue stands in the database; see 'imprimatur queue layout'.";
    array
        .addObject()
        .put("name", "queue.layout")
        .put("value", value)
        .put("origin", "database")
        .put("type", "choice")
        .put("range", range)
        .put("default", "workspace")
        .put("description", what);
    table.row("queue.layout", value, "database", "choice", range, "workspace", what);
  }

  // A mail server's URL may hold one.
  private static String withoutPassword(String value) {
    return value.replaceAll("//([^:/@]*):[^/]*@", "//$1:***@");
  }
}
