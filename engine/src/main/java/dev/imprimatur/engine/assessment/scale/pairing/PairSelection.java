package dev.imprimatur.engine.assessment.scale.pairing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Chooses pairs to compare.
///
/// At first by chance: along random orders of all texts, so that the first n − 1 pairs connect n
/// texts. Then by what is known: pairs that tell most, p(1−p) · (SE₁² + SE₂²), among those whose
/// scores are neither too close nor too far apart. No pair comes twice before all have come once;
/// where none within the bounds is left, the nearest one beyond them is taken. Each pair is added
/// to the history as it is chosen. Both orders are balanced, for each text and for each pair that
/// is repeated.
public final class PairSelection {
  /// How far apart two texts should be, in logits. Closer ones people can hardly tell apart, and if
  /// only neighbours met, errors would add up along the scale; those further apart need no
  /// comparison.
  ///
  /// @param least at this the better one wins so often: 1 / (1 + exp(−least))
  /// @param most likewise
  public record Gap(double least, double most) {
    /// The better one would win from five in eight to seven in eight.
    public static final Gap USUAL = new Gap(0.5, 2);

    static final Gap ANY = new Gap(0, Double.POSITIVE_INFINITY);

    /// @throws IllegalArgumentException if they are not in order
    public Gap {
      if (!(least >= 0 && least < most)) {
        throw new IllegalArgumentException("no gap is from " + least + " to " + most);
      }
    }
  }

  private final PairHistory history;
  private final Gap wanted;
  private final SplittableRandom random;

  public PairSelection(PairHistory history, Gap gap, long seed) {
    this.history = history;
    this.wanted = gap;
    this.random = new SplittableRandom(seed);
  }

  /// Random pairs.
  ///
  /// @param count how many
  public List<Pair> start(int count) {
    List<Pair> pairs = new ArrayList<>();
    while (pairs.size() < count) {
      int level = level();
      int[] order = shuffled(history.texts());
      int before = pairs.size();
      for (int i = 0; i < order.length && pairs.size() < count; i++) {
        int one = order[i];
        int other = order[(i + 1) % order.length];
        if (history.uses(one, other) <= level) {
          pairs.add(send(one, other));
        }
      }
      if (pairs.size() == before) {
        rest(level, pairs, count);
      }
    }
    return List.copyOf(pairs);
  }

  // How often every pair was sent. Only once all pairs could have been is it worth looking.
  private int level() {
    long least = history.size() / history.different();
    for (int one = 0; least > 0 && one < history.texts(); one++) {
      for (int other = 0; other < one; other++) {
        least = Math.min(least, history.uses(one, other));
      }
    }
    return (int) least;
  }

  // The few pairs that chance does not find.
  private void rest(int level, List<Pair> pairs, int count) {
    List<int[]> unused = new ArrayList<>();
    for (int one = 0; one < history.texts(); one++) {
      for (int other = 0; other < one; other++) {
        if (history.uses(one, other) <= level) {
          unused.add(new int[] {one, other});
        }
      }
    }
    for (int place : shuffled(unused.size())) {
      if (pairs.size() < count) {
        pairs.add(send(unused.get(place)[0], unused.get(place)[1]));
      }
    }
  }

  /// The pairs that tell most.
  ///
  /// @param scores of the texts, in logits
  /// @param errors their standard errors, in logits
  /// @param count how many
  public List<Pair> next(double[] scores, double[] errors, int count) {
    if (scores.length != history.texts() || errors.length != history.texts()) {
      throw new IllegalArgumentException(
          "there are " + history.texts() + " texts, and " + scores.length + " scores");
    }
    var variances = new double[errors.length];
    for (int i = 0; i < errors.length; i++) {
      variances[i] = Math.max(1e-6, errors[i] * errors[i]);
    }
    List<Pair> pairs = new ArrayList<>();
    Gap gap = wanted;
    int level = level();
    while (pairs.size() < count) {
      if (level() > level) {
        level = level();
        gap = wanted;
      }
      var round = new Round(history, scores, variances, gap, level, shuffled(scores.length));
      int before = pairs.size();
      for (int text : byNeed(variances)) {
        int partner = pairs.size() < count ? round.partner(text) : Round.NONE;
        if (partner != Round.NONE) {
          round.take(text, partner);
          pairs.add(send(text, partner));
          learn(scores, variances, text, partner);
        }
      }
      // Nothing within the bounds is left that was not sent: look beyond them, until all pairs
      // were.
      if (pairs.size() == before) {
        gap = Gap.ANY;
      }
    }
    return List.copyOf(pairs);
  }

  // What the comparison is expected to tell, so that the next round looks elsewhere.
  private static void learn(double[] scores, double[] variances, int one, int other) {
    double information = Round.information(scores[one] - scores[other]);
    double gain = information / (1 + information * (variances[one] + variances[other]));
    double ofOne = variances[one];
    double ofOther = variances[other];
    variances[one] -= gain * ofOne * ofOne;
    variances[other] -= gain * ofOther * ofOther;
  }

  private int[] byNeed(double[] variances) {
    int[] order = shuffled(variances.length);
    List<Integer> sorted = new ArrayList<>();
    for (int text : order) {
      sorted.add(text);
    }
    sorted.sort((a, b) -> Double.compare(variances[b], variances[a]));
    return sorted.stream().mapToInt(Integer::intValue).toArray();
  }

  private Pair send(int one, int other) {
    Pair pair = firstIsOne(one, other) ? new Pair(one, other) : new Pair(other, one);
    history.add(pair);
    return pair;
  }

  private boolean firstIsOne(int one, int other) {
    int sofar = history.inOrder(one, other) - history.inOrder(other, one);
    if (sofar != 0) {
      return sofar < 0;
    }
    int lead = history.lead(one) - history.lead(other);
    return lead == 0 ? random.nextBoolean() : lead < 0;
  }

  private int[] shuffled(int size) {
    int[] numbers = new int[size];
    for (int k = 0; k < size; k++) {
      int other = random.nextInt(k + 1);
      numbers[k] = numbers[other];
      numbers[other] = k;
    }
    return numbers;
  }
}
