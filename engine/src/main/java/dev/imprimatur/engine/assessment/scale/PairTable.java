package dev.imprimatur.engine.assessment.scale;

import java.util.Arrays;

/// Comparisons counted by pair: a row for each two texts that were compared, sorted. Where the
/// order matters, a row for each order in which they were shown.
///
/// @param texts how many texts there are
/// @param first the one text of a row; where the order matters, the one shown first
/// @param second the other text
/// @param firstWins how often the first won
/// @param secondWins how often the second won
/// @param ties how often neither did
record PairTable(
    int texts, int[] first, int[] second, int[] firstWins, int[] secondWins, int[] ties) {
  private static final int FIRST_WON = 0;
  private static final int SECOND_WON = 1;
  private static final int TIED = 2;

  /// @param ordered whether the order matters; then every comparison must know it
  static PairTable of(Comparisons comparisons, boolean ordered) {
    int n = comparisons.texts().size();
    long[] keys = new long[comparisons.size()];
    for (int k = 0; k < keys.length; k++) {
      int winner = comparisons.winner(k);
      int loser = comparisons.loser(k);
      boolean winnerIsFirst = ordered ? comparisons.winnerFirst(k) : winner < loser;
      long first = winnerIsFirst ? winner : loser;
      long second = winnerIsFirst ? loser : winner;
      int outcome = comparisons.tie(k) ? TIED : winnerIsFirst ? FIRST_WON : SECOND_WON;
      keys[k] = (first * n + second) * 3 + outcome;
    }
    Arrays.sort(keys);
    int rows = 0;
    for (int k = 0; k < keys.length; k++) {
      rows += k == 0 || keys[k] / 3 != keys[k - 1] / 3 ? 1 : 0;
    }
    var table =
        new PairTable(n, new int[rows], new int[rows], new int[rows], new int[rows], new int[rows]);
    table.count(keys);
    return table;
  }

  private void count(long[] keys) {
    int row = -1;
    for (int k = 0; k < keys.length; k++) {
      long pair = keys[k] / 3;
      if (k == 0 || pair != keys[k - 1] / 3) {
        row++;
        first[row] = (int) (pair / texts);
        second[row] = (int) (pair % texts);
      }
      switch ((int) (keys[k] % 3)) {
        case FIRST_WON -> firstWins[row]++;
        case SECOND_WON -> secondWins[row]++;
        default -> ties[row]++;
      }
    }
  }

  int rows() {
    return first.length;
  }

  int comparisons(int row) {
    return firstWins[row] + secondWins[row] + ties[row];
  }

  long totalTies() {
    return Arrays.stream(ties).asLongStream().sum();
  }
}
