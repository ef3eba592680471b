package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Interrupts;
import dev.imprimatur.app.wiring.Surroundings;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Suggestions;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/// The command line as a whole.
public final class Cli {
  private final Surroundings around;
  private final Interrupts interrupts;

  public Cli(Surroundings around, Interrupts interrupts) {
    this.around = around;
    this.interrupts = interrupts;
  }

  /// Runs one command.
  ///
  /// @return the exit status
  public int run(String... args) {
    var options = new Options();
    var context = new Context(around, options, interrupts);
    // Known before anything is parsed, so that bad usage too is told in the form asked for.
    boolean json = Arrays.asList(args).contains("--json");
    var failures = new Failures(context, json);
    CommandLine line = commandLine(context, options);
    line.setOut(new PrintWriter(around.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(around.err(), true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler((e, arguments) -> failures.usage(e));
    line.setExecutionExceptionHandler((e, command, parsed) -> failures.failed(e));
    int status = line.execute(args);
    around.out().flush();
    around.err().flush();
    return status;
  }

  private static CommandLine commandLine(Context context, Options options) {
    var line = new CommandLine(new RootCommand(context, options));
    for (Object command : commands(context)) {
      line.addSubcommand(command);
    }
    line.registerConverter(Escalation.Outcome.class, code -> parse(Escalation.Outcome.class, code));
    line.registerConverter(
        Suggestions.IfMovedOn.class, code -> parse(Suggestions.IfMovedOn.class, code));
    line.setUsageHelpAutoWidth(true);
    return line;
  }

  private static List<Object> commands(Context context) {
    return List.of(
        new ImportCommand(context),
        new EvaluateCommand(context),
        new EscalationsCommand(context),
        new EscalationCommands(context),
        new RewriteCommands(context),
        new ApproveCommand(context),
        new RevokeCommand(context),
        new ArticlesCommand(context),
        new ArticleCommands(context),
        BatchCommands.of(context),
        new ScoresCommands(context),
        TourCommands.of(context),
        new BrandCommands(context),
        new EvidenceCommands(context),
        new BoardCommands(context),
        new WorkerCommand(context),
        QueueCommands.of(context),
        new OutboxCommands(context),
        new SweepsCommand(context),
        new LocksCommand(context),
        GatewayCommands.of(context),
        new AuditCommands(context),
        new MigrateCommand(context),
        new SettingsCommand(context),
        new DoctorCommand(context));
  }

  private static <E extends Enum<E>> E parse(Class<E> type, String code) {
    try {
      return Code.parse(type, code);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
