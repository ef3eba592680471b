package dev.imprimatur.engine.assessment.scale;

import dev.imprimatur.engine.assessment.scale.Identification.Anchors;
import dev.imprimatur.engine.assessment.scale.Identification.Reference;
import dev.imprimatur.engine.assessment.scale.Identification.SumToZero;
import dev.imprimatur.engine.assessment.scale.Likelihood.Point;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// From comparisons to the maximum of their likelihood: what is asked for is looked at, what has no
/// maximum refused, the rest is Newton's.
final class Estimation {
  /// What it comes to.
  sealed interface Outcome {
    record Maximum(Likelihood likelihood, Newton.Result.Found found) implements Outcome {}

    record Refused(Refusal why) implements Outcome {}

    record Stopped() implements Outcome {}
  }

  private final Comparisons comparisons;
  private final FitOptions options;
  private final FitProgress progress;
  private final int texts;
  private final boolean[] fixed;

  Estimation(Comparisons comparisons, FitOptions options, FitProgress progress) {
    this.comparisons = comparisons;
    this.options = options;
    this.progress = progress;
    this.texts = comparisons.texts().size();
    this.fixed = new boolean[texts];
  }

  /// Which texts have a fixed score; known once it has run.
  boolean[] fixed() {
    return fixed;
  }

  int reference() {
    return reference(comparisons, options);
  }

  /// The number of the text whose score is zero; -1 if there is none.
  static int reference(Comparisons comparisons, FitOptions options) {
    return options.identification() instanceof Reference r
        ? comparisons.text(r.text()).orElseThrow()
        : -1;
  }

  Outcome run() {
    Optional<Refusal> input = input();
    if (input.isPresent()) {
      return new Outcome.Refused(input.get());
    }
    double[] start = new double[texts];
    if (options.identification() instanceof Anchors anchors) {
      start(start, anchors);
    }
    PairTable table = PairTable.of(comparisons, options.orderEffect());
    boolean davidson = options.ties() == Ties.DAVIDSON && table.totalTies() > 0;
    Optional<Refusal> refusal =
        new Estimability(table, comparisons.texts(), options, davidson, fixed).refusal();
    if (refusal.isPresent()) {
      return new Outcome.Refused(refusal.get());
    }
    var likelihood = new Likelihood(table, options.orderEffect(), davidson, fixed, options.ridge());
    boolean centred = !(options.identification() instanceof Anchors);
    var laplacian = new Laplacian(table, fixed, centred, options.ridge());
    var begin = new Point(start, new double[likelihood.extras()]);
    return switch (Newton.maximise(likelihood, laplacian, begin, progress)) {
      case Newton.Result.Found found -> new Outcome.Maximum(likelihood, found);
      case Newton.Result.NotFound n ->
          new Outcome.Refused(new Refusal.NotConverged(n.iterations()));
      case Newton.Result.Stopped s -> new Outcome.Stopped();
    };
  }

  private Optional<Refusal> input() {
    List<String> names = comparisons.texts();
    if (names.isEmpty() || comparisons.size() == 0 && names.size() > 1) {
      return Optional.of(new Refusal.NoComparisons());
    }
    if (texts < 2) {
      return Optional.of(new Refusal.TooFewTexts(names));
    }
    List<String> unknown =
        named(options).stream().filter(n -> comparisons.text(n).isEmpty()).toList();
    if (!unknown.isEmpty()) {
      String role = options.identification() instanceof Reference ? "the reference" : "an anchor";
      return Optional.of(new Refusal.UnknownTexts(role, unknown, names));
    }
    if (options.identification() instanceof Anchors a && a.scores().size() == texts) {
      return Optional.of(new Refusal.NothingFree());
    }
    int unordered = 0;
    for (int k = 0; k < comparisons.size(); k++) {
      unordered += comparisons.ordered(k) ? 0 : 1;
    }
    return options.orderEffect() && unordered > 0
        ? Optional.of(new Refusal.OrderUnknown(unordered, comparisons.size()))
        : Optional.empty();
  }

  /// The texts that the constraint names.
  static List<String> named(FitOptions options) {
    return switch (options.identification()) {
      case SumToZero s -> List.of();
      case Reference r -> List.of(r.text());
      case Anchors a -> a.scores().keySet().stream().sorted().toList();
    };
  }

  // Free texts start in the middle of the anchors.
  private void start(double[] start, Anchors anchors) {
    double middle =
        anchors.scores().values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
    Arrays.fill(start, middle);
    anchors
        .scores()
        .forEach((name, score) -> {
          int text = comparisons.text(name).orElseThrow();
          fixed[text] = true;
          start[text] = score;
        });
  }
}
