package dev.imprimatur.bench.run;

import dev.imprimatur.bench.result.Effects;
import dev.imprimatur.bench.result.Figure;
import dev.imprimatur.bench.result.Results;
import dev.imprimatur.bench.result.Run;
import dev.imprimatur.engine.json.Json;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Runs scenarios over variants: each repetition goes once through all variants, so that whatever
/// else the machine does meets all of them.
public final class Session {
  /// Ten minutes each are given to the quicker half only, unless they are asked for by name.
  private static final double QUICK_ENOUGH = 0.5;

  private final Server server;
  private final Places places;
  private final Results results;
  private final Plan plan;
  private final Set<String> failed = new HashSet<>();
  private volatile boolean interrupted;

  /// What is to be run.
  ///
  /// @param jobs pre-enqueued, for a system with a share of 1
  /// @param latencyRate jobs per second; 0 for 30 % of what the slowest tuned system does, below 0
  ///   for 30 % of what each one does itself
  /// @param steadyForAll whether slow systems get their minutes too
  /// @param statements whether the database counts statements
  public record Plan(
      List<Variant> variants,
      int repetitions,
      int jobs,
      int history,
      double latencyRate,
      int latencySeconds,
      int steadySeconds,
      boolean steadyForAll,
      boolean statements) {}

  public Session(Server server, Places places, Results results, Plan plan) {
    this.server = server;
    this.places = places;
    this.results = results;
    this.plan = plan;
  }

  /// Measures nothing more: what it measures on is being taken away.
  public void interrupt() {
    interrupted = true;
  }

  /// Whether that has happened.
  public boolean interrupted() {
    return interrupted;
  }

  /// Runs one scenario.
  public void run(Scenario scenario) throws IOException, SQLException {
    say("%n== %s: %s", scenario.id(), scenario.what());
    switch (scenario) {
      case THROUGHPUT -> each(scenario, plan.variants(), v -> drained(v, "template0", false));
      case LATENCY -> latency();
      case HISTORY -> history();
      case SNAPSHOT -> {
        calibrate(plan.variants(), plan.repetitions());
        each(scenario, plan.variants(), v -> drained(v, "template0", true));
      }
      case STEADY -> steady();
      case SCALE -> scale();
      case H2 -> each(scenario, ours(), this::onFile);
    }
  }

  private List<Variant> ours() {
    return plan.variants().stream().filter(Variant::ours).toList();
  }

  /// One measurement.
  @FunctionalInterface
  private interface Measurement {
    Measured take(Variant variant) throws IOException, SQLException;
  }

  private record Measured(
      String point, int jobs, double value, int lost, int repeats, ObjectNode more) {}

  private void each(Scenario scenario, List<Variant> variants, Measurement measurement)
      throws IOException {
    for (int repetition = 1; repetition <= plan.repetitions(); repetition++) {
      for (Variant variant : variants) {
        measure(scenario, variant, repetition, measurement);
      }
    }
  }

  private void measure(Scenario scenario, Variant variant, int repetition, Measurement measurement)
      throws IOException {
    if (interrupted || failed.contains(variant.id())) {
      return;
    }
    try {
      Measured m = measurement.take(variant);
      var run =
          new Run(
              scenario.id(),
              variant.id(),
              m.point(),
              repetition,
              m.jobs(),
              m.value(),
              m.lost(),
              m.repeats(),
              m.more());
      results.add(run);
      say(
          "%-10s %d/%d  %-24s %-12s %,10.1f %s%s",
          scenario.id(),
          repetition,
          plan.repetitions(),
          variant.id(),
          m.point(),
          m.value(),
          scenario.unit(),
          m.lost() + m.repeats() == 0 ? "" : "  LOST " + m.lost() + ", REPEATED " + m.repeats());
    } catch (IOException | SQLException e) {
      if (interrupted) {
        return;
      }
      leaveOut(scenario, variant, e);
    }
  }

  /// The others can still be measured.
  private void leaveOut(Scenario scenario, Variant variant, Exception e) {
    failed.add(variant.id());
    String why = String.valueOf(e.getMessage());
    results.failed(scenario.id(), variant.id(), why);
    say("%-10s %s failed and is left out: %s", scenario.id(), variant.id(), why);
  }

  private Measured drained(Variant variant, String template, boolean snapshot)
      throws IOException, SQLException {
    int jobs = variant.jobs(plan.jobs());
    var conditions = new Trial.Conditions(template, 1, plan.statements());
    try (Trial trial = Trial.on(server, variant, places, conditions, jobs, jobs)) {
      return measured("", jobs, trial.drain(snapshot));
    }
  }

  private Measured onFile(Variant variant) throws IOException, SQLException {
    int jobs = variant.jobs(plan.jobs());
    try (Trial trial = Trial.onFile(variant, places, jobs)) {
      return measured("", jobs, trial.drain(false));
    }
  }

  private static Measured measured(String point, int jobs, Trial.Drained drained) {
    Effects effects = drained.effects();
    ObjectNode more = drained.more().put("seconds", drained.seconds());
    double rate = Double.isNaN(drained.seconds()) ? 0 : jobs / drained.seconds();
    return new Measured(point, jobs, rate, effects.lost(), effects.repeats(), more);
  }

  private void latency() throws IOException, SQLException {
    if (plan.latencyRate() <= 0) {
      calibrate(plan.variants(), 1);
    }
    int each = Turns.of(plan.latencySeconds());
    try (var turns = new Turns()) {
      Map<Variant, Double> rates = new LinkedHashMap<>();
      for (Variant variant : plan.variants()) {
        OptionalDouble rate = latencyRate(variant);
        if (rate.isPresent() && !interrupted) {
          say("latency    %s: until it is warm", variant.id());
          try {
            turns.add(server, places, variant, rate.getAsDouble(), each * plan.repetitions());
            rates.put(variant, rate.getAsDouble());
          } catch (IOException | SQLException e) {
            leaveOut(Scenario.LATENCY, variant, e);
          }
        }
      }
      for (int repetition = 1; repetition <= plan.repetitions(); repetition++) {
        for (int turn = 0; turn < each && !interrupted; turn++) {
          turns.take();
        }
        for (Map.Entry<Variant, Double> one : rates.entrySet()) {
          measure(
              Scenario.LATENCY,
              one.getKey(),
              repetition,
              v -> latency(turns.seen(v), one.getValue()));
        }
      }
    }
  }

  private static Measured latency(Turns.Seen seen, double rate) {
    double p50 = Figure.percentile(seen.sorted(), 0.5) / 1e6;
    ObjectNode more =
        Json.object()
            .put("rate", rate)
            .put("p50_ms", p50)
            .put("p99_ms", Figure.percentile(seen.sorted(), 0.99) / 1e6)
            .put("longest_ms", Figure.percentile(seen.sorted(), 1) / 1e6);
    return new Measured("", seen.jobs(), p50, seen.lost(), seen.repeats(), more);
  }

  private OptionalDouble latencyRate(Variant variant) {
    if (plan.latencyRate() > 0) {
      return OptionalDouble.of(plan.latencyRate());
    }
    if (plan.latencyRate() < 0) {
      return throughput(variant, 0.3);
    }
    return plan.variants().stream()
        .filter(Variant::tuned)
        .map(v -> throughput(v, 0.3))
        .flatMapToDouble(OptionalDouble::stream)
        .min();
  }

  private OptionalDouble throughput(Variant variant, double part) {
    return results
        .figure(Scenario.THROUGHPUT.id(), variant.id(), "")
        .map(figure -> OptionalDouble.of(figure.median() * part))
        .orElse(OptionalDouble.empty());
  }

  /// Measures plain throughput where it has not been measured yet.
  private void calibrate(List<Variant> variants, int repetitions) throws IOException {
    List<Variant> missing = variants.stream().filter(v -> throughput(v, 1).isEmpty()).toList();
    for (int repetition = 1; repetition <= repetitions; repetition++) {
      for (Variant variant : missing) {
        measure(Scenario.THROUGHPUT, variant, repetition, v -> drained(v, "template0", false));
      }
    }
  }

  private void history() throws IOException, SQLException {
    List<Variant> kept = plan.variants().stream().filter(History::kept).toList();
    calibrate(kept, plan.repetitions());
    Set<String> keepers = new HashSet<>();
    for (Variant variant : kept) {
      if (keepers.add(variant.system())) {
        long start = System.nanoTime();
        say("history    %s: making %,d finished jobs", variant.system(), plan.history());
        History.make(server, source(variant), places, plan.history());
        say("history    %s: made in %.0f s", variant.system(), (System.nanoTime() - start) / 1e9);
      }
    }
    each(Scenario.HISTORY, kept, v -> drained(v, History.database(v), false));
    for (String system : keepers) {
      server.drop(History.database(system));
    }
  }

  /// The quickest of a system makes its history.
  private Variant source(Variant variant) {
    return plan.variants().stream()
        .filter(v -> v.system().equals(variant.system()))
        .max(Comparator.comparingDouble(Variant::share))
        .orElse(variant);
  }

  private void steady() throws IOException {
    for (Variant variant : plan.variants()) {
      if (plan.steadyForAll() || (variant.tuned() && variant.share() >= QUICK_ENOUGH)) {
        measure(Scenario.STEADY, variant, 1, this::steady);
      }
    }
  }

  private Measured steady(Variant variant) throws IOException, SQLException {
    int backlog = Math.max(100, variant.jobs(plan.jobs()) / 10);
    int slice = Math.max(1, plan.steadySeconds() / 60);
    int capacity = Math.max(10 * backlog, plan.steadySeconds() * 25_000);
    try (Trial trial =
        Trial.on(server, variant, places, Trial.Conditions.PLAIN, backlog, capacity)) {
      JsonNode seen = trial.steady(plan.steadySeconds(), backlog, slice);
      int jobs = seen.path("enqueued").asInt();
      List<Double> rates = new ArrayList<>();
      seen.path("slices").forEach(n -> rates.add(n.asDouble() / slice));
      int sixth = Math.max(1, rates.size() / 6);
      ObjectNode more =
          Json.object()
              .put("slice_seconds", slice)
              .put("first_sixth", Figure.of(rates.subList(0, sixth)).median())
              .put(
                  "last_sixth",
                  Figure.of(rates.subList(rates.size() - sixth, rates.size())).median())
              .put("lowest_slice", Figure.of(rates).lowest())
              .put("database_mb", databaseMegabytes(trial));
      more.set("slices", Json.of(rates));
      Effects effects = trial.effectsOf(jobs);
      return new Measured(
          "", jobs, Figure.of(rates).median(), effects.lost(), effects.repeats(), more);
    }
  }

  private static long databaseMegabytes(Trial trial) throws SQLException {
    return Long.parseLong(
        Server.ask(trial.url(), "SELECT pg_database_size(current_database()) / 1000000"));
  }

  private void scale() throws IOException {
    Variant base =
        ours().stream()
            .filter(v -> v.id().equals("imprimatur-group"))
            .findFirst()
            .orElseGet(() -> Catalogue.all().getFirst());
    for (int repetition = 1; repetition <= plan.repetitions(); repetition++) {
      for (int at : List.of(1, 2, 4, 8, 16, 64, 256)) {
        measure(Scenario.SCALE, base, repetition, v -> scaled(v, at, 1));
      }
      for (int processes : List.of(2, 3, 4)) {
        measure(Scenario.SCALE, base, repetition, v -> scaled(v, 64, processes));
      }
    }
  }

  private Measured scaled(Variant base, int concurrency, int processes)
      throws IOException, SQLException {
    double share = Math.min(1, 0.05 * concurrency);
    var options =
        Json.object()
            .put("concurrency", concurrency)
            .put("connections", Math.clamp(concurrency, 4, 16));
    Variant variant = base.with(base.id(), options, share);
    int jobs = variant.jobs(plan.jobs());
    var conditions = new Trial.Conditions("template0", processes, plan.statements());
    try (Trial trial = Trial.on(server, variant, places, conditions, jobs, jobs)) {
      return measured(processes + "×" + concurrency, jobs, trial.drain(false));
    }
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
