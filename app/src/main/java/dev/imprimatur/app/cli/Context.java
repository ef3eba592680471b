package dev.imprimatur.app.cli;

import ch.qos.logback.classic.Level;
import dev.imprimatur.app.wiring.DatabaseChoice;
import dev.imprimatur.app.wiring.Home;
import dev.imprimatur.app.wiring.Interrupts;
import dev.imprimatur.app.wiring.LogFormat;
import dev.imprimatur.app.wiring.Logs;
import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.app.wiring.SettingSources;
import dev.imprimatur.app.wiring.Surroundings;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.persistence.DatabaseConfig;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;

/// What every command works with: where it stands, what the user asked for, and where its result
/// goes.
final class Context {
  private final Surroundings around;
  private final Options options;
  private final Interrupts interrupts;
  private LogFormat logFormat = LogFormat.TEXT;
  private boolean printed;

  Context(Surroundings around, Options options, Interrupts interrupts) {
    this.around = around;
    this.options = options;
    this.interrupts = interrupts;
  }

  Surroundings around() {
    return around;
  }

  Options options() {
    return options;
  }

  Interrupts interrupts() {
    return interrupts;
  }

  Home home() {
    return Home.of(around.environment(), around.userHome());
  }

  SettingSources settings() {
    return new SettingSources(options.set, around.environment(), home().configFile());
  }

  DatabaseConfig database() {
    return DatabaseChoice.of(options.db, around, home());
  }

  /// Runs a command over an open engine.
  int session(ToIntFunction<Session> command) {
    return session(Level.WARN, command);
  }

  /// Runs a command over an open engine.
  ///
  /// @param quiet what is logged where the user does not ask for more
  int session(Level quiet, ToIntFunction<Session> command) {
    return session(quiet, Metrics.NONE, command);
  }

  /// Runs a command over an open engine that is measured.
  int session(Level quiet, Metrics metrics, ToIntFunction<Session> command) {
    log(quiet);
    SettingSources sources = settings();
    sources.local();
    try (Session session = Session.open(database(), sources, around.environment(), metrics)) {
      return command.applyAsInt(session);
    }
  }

  /// Chooses how log lines are written, before logging is set up.
  void logFormat(LogFormat format) {
    logFormat = format;
  }

  /// Sets up logging.
  void log(Level quiet) {
    int more = options.verbose.length;
    Level level =
        more == 0 ? quiet : more == 1 && quiet.equals(Level.WARN) ? Level.INFO : Level.DEBUG;
    Logs.toStandardError(level, logFormat);
  }

  /// Prints the result, in the form the user asked for. Once per command.
  void print(JsonNode json, Supplier<String> text) {
    print(json, columns -> text.get());
  }

  /// Prints the result, in the form the user asked for. Once per command.
  ///
  /// @param text given the terminal's width, 0 for no limit
  void print(JsonNode json, Function<Integer, String> text) {
    if (printed) {
      throw new IllegalStateException("a command prints one result");
    }
    printed = true;
    String result = options.json ? Json.pretty(json) : text.apply(around.columns());
    around.out().print(result.endsWith("\n") ? result : result + "\n");
    around.out().flush();
  }

  /// Whether the result has been printed.
  boolean printed() {
    return printed;
  }

  /// Tells something on standard error that is not the result.
  void tell(String line) {
    around.err().println(line);
    around.err().flush();
  }
}
