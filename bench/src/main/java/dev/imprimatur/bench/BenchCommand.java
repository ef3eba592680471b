package dev.imprimatur.bench;

import dev.imprimatur.bench.result.Results;
import dev.imprimatur.bench.result.Section;
import dev.imprimatur.bench.run.Catalogue;
import dev.imprimatur.bench.run.Machine;
import dev.imprimatur.bench.run.Places;
import dev.imprimatur.bench.run.Scenario;
import dev.imprimatur.bench.run.Server;
import dev.imprimatur.bench.run.Session;
import dev.imprimatur.bench.run.Tables;
import dev.imprimatur.bench.run.Variant;
import dev.imprimatur.engine.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// The command line of the benchmarks; `packaging/bench` starts it.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures the queue side by side with others on one PostgreSQL.",
    sortOptions = false)
public final class BenchCommand implements Callable<Integer> {
  @Option(
      names = "--scenarios",
      split = ",",
      paramLabel = "NAME",
      description =
          "Any of throughput, latency, history, snapshot, steady, scale, h2; all by default.")
  private List<String> scenarios = List.of();

  @Option(
      names = "--systems",
      split = ",",
      paramLabel = "NAME",
      description =
          "Systems or single variants, such as imprimatur,db-scheduler-tuned. --list shows all.")
  private List<String> systems = List.of();

  @Option(names = "--list", description = "Shows the variants and ends.")
  private boolean list;

  @Option(names = "--repetitions", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.")
  private int repetitions;

  @Option(
      names = "--jobs",
      defaultValue = "100000",
      description =
          "For the quickest; slower ones get a share (see --list). Default: ${DEFAULT-VALUE}.")
  private int jobs;

  @Option(
      names = "--history",
      defaultValue = "1000000",
      description = "Finished jobs in the scenario history. Default: ${DEFAULT-VALUE}.")
  private int history;

  @Option(
      names = "--latency-rate",
      paramLabel = "RATE",
      defaultValue = "common",
      description =
          "Jobs per second in the scenario latency: a number; 'common' for 30 %% of what the slowest"
              + " tuned system does; 'own' for 30 %% of what each one does. Default: ${DEFAULT-VALUE}.")
  private String latencyRate = "common";

  @Option(
      names = "--latency-seconds",
      defaultValue = "20",
      description = "Default: ${DEFAULT-VALUE}.")
  private int latencySeconds;

  @Option(
      names = "--steady-minutes",
      defaultValue = "10",
      description = "Default: ${DEFAULT-VALUE}.")
  private double steadyMinutes;

  @Option(
      names = "--postgres",
      paramLabel = "URL",
      description =
          "A PostgreSQL on this machine instead of the one brought along: jdbc:postgresql://… of a"
              + " superuser.")
  private @Nullable String postgres;

  @Option(
      names = "--statements",
      description =
          "Count statements with pg_stat_statements; the most costly ones stand in the JSON. Costs"
              + " some throughput.")
  private boolean statements;

  @Option(
      names = "--java-option",
      paramLabel = "OPTION",
      description = "For measured processes on the JVM, such as -XX:+UseSerialGC. May be repeated.")
  private List<String> javaOptions = List.of();

  @Option(
      names = "--quick",
      description = "A smoke run of throughput: few jobs, once; writes no page.")
  private boolean quick;

  @Option(names = "--out", paramLabel = "FILE", description = "Where the JSON goes.")
  private @Nullable Path out;

  @Option(
      names = "--page",
      negatable = true,
      description =
          "Write the tables into docs/benchmarks.md, or don't. By default they are written when"
              + " all systems were measured in full.")
  private @Nullable Boolean page;

  @Option(names = "--root", hidden = true, required = true)
  private Path root = Path.of(".");

  @Option(names = "--node", hidden = true)
  private @Nullable Path node;

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new BenchCommand())
            .setExecutionExceptionHandler((e, line, parsed) -> {
              if (!(e instanceof IllegalArgumentException)) {
                e.printStackTrace();
              }
              line.getErr().println("bench: " + e.getMessage());
              return e instanceof IllegalArgumentException ? 2 : 1;
            })
            .execute(args));
  }

  @Override
  public Integer call() throws IOException, SQLException {
    if (list) {
      Catalogue.all()
          .forEach(v ->
              print(
                  "%-24s %-22s share %.2f  %s; acknowledges %s",
                  v.id(), v.name(), v.share(), v.configuration(), v.acknowledges()));
      return 0;
    }
    List<Scenario> chosen = chosenScenarios();
    List<Variant> variants = chosenVariants();
    Path work = Files.createTempDirectory("imprimatur-bench-");
    try (Server server = server()) {
      ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
      Path file =
          out != null
              ? out
              : root.resolve(
                  "bench/target/results/"
                      + now.format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT))
                      + ".json");
      var results = new Results(file, facts(server, now));
      Path programs = node == null ? work : node;
      var session =
          new Session(server, new Places(work, programs, javaOptions), results, plan(variants));
      var stop = new Thread(() -> interrupted(session, server, work));
      Runtime.getRuntime().addShutdownHook(stop);
      for (Scenario scenario : chosen) {
        session.run(scenario);
      }
      if (session.interrupted()) {
        return 130;
      }
      report(chosen, variants, results, file);
      Runtime.getRuntime().removeShutdownHook(stop);
      return results.clean() ? 0 : 1;
    } finally {
      delete(work);
    }
  }

  private static void interrupted(Session session, Server server, Path work) {
    print("interrupted; ending what was started");
    session.interrupt();
    server.close();
    delete(work);
    Runtime.getRuntime().halt(130);
  }

  private Server server() throws IOException {
    if (postgres != null) {
      return Server.at(postgres);
    }
    print("starting a PostgreSQL of its own…");
    return Server.start(statements);
  }

  private List<Scenario> chosenScenarios() {
    if (scenarios.isEmpty()) {
      return quick ? List.of(Scenario.THROUGHPUT) : List.of(Scenario.values());
    }
    Set<Scenario> chosen = new LinkedHashSet<>();
    for (String name : scenarios) {
      chosen.add(
          List.of(Scenario.values()).stream()
              .filter(s -> s.id().equals(name))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "there is no scenario '"
                          + name
                          + "'; there are throughput, latency, history, snapshot, steady, scale, h2")));
    }
    return List.copyOf(chosen);
  }

  private List<Variant> chosenVariants() {
    for (String name : systems) {
      if (Catalogue.all().stream().noneMatch(v -> matches(v, name))) {
        throw new IllegalArgumentException(
            "there is no system '" + name + "'; --list shows all there are");
      }
    }
    List<Variant> chosen =
        Catalogue.all().stream()
            .filter(v -> systems.isEmpty() || systems.stream().anyMatch(name -> matches(v, name)))
            .toList();
    if (node == null && chosen.stream().anyMatch(Variant::node)) {
      print(
          "graphile-worker and pg-boss are left out: Node.js or npm is missing, or their packages");
      chosen = chosen.stream().filter(v -> !v.node()).toList();
    }
    return chosen;
  }

  private static boolean matches(Variant variant, String name) {
    return variant.id().equals(name) || variant.system().equals(name);
  }

  private Session.Plan plan(List<Variant> variants) {
    double rate =
        switch (latencyRate) {
          case "common" -> 0;
          case "own" -> -1;
          default -> Double.parseDouble(latencyRate);
        };
    return new Session.Plan(
        variants,
        quick ? 1 : repetitions,
        quick ? Math.min(jobs, 5_000) : jobs,
        quick ? Math.min(history, 20_000) : history,
        rate,
        quick ? 5 : latencySeconds,
        quick ? 10 : (int) (steadyMinutes * 60),
        !systems.isEmpty(),
        statements);
  }

  private ObjectNode facts(Server server, ZonedDateTime now) throws SQLException {
    ObjectNode facts = Json.object().put("date", now.toLocalDate().toString());
    ObjectNode machine = Machine.facts();
    machine.put("node", node == null ? "" : Machine.version("node", "--version"));
    facts.set("machine", machine);
    facts.set("postgresql", server.facts());
    facts.put(
        "commit", Machine.version("git", "-C", root.toString(), "rev-parse", "--short", "HEAD"));
    facts
        .putObject("plan")
        .put("repetitions", quick ? 1 : repetitions)
        .put("jobs", quick ? Math.min(jobs, 5_000) : jobs)
        .put("latency_rate", latencyRate)
        .put("java_options", String.join(" ", javaOptions));
    return facts;
  }

  private void report(List<Scenario> chosen, List<Variant> variants, Results results, Path file)
      throws IOException {
    var tables = new Tables(results, variants);
    boolean write = page != null ? page : !quick && systems.isEmpty() && !statements;
    for (Scenario scenario : chosen) {
      String table = tables.of(scenario);
      print("%n== %s%n%n%s", scenario.id(), table);
      if (write) {
        Section.replace(root.resolve("docs/benchmarks.md"), scenario.id(), table);
      }
    }
    print("all figures: %s%s", file, write ? "; tables: docs/benchmarks.md" : "");
    if (!results.clean()) {
      print("NOT CLEAN: something was lost, ran twice or could not be measured; see above.");
    }
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      print("%s is left behind: %s", folder, e);
    }
  }
}
