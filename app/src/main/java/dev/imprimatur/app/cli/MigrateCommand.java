package dev.imprimatur.app.cli;

import ch.qos.logback.classic.Level;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.persistence.Database;
import dev.imprimatur.persistence.DatabaseConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `imprimatur migrate`.
@Command(name = "migrate", description = "Bring the database's schema to what this release wants.")
final class MigrateCommand implements Callable<Integer> {
  private final Context context;

  MigrateCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    context.log(Level.WARN);
    DatabaseConfig config = context.database();
    try (Database database = Database.migrate(config)) {
      String schema = database.facts().schema();
      context.print(
          Json.object().put("database", config.safeUrl()).put("schema_version", schema),
          () ->
              "Database "
                  + config.safeUrl()
                  + " is at schema "
                  + schema
                  + ", as this release wants it.\n");
    }
    return ExitStatus.DONE;
  }
}
