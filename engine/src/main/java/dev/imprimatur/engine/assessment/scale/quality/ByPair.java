package dev.imprimatur.engine.assessment.scale.quality;

import dev.imprimatur.engine.assessment.scale.Comparisons;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/// Comparisons by the two texts that they are between.
final class ByPair {
  private final long[] keys;
  private final int bits;

  private ByPair(long[] keys, int bits) {
    this.keys = keys;
    this.bits = bits;
  }

  /// @param wanted which comparisons, by number
  static ByPair of(Comparisons comparisons, IntPredicate wanted) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(comparisons.size());
    long texts = comparisons.texts().size();
    if (texts * texts > Long.MAX_VALUE >> bits) {
      throw new IllegalArgumentException("too many texts: " + texts);
    }
    long[] keys = new long[comparisons.size()];
    int count = 0;
    for (int k = 0; k < comparisons.size(); k++) {
      if (wanted.test(k)) {
        long low = Math.min(comparisons.winner(k), comparisons.loser(k));
        long high = Math.max(comparisons.winner(k), comparisons.loser(k));
        keys[count++] = ((low * texts + high) << bits) | k;
      }
    }
    keys = Arrays.copyOf(keys, count);
    Arrays.sort(keys);
    return new ByPair(keys, bits);
  }

  /// Tells the numbers of the comparisons of each pair, pair by pair.
  void forEach(Consumer<int[]> pair) {
    int begin = 0;
    for (int k = 1; k <= keys.length; k++) {
      if (k == keys.length || keys[k] >> bits != keys[begin] >> bits) {
        int[] numbers = new int[k - begin];
        for (int i = begin; i < k; i++) {
          numbers[i - begin] = (int) (keys[i] & ((1L << bits) - 1));
        }
        pair.accept(numbers);
        begin = k;
      }
    }
  }
}
