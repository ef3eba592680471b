package dev.imprimatur.engine.assessment.scale;

import dev.imprimatur.engine.assessment.scale.Fit.Estimate;
import dev.imprimatur.engine.assessment.scale.Identification.Anchors;
import dev.imprimatur.engine.assessment.scale.Identification.Reference;
import dev.imprimatur.engine.assessment.scale.Identification.SumToZero;
import dev.imprimatur.engine.assessment.scale.Likelihood.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Scores from comparisons by maximum likelihood: P(A beats B) = 1 / (1 + exp(score(B) − score(A)))
/// (Bradley & Terry 1952; Zermelo 1929). Scores are in logits: one more makes the odds e times as
/// large.
///
/// With a ridge L, L/2 · Σ score² is added to the negative log likelihood; the scores then sum to
/// zero by themselves, and a reference only moves zero afterwards, so that the order and all
/// differences are the same whichever text it is. Standard errors are then from the information
/// with the ridge in it.
public final class BradleyTerry {
  private final Comparisons comparisons;
  private final FitOptions options;
  private final FitProgress progress;
  private final int texts;
  private final boolean[] fixed;

  private BradleyTerry(Comparisons comparisons, FitOptions options, FitProgress progress) {
    this.comparisons = comparisons;
    this.options = options;
    this.progress = progress;
    this.texts = comparisons.texts().size();
    this.fixed = new boolean[texts];
  }

  /// Fits scores.
  public static FitOutcome fit(Comparisons comparisons, FitOptions options) {
    return fit(comparisons, options, FitProgress.SILENT);
  }

  /// Fits scores.
  ///
  /// @param progress hears how far it is, and may stop it
  public static FitOutcome fit(Comparisons comparisons, FitOptions options, FitProgress progress) {
    return new BradleyTerry(comparisons, options, progress).run();
  }

  private FitOutcome run() {
    Optional<Refusal> input = input();
    if (input.isPresent()) {
      return new FitOutcome.Refused(input.get());
    }
    double[] start = new double[texts];
    if (options.identification() instanceof Anchors anchors) {
      anchors
          .scores()
          .forEach((name, score) -> {
            int text = comparisons.text(name).orElseThrow();
            fixed[text] = true;
            start[text] = score;
          });
      startAtAnchors(start, anchors);
    }
    PairTable table = PairTable.of(comparisons, options.orderEffect());
    boolean davidson = options.ties() == Ties.DAVIDSON && table.totalTies() > 0;
    Optional<Refusal> refusal =
        new Estimability(table, comparisons.texts(), options, davidson, fixed).refusal();
    if (refusal.isPresent()) {
      return new FitOutcome.Refused(refusal.get());
    }
    var likelihood = new Likelihood(table, options.orderEffect(), davidson, fixed, options.ridge());
    boolean centred = !(options.identification() instanceof Anchors);
    var laplacian = new Laplacian(table, fixed, centred, options.ridge());
    var begin = new Point(start, new double[likelihood.extras()]);
    return switch (Newton.maximise(likelihood, laplacian, begin, progress)) {
      case Newton.Result.Found found -> fitted(likelihood, found);
      case Newton.Result.NotFound n ->
          new FitOutcome.Refused(new Refusal.NotConverged(n.iterations()));
      case Newton.Result.Stopped s -> new FitOutcome.Stopped();
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
    List<String> unknown = named().stream().filter(n -> comparisons.text(n).isEmpty()).toList();
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

  private List<String> named() {
    return switch (options.identification()) {
      case SumToZero s -> List.of();
      case Reference r -> List.of(r.text());
      case Anchors a -> a.scores().keySet().stream().sorted().toList();
    };
  }

  private void startAtAnchors(double[] start, Anchors anchors) {
    double middle =
        anchors.scores().values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
    for (int i = 0; i < texts; i++) {
      start[i] = fixed[i] ? start[i] : middle;
    }
  }

  private FitOutcome fitted(Likelihood likelihood, Newton.Result.Found found) {
    int reference =
        options.identification() instanceof Reference r
            ? comparisons.text(r.text()).orElseThrow()
            : -1;
    var errors = new StandardErrors(found.derivatives());
    boolean full = texts <= options.fullCovarianceUpTo();
    if (!progress.proceed(FitProgress.Stage.STANDARD_ERRORS, 0, 0)) {
      return new FitOutcome.Stopped();
    }
    Optional<StandardErrors.Found> variances =
        full ? errors.full(reference) : errors.sampled(reference, options.seed(), progress);
    if (variances.isEmpty()) {
      return full
          ? new FitOutcome.Refused(new Refusal.NotConverged(found.iterations()))
          : new FitOutcome.Stopped();
    }
    return new FitOutcome.Fitted(fit(likelihood, found, errors, variances.get(), reference));
  }

  private Fit fit(
      Likelihood likelihood,
      Newton.Result.Found found,
      StandardErrors errors,
      StandardErrors.Found variances,
      int reference) {
    Point at = found.at();
    var statistics = new FitStatistics(likelihood, at);
    double logLikelihood = likelihood.logLikelihood(at);
    int own = free() - (options.identification() instanceof Anchors ? 0 : 1) + likelihood.extras();
    double zero = reference < 0 ? 0 : at.scores()[reference];
    boolean order = options.orderEffect();
    return new Fit(
        texts(statistics.texts(), at.scores(), zero, variances.variances()),
        statistics.judges(comparisons),
        logLikelihood,
        -2 * logLikelihood,
        statistics.pairs(own),
        Reliability.of(ofFree(at.scores()), ofFree(variances.centred())),
        found.iterations(),
        constraint(),
        order ? Optional.of(estimate(likelihood.order(at), errors, 0)) : Optional.empty(),
        likelihood.davidson()
            ? Optional.of(estimate(likelihood.theta(at), errors, likelihood.extras() - 1))
            : Optional.empty(),
        variances.matrix(),
        variances.samples());
  }

  private static Estimate estimate(double value, StandardErrors errors, int place) {
    return new Estimate(value, Math.sqrt(errors.extras()[place][place]));
  }

  private List<TextScore> texts(
      FitStatistics.Sums sums, double[] scores, double zero, double[] variances) {
    int[] wins = new int[texts];
    int[] losses = new int[texts];
    int[] ties = new int[texts];
    for (int k = 0; k < comparisons.size(); k++) {
      boolean tie = comparisons.tie(k);
      (tie ? ties : wins)[comparisons.winner(k)]++;
      (tie ? ties : losses)[comparisons.loser(k)]++;
    }
    List<TextScore> list = new ArrayList<>(texts);
    for (int i = 0; i < texts; i++) {
      list.add(
          new TextScore(
              comparisons.texts().get(i),
              scores[i] - zero,
              Math.sqrt(variances[i]),
              sums.infit(i),
              sums.outfit(i),
              wins[i],
              losses[i],
              ties[i],
              fixed[i]));
    }
    return List.copyOf(list);
  }

  private int free() {
    int free = 0;
    for (boolean f : fixed) {
      free += f ? 0 : 1;
    }
    return free;
  }

  private double[] ofFree(double[] values) {
    double[] free = new double[free()];
    int next = 0;
    for (int i = 0; i < texts; i++) {
      if (!fixed[i]) {
        free[next++] = values[i];
      }
    }
    return Arrays.copyOf(free, next);
  }

  private String constraint() {
    String zero =
        switch (options.identification()) {
          case SumToZero s -> "sum to zero";
          case Reference r -> "reference " + r.text();
          case Anchors a -> "anchors " + String.join(", ", named());
        };
    return options.ridge() == 0 ? zero : zero + ", ridge " + plain(options.ridge());
  }

  private static String plain(double number) {
    return java.math.BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
