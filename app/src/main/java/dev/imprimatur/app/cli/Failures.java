package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.lock.LockLost;
import dev.imprimatur.engine.lock.LockUnavailable;
import dev.imprimatur.engine.queue.InvalidJob;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.store.StoreException;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ParameterException;
import tools.jackson.databind.node.ObjectNode;

/// Tells what went wrong: one line on standard error, and where JSON was asked for, one document on
/// standard output.
final class Failures {
  private final Context context;
  private final boolean json;

  /// @param json whether JSON was asked for
  Failures(Context context, boolean json) {
    this.context = context;
    this.json = json;
  }

  int usage(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String line = oneLine(e.getMessage()) + "; '" + command + " --help' tells how";
    return fail(
        "usage",
        command.equals("imprimatur")
            ? line
            : command.substring("imprimatur ".length()) + ": " + line);
  }

  int failed(Exception e) {
    return switch (e) {
      case Trouble t -> fail(t.status(), t.code(), t.line(), node -> {});
      case Settings.InvalidSetting s -> fail("invalid_setting", oneLine(s.getMessage()));
      case InvalidJob j ->
          fail(
              ExitStatus.INPUT,
              "invalid_job",
              oneLine(j.getMessage()),
              node -> node.put("field", j.field()).put("value", j.value()));
      case LockUnavailable l ->
          fail(
              ExitStatus.WRONG,
              "lock_unavailable",
              oneLine(l.getMessage()),
              node -> node.put("lock", l.name()));
      case LockLost l ->
          fail(
              ExitStatus.WRONG,
              "lock_lost",
              oneLine(l.getMessage()),
              node -> node.put("lock", l.name()));
      case StoreException s -> store(s);
      case ParameterException p -> usage(p);
      case IllegalArgumentException i -> {
        trace(i);
        yield fail("invalid", oneLine(i.getMessage()));
      }
      default -> defect(e);
    };
  }

  private int store(StoreException e) {
    String line = oneLine(e.getMessage());
    trace(e);
    return switch (e) {
      case StoreException.Unavailable u -> outOfReach("database_unavailable", line);
      case StoreException.WrongSchema w -> outOfReach("wrong_schema", line);
      case StoreException.Forbidden f ->
          outOfReach(
              "forbidden",
              "the database refuses this to you: "
                  + line
                  + ". Ask its administrator for the role you need, such as"
                  + " imprimatur_reviewer.");
      case StoreException.Transient t ->
          outOfReach("database_busy", "the database is too busy: " + line + "; try again");
      case StoreException.Violated v ->
          fail(
              ExitStatus.WRONG,
              "constraint",
              "the database refused the change: " + line,
              node -> {});
      default -> defect(e);
    };
  }

  private int outOfReach(String code, String line) {
    return fail(ExitStatus.OUT_OF_REACH, code, line, node -> {});
  }

  // A defect of ours: whoever mends it needs the trace, on standard error.
  private int defect(Exception e) {
    LoggerFactory.getLogger(Failures.class).error("a defect in Imprimatur", e);
    String line = e.getClass().getSimpleName() + ": " + oneLine(e.getMessage());
    return fail(
        ExitStatus.WRONG,
        "defect",
        "this should not happen, please report it: " + line,
        node -> {});
  }

  private static void trace(Exception e) {
    LoggerFactory.getLogger(Failures.class).debug("what lies behind", e);
  }

  private int fail(String code, String line) {
    return fail(ExitStatus.INPUT, code, line, node -> {});
  }

  private int fail(int status, String code, String line, Consumer<ObjectNode> more) {
    context.tell("imprimatur: " + line);
    if (json && !context.printed()) {
      var node = Json.object().put("outcome", "error").put("code", code).put("message", line);
      more.accept(node);
      context.options().json = true;
      context.print(node, () -> "");
    }
    return status;
  }

  static String oneLine(@org.jspecify.annotations.Nullable String message) {
    return message == null ? "no details" : message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
