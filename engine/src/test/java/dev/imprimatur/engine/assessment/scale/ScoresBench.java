package dev.imprimatur.engine.assessment.scale;

import dev.imprimatur.engine.assessment.scale.Examples.World;
import dev.imprimatur.engine.assessment.scale.pairing.PairHistory;
import dev.imprimatur.engine.assessment.scale.pairing.PairSelection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/// Times fits of random comparisons and prints a table; `packaging/bench-scores` starts it. No
/// test.
final class ScoresBench {
  private static final int REPETITIONS = 3;
  private static volatile long peak;

  private ScoresBench() {}

  /// @param args sizes as TEXTS:COMPARISONS
  public static void main(String[] args) {
    System.out.printf(
        "%s, %d cores, heap limit %d MB%n%n",
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20);
    System.out.println(
        "| texts | comparisons | steps | scores, s | with standard errors, s | first time, s | standard errors | peak heap, MB |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
    watchHeap();
    for (String size : args) {
      String[] parts = size.split(":", 2);
      row(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }
    pairing();
  }

  private static void row(int texts, int comparisons) {
    Comparisons made = Comparisons.of(Examples.random(new World(texts, comparisons, 4, 0, 0), 1));
    System.gc();
    peak = 0;
    FitOptions options = FitOptions.DEFAULT.withRidge(comparisons < 20L * texts ? 0.1 : 0);
    List<Double> scores = new ArrayList<>();
    List<Double> all = new ArrayList<>();
    double first = 0;
    int steps = 0;
    int samples = 0;
    for (int r = 0; r <= REPETITIONS; r++) {
      long began = System.nanoTime();
      Fit fit = Examples.fitted(BradleyTerry.fit(made, options));
      double took = seconds(began);
      steps = fit.iterations();
      samples = fit.samples();
      began = System.nanoTime();
      BradleyTerry.scores(made, options, FitProgress.SILENT);
      if (r == 0) {
        first = took;
      } else {
        all.add(took);
        scores.add(seconds(began));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| %,d | %,d | %d | %.2f | %.2f | %.2f | %s | %d |%n",
        texts,
        comparisons,
        steps,
        median(scores),
        median(all),
        first,
        samples == 0 ? "full covariance" : samples + " vectors",
        peak >> 20);
  }

  private static void pairing() {
    int texts = 10_000;
    var history = new PairHistory(texts);
    var selection = new PairSelection(history, PairSelection.Gap.USUAL, 1);
    long began = System.nanoTime();
    selection.start(5 * texts);
    double start = seconds(began);
    double[] scores = new SplittableRandom(1).doubles(texts, -4, 4).toArray();
    double[] errors = new double[texts];
    Arrays.fill(errors, 0.6);
    began = System.nanoTime();
    selection.next(scores, errors, 5 * texts);
    System.out.printf(
        Locale.ROOT,
        "%n50,000 pairs of 10,000 texts: random %.2f s, adaptive %.2f s%n",
        start,
        seconds(began));
  }

  // The most that the heap held, garbage included, looked at every other millisecond.
  private static void watchHeap() {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          while (true) {
            Runtime runtime = Runtime.getRuntime();
            peak = Math.max(peak, runtime.totalMemory() - runtime.freeMemory());
            LockSupport.parkNanos(2_000_000);
          }
        });
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static double median(List<Double> values) {
    Collections.sort(values);
    return values.get(values.size() / 2);
  }
}
