package dev.imprimatur.bench.run;

import dev.imprimatur.bench.result.Figure;
import dev.imprimatur.bench.result.Results;
import dev.imprimatur.bench.result.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.JsonNode;

/// The results as Markdown tables.
public final class Tables {
  private final Results results;
  private final List<Variant> variants;

  public Tables(Results results, List<Variant> variants) {
    this.results = results;
    this.variants = variants;
  }

  /// One scenario with the machine it was measured on.
  public String of(Scenario scenario) {
    String table =
        switch (scenario) {
          case THROUGHPUT -> throughput();
          case LATENCY -> latency();
          case HISTORY, SNAPSHOT -> ratio(scenario);
          case STEADY -> steady();
          case SCALE -> scale();
          case H2 -> plain(scenario);
        };
    return machine(scenario) + "\n" + table;
  }

  private String machine(Scenario scenario) {
    JsonNode machine = results.facts().path("machine");
    JsonNode postgres = results.facts().path("postgresql");
    String database =
        scenario == Scenario.H2 ? "H2" : "PostgreSQL " + postgres.path("version").asString();
    return String.format(
        Locale.ROOT,
        "%s: %d cores (%s), %.0f GB, %s, JDK %s%s, %d repetition(s), median (lowest–highest).%n",
        results.facts().path("date").asString(),
        machine.path("cores").asInt(),
        machine.path("processor").asString(),
        machine.path("memory_mb").asDouble() / 1000,
        database,
        machine.path("jdk").asString(),
        machine.path("node").asString().isEmpty()
            ? ""
            : ", Node.js " + machine.path("node").asString(),
        results.facts().path("plan").path("repetitions").asInt());
  }

  private String throughput() {
    var table =
        new Rows("system", "configuration", "acknowledges", "jobs", "jobs/s", "lost, twice");
    for (Variant v : measured(Scenario.THROUGHPUT)) {
      List<Run> runs = runs(Scenario.THROUGHPUT, v);
      table.row(
          v.name(),
          v.configuration(),
          v.acknowledges(),
          number(runs.getFirst().jobs()),
          shown(Scenario.THROUGHPUT, v),
          effects(runs));
    }
    return table.toString();
  }

  private String plain(Scenario scenario) {
    var table = new Rows("configuration", "acknowledges", "jobs/s", "lost, twice");
    for (Variant v : measured(scenario)) {
      table.row(
          v.configuration(), v.acknowledges(), shown(scenario, v), effects(runs(scenario, v)));
    }
    return table.toString();
  }

  private String latency() {
    var table =
        new Rows("system", "configuration", "jobs/s offered", "p50 ms", "p99 ms", "lost, twice");
    for (Variant v : measured(Scenario.LATENCY)) {
      List<Run> runs = runs(Scenario.LATENCY, v);
      table.row(
          v.name(),
          v.configuration(),
          number(runs.getFirst().more().path("rate").asDouble()),
          shown(over(runs, r -> r.more().path("p50_ms").asDouble())),
          shown(over(runs, r -> r.more().path("p99_ms").asDouble())),
          effects(runs));
    }
    return table.toString();
  }

  private String ratio(Scenario scenario) {
    var table = new Rows("system", "configuration", "jobs/s", "of its fresh figure", "lost, twice");
    for (Variant v : measured(scenario)) {
      Optional<Figure> fresh = results.figure(Scenario.THROUGHPUT.id(), v.id(), "");
      double median = over(runs(scenario, v), Run::value).median();
      table.row(
          v.name(),
          v.configuration(),
          shown(scenario, v),
          fresh
              .map(f -> String.format(Locale.ROOT, "%.2f", median / f.median()))
              .orElse("not measured"),
          effects(runs(scenario, v)));
    }
    if (scenario == Scenario.HISTORY) {
      for (Variant v : variants) {
        if (!History.kept(v)) {
          table.row(v.name(), v.configuration(), "keeps no finished jobs", "", "");
        }
      }
    }
    return table.toString();
  }

  private String steady() {
    var table =
        new Rows(
            "system",
            "configuration",
            "jobs run",
            "jobs/s",
            "first, last sixth",
            "slowest slice",
            "database, MB",
            "lost, twice");
    for (Variant v : measured(Scenario.STEADY)) {
      List<Run> runs = runs(Scenario.STEADY, v);
      JsonNode more = runs.getFirst().more();
      table.row(
          v.name(),
          v.configuration(),
          number(runs.getFirst().jobs()),
          shown(Scenario.STEADY, v),
          number(more.path("first_sixth").asDouble())
              + ", "
              + number(more.path("last_sixth").asDouble()),
          number(more.path("lowest_slice").asDouble()),
          number(more.path("database_mb").asDouble()),
          effects(runs));
    }
    return table.toString();
  }

  private String scale() {
    var table = new Rows("processes × jobs at a time", "jobs/s", "lost, twice");
    for (String point : results.points(Scenario.SCALE.id())) {
      for (Variant v : variants) {
        List<Run> runs = results.of(Scenario.SCALE.id(), v.id(), point);
        if (!runs.isEmpty()) {
          table.row(point, shown(over(runs, Run::value)), effects(runs));
        }
      }
    }
    return table.toString();
  }

  private List<Variant> measured(Scenario scenario) {
    return variants.stream().filter(v -> !runs(scenario, v).isEmpty()).toList();
  }

  private List<Run> runs(Scenario scenario, Variant v) {
    return results.of(scenario.id(), v.id(), "");
  }

  private String shown(Scenario scenario, Variant v) {
    return shown(over(runs(scenario, v), Run::value));
  }

  private static Figure over(List<Run> runs, ToDoubleFunction<Run> value) {
    return Figure.of(runs.stream().map(value::applyAsDouble).toList());
  }

  private static String shown(Figure figure) {
    return figure.count() == 1
        ? number(figure.median())
        : number(figure.median())
            + " ("
            + number(figure.lowest())
            + "–"
            + number(figure.highest())
            + ")";
  }

  private static String effects(List<Run> runs) {
    int lost = runs.stream().mapToInt(Run::lost).sum();
    int repeats = runs.stream().mapToInt(Run::repeats).sum();
    return lost + ", " + repeats;
  }

  /// Three figures or so: more would say what was not measured.
  static String number(double value) {
    return value < 100
        ? String.format(Locale.ROOT, "%.3g", value)
            .replaceAll("(\\.\\d*?)0+$", "$1")
            .replaceAll("\\.$", "")
        : String.format(Locale.ROOT, "%,d", Math.round(value));
  }

  private static final class Rows {
    private final List<List<String>> rows = new ArrayList<>();

    Rows(String... head) {
      rows.add(List.of(head));
      rows.add(rows.getFirst().stream().map(h -> "---").toList());
    }

    void row(String... cells) {
      rows.add(List.of(cells));
    }

    @Override
    public String toString() {
      var text = new StringBuilder();
      rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
      return text.toString();
    }
  }
}
