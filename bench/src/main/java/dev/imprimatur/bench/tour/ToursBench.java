package dev.imprimatur.bench.tour;

import dev.imprimatur.bench.result.Figure;
import dev.imprimatur.bench.run.Machine;
import dev.imprimatur.bench.run.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures what a tour's lock costs: one writer with and without it, and how long many writers of
/// one tour wait for it. `packaging/bench-tours` starts it; it prints the tables of
/// docs/benchmarks.md.
@Command(
    name = "bench-tours",
    mixinStandardHelpOptions = true,
    description = "Measures what a tour's lock costs, on H2 and PostgreSQL.")
public final class ToursBench implements Callable<Integer> {
  @Option(
      names = "--updates",
      defaultValue = "2000",
      description = "Single updates in each round. Default: ${DEFAULT-VALUE}.")
  private int updates;

  @Option(
      names = "--rounds",
      defaultValue = "7",
      description = "Rounds with and without the lock, in turn. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--writers",
      split = ",",
      defaultValue = "1,10,100",
      description = "Writers on one tour at once. Default: ${DEFAULT-VALUE}.")
  private List<Integer> writers = List.of();

  @Option(
      names = "--contended",
      defaultValue = "4000",
      description = "Updates of all writers together. Default: ${DEFAULT-VALUE}.")
  private int contended;

  @Option(
      names = "--postgres",
      paramLabel = "URL",
      description = "A PostgreSQL on this machine instead of the one brought along.")
  private @Nullable String postgres;

  private final StringBuilder single = new StringBuilder();
  private final StringBuilder waits = new StringBuilder();

  public static void main(String[] args) {
    System.exit(new CommandLine(new ToursBench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("bench-tours-");
    try (Server server = postgres == null ? Server.start(false) : Server.at(postgres)) {
      measure("H2", "jdbc:h2:file:" + folder.resolve("db"));
      measure("PostgreSQL", server.create("bench_tours", "template0"));
    } finally {
      delete(folder);
    }
    System.out.println("machine: " + Machine.facts());
    System.out.printf(
        Locale.ROOT,
        "%n%d updates a round, %d rounds of each in turn; the first of each is not counted. Median"
            + " (lowest–highest) of the rounds.%n%n",
        updates,
        rounds);
    System.out.println(
        "| database | without, ms an update | with the lock, ms an update | ratio |\n| --- | --- | --- | --- |");
    System.out.print(single);
    System.out.printf(
        Locale.ROOT,
        "%n%d updates of all writers together, each of a checkpoint of one tour, with the lock.%n%n",
        contended);
    System.out.println(
        "| database | writers | updates/s | wait p50, ms | wait p99, ms | longest, ms |\n| --- | --- | --- | --- | --- | --- |");
    System.out.print(waits);
    return 0;
  }

  private void measure(String name, String url) throws SQLException, InterruptedException {
    System.err.println("bench-tours: " + name + ", one writer");
    List<Double> with = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    // Both in this process, over one database: they are to meet the same tables at the same time.
    try (TourWriters on = TourWriters.open(url, true);
        TourWriters off = TourWriters.open(url, false)) {
      for (int round = 0; round <= rounds; round++) {
        boolean first = round % 2 == 0;
        double one = (first ? on : off).updateAlone(updates);
        double other = (first ? off : on).updateAlone(updates);
        if (round > 0) {
          with.add(first ? one : other);
          without.add(first ? other : one);
          ratios.add(with.getLast() / without.getLast());
        }
      }
      single.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s |%n",
              name,
              told(Figure.of(without)),
              told(Figure.of(with)),
              told(Figure.of(ratios))));
      for (int count : writers) {
        System.err.println("bench-tours: " + name + ", writers at once: " + count);
        TourWriters.Waited waited = on.updateTogether(count, contended);
        waits.append(
            String.format(
                Locale.ROOT,
                "| %s | %d | %.0f | %.2f | %.2f | %.2f |%n",
                name,
                count,
                waited.perSecond(),
                millis(waited, 0.5),
                millis(waited, 0.99),
                millis(waited, 1)));
      }
    }
  }

  private static String told(Figure figure) {
    return String.format(
        Locale.ROOT, "%.2f (%.2f–%.2f)", figure.median(), figure.lowest(), figure.highest());
  }

  private static double millis(TourWriters.Waited waited, double share) {
    return Figure.percentile(waited.sortedNanos(), share) / 1e6;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
