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
import java.util.OptionalDouble;

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

  private BradleyTerry(
      Comparisons comparisons, FitOptions options, FitProgress progress, boolean[] fixed) {
    this.comparisons = comparisons;
    this.options = options;
    this.progress = progress;
    this.texts = comparisons.texts().size();
    this.fixed = fixed;
  }

  /// Fits scores.
  public static FitOutcome fit(Comparisons comparisons, FitOptions options) {
    return fit(comparisons, options, FitProgress.SILENT);
  }

  /// Fits scores.
  ///
  /// @param progress hears how far it is, and may stop it
  public static FitOutcome fit(Comparisons comparisons, FitOptions options, FitProgress progress) {
    var estimation = new Estimation(comparisons, options, progress);
    return switch (estimation.run()) {
      case Estimation.Outcome.Maximum m ->
          new BradleyTerry(comparisons, options, progress, estimation.fixed())
              .fitted(m.likelihood(), m.found());
      case Estimation.Outcome.Refused r -> new FitOutcome.Refused(r.why());
      case Estimation.Outcome.Stopped s -> new FitOutcome.Stopped();
    };
  }

  /// The scores alone, by the texts' numbers: all that [#fit] gives but the errors, which take
  /// longest.
  public static ScoresOutcome scores(
      Comparisons comparisons, FitOptions options, FitProgress progress) {
    var estimation = new Estimation(comparisons, options, progress);
    return switch (estimation.run()) {
      case Estimation.Outcome.Maximum m -> {
        double[] scores = m.found().at().scores().clone();
        int reference = estimation.reference();
        double zero = reference < 0 ? 0 : scores[reference];
        yield new ScoresOutcome.Found(Arrays.stream(scores).map(x -> x - zero).toArray());
      }
      case Estimation.Outcome.Refused r -> new ScoresOutcome.Refused(r.why());
      case Estimation.Outcome.Stopped s -> new ScoresOutcome.Stopped();
    };
  }

  /// The reliability that scores would have if they came of these comparisons, whoever won them:
  /// how much a comparison tells depends on the scores alone. From the full covariance matrix, with
  /// scores that sum to zero and ties as half wins.
  ///
  /// @param scores by the texts' numbers
  /// @throws IllegalArgumentException if there are not as many scores as texts
  public static Reliability reliability(
      Comparisons comparisons, FitOptions options, double[] scores) {
    int texts = comparisons.texts().size();
    if (scores.length != texts) {
      throw new IllegalArgumentException(
          "there are " + texts + " texts, and " + scores.length + " scores");
    }
    PairTable table = PairTable.of(comparisons, false);
    var none = new boolean[texts];
    var likelihood = new Likelihood(table, false, false, none, options.ridge());
    var derivatives =
        new Likelihood.Derivatives(new Laplacian(table, none, true, options.ridge()), 0);
    likelihood.derive(new Point(scores, new double[0]), derivatives);
    return new StandardErrors(derivatives)
        .full(-1)
        .map(found -> Reliability.of(scores, found.centred()))
        .orElse(new Reliability(OptionalDouble.empty(), OptionalDouble.empty()));
  }

  private FitOutcome fitted(Likelihood likelihood, Newton.Result.Found found) {
    int reference = Estimation.reference(comparisons, options);
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
          case Anchors a -> "anchors " + String.join(", ", Estimation.named(options));
        };
    return options.ridge() == 0 ? zero : zero + ", ridge " + plain(options.ridge());
  }

  private static String plain(double number) {
    return java.math.BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
