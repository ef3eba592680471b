package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `imprimatur` without a command: opens the console, or says why not and what else there is.
@Command(
    name = "imprimatur",
    version = "imprimatur 0.1.0-SNAPSHOT",
    description = "For people who decide whether content may be published.")
final class RootCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final Options options;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the release.")
  private boolean version;

  @Option(
      names = "--samples",
      description =
          "Open the window on your own local database with the sample articles, without asking.")
  private boolean samples;

  @Spec private CommandSpec spec = CommandSpec.create();

  RootCommand(Context context, Options options) {
    this.context = context;
    this.options = options;
  }

  @Override
  public Integer call() {
    if (samples && options.db != null) {
      throw Trouble.input(
          "usage",
          "--samples opens your own local database; leave out --db, or leave out --samples");
    }
    if (!options.json && ConsoleWindow.possible(context.around().environment())) {
      return new ConsoleWindow(context).open(samples);
    }
    return nameTheCommands();
  }

  private int nameTheCommands() {
    String why =
        options.json ? "the console prints no JSON" : "there is no display to open the console on";
    var names = spec.subcommands().keySet().stream().toList();
    context.tell("imprimatur: " + why + "; name a command.");
    var list = new Table("command", "does");
    spec.subcommands()
        .forEach((name, sub) ->
            list.row(name, String.join(" ", sub.getCommandSpec().usageMessage().description())));
    context.tell(list.text(context.around().columns()));
    context.tell("'imprimatur COMMAND --help' tells more.");
    if (options.json) {
      var json = Json.object().put("outcome", "error").put("code", "no_command");
      json.put("message", why + "; name a command");
      names.forEach(n -> json.withArray("commands").add(n));
      context.print(json, () -> "");
    }
    return ExitStatus.INPUT;
  }
}
