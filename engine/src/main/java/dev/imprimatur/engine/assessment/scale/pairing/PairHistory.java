package dev.imprimatur.engine.assessment.scale.pairing;

import dev.imprimatur.engine.assessment.scale.Comparisons;

/// Which pairs were sent so far, and in which order their texts were shown. Texts are numbers from
/// zero. Not for several threads.
public final class PairHistory {
  private final int texts;
  private final PairCounts counts = new PairCounts();
  private final int[] firsts;
  private final int[] seconds;
  private long size;

  /// A history without pairs.
  ///
  /// @throws IllegalArgumentException if there are fewer than two texts
  public PairHistory(int texts) {
    if (texts < 2) {
      throw new IllegalArgumentException("a pair needs two texts, and there are " + texts);
    }
    this.texts = texts;
    this.firsts = new int[texts];
    this.seconds = new int[texts];
  }

  /// The pairs of these comparisons. Where the order is not known, the winner is taken for the
  /// first.
  public static PairHistory of(Comparisons comparisons) {
    var history = new PairHistory(comparisons.texts().size());
    for (int k = 0; k < comparisons.size(); k++) {
      int winner = comparisons.winner(k);
      int loser = comparisons.loser(k);
      boolean swapped = comparisons.ordered(k) && !comparisons.winnerFirst(k);
      history.add(swapped ? new Pair(loser, winner) : new Pair(winner, loser));
    }
    return history;
  }

  /// Adds a pair that was sent.
  public void add(Pair pair) {
    counts.add(key(pair.first(), pair.second()));
    firsts[pair.first()]++;
    seconds[pair.second()]++;
    size++;
  }

  /// How many texts there are.
  public int texts() {
    return texts;
  }

  /// How many pairs were sent, repeats counted.
  public long size() {
    return size;
  }

  /// How many different pairs there are.
  public long different() {
    return texts * (texts - 1L) / 2;
  }

  /// How often two texts were sent together, in either order.
  public int uses(int one, int other) {
    return counts.of(key(one, other)) + counts.of(key(other, one));
  }

  /// How often they were sent in this order.
  public int inOrder(int first, int second) {
    return counts.of(key(first, second));
  }

  /// How many pairs a text was in.
  public int appearances(int text) {
    return firsts[text] + seconds[text];
  }

  /// How much more often a text was shown first than second.
  public int lead(int text) {
    return firsts[text] - seconds[text];
  }

  private long key(int first, int second) {
    return (long) first * texts + second;
  }
}
