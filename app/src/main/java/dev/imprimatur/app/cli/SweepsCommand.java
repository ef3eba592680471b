package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.sweep.SweepRun;
import dev.imprimatur.engine.sweep.SweepStatus;
import dev.imprimatur.engine.sweep.Sweeps;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `imprimatur sweeps` and `imprimatur sweeps …`.
@Command(
    name = "sweeps",
    description = "Recurring work: look at it, pause and resume it, run it now, set its interval.")
final class SweepsCommand implements Callable<Integer> {
  private static final String NAME = "The sweep, such as stale-jobs.";

  private final Context context;

  SweepsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return context.session(session -> {
      List<SweepStatus> all = session.engine().sweeps().list();
      var json = Json.object();
      var array = json.putArray("sweeps");
      all.forEach(s -> array.add(SweepJson.status(s)));
      context.print(
          json,
          columns ->
              all.isEmpty()
                  ? "There are no sweeps yet; a worker makes them known.\n"
                  : SweepJson.table(all).text(columns));
      return ExitStatus.DONE;
    });
  }

  @Command(name = "history", description = "The latest ticks of a sweep.")
  int history(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(
              names = "--limit",
              converter = Limits.class,
              paramLabel = "N",
              defaultValue = "20",
              description = "At most so many ticks (default: 20).")
          int limit) {
    return context.session(session -> {
      Sweeps sweeps = session.engine().sweeps();
      SweepStatus sweep =
          sweeps
              .find(name)
              .orElseThrow(() ->
                  Trouble.input(
                      "not_found",
                      "there is no sweep '" + name + "'; 'imprimatur sweeps' lists all"));
      List<SweepRun> runs = sweeps.history(name, limit);
      ObjectNode json = Json.object();
      json.set("sweep", SweepJson.status(sweep));
      var array = json.putArray("ticks");
      runs.forEach(run -> array.add(SweepJson.run(run)));
      context.print(
          json,
          columns ->
              runs.isEmpty()
                  ? "Sweep " + name + " has not run yet.\n"
                  : SweepJson.history(runs).text(columns));
      return ExitStatus.DONE;
    });
  }

  @Command(
      name = "run",
      description = "Let a sweep run now, also a paused one: a running console or worker does it.")
  int run(@Parameters(paramLabel = "NAME", description = NAME) String name) {
    return decide(
        name,
        Sweeps::runNow,
        s ->
            s.state() == SweepStatus.State.REQUESTED
                ? "Sweep " + name + " is asked for; a running console or worker takes it up.\n"
                : "Sweep " + name + " was asked for, and has been taken up.\n");
  }

  @Command(name = "pause", description = "Keep a sweep from running until it is resumed.")
  int pause(@Parameters(paramLabel = "NAME", description = NAME) String name) {
    return decide(name, Sweeps::pause, s -> "Sweep " + name + " is paused.\n");
  }

  @Command(name = "resume", description = "Let a paused sweep run again.")
  int resume(@Parameters(paramLabel = "NAME", description = NAME) String name) {
    return decide(
        name,
        Sweeps::resume,
        s -> "Sweep " + name + " runs every " + SweepJson.duration(s.interval()) + " again.\n");
  }

  @Command(
      name = "interval",
      description = "Set how long it is from one run of a sweep to the next.")
  int interval(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Parameters(
              paramLabel = "DURATION",
              description = "From 1s to 7d, such as 30s, 5m or 1h; or 'default'.")
          String text) {
    Duration interval = text.equals("default") ? null : duration(text);
    return decide(
        name,
        (sweeps, sweep) -> sweeps.setInterval(sweep, interval),
        s -> "Sweep " + name + " runs every " + SweepJson.duration(s.interval()) + ".\n");
  }

  private static Duration duration(String text) {
    try {
      return Keys.parseDuration(text);
    } catch (IllegalArgumentException e) {
      throw Trouble.input("usage", "sweeps interval: '" + text + "' " + e.getMessage());
    }
  }

  private int decide(
      String name,
      BiFunction<Sweeps, String, Decision<SweepStatus>> what,
      Function<SweepStatus, String> text) {
    return context.session(session ->
        Decisions.print(
            context,
            what.apply(session.engine().sweeps(), name),
            s -> (ObjectNode) Json.object().set("sweep", SweepJson.status(s)),
            text));
  }
}
