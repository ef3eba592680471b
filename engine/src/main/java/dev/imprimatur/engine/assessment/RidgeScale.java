package dev.imprimatur.engine.assessment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Bradley–Terry with a pseudo-count: besides its answers, every text has half a win and half a
/// loss against a text in the middle. So every text has a finite score, also one that won
/// everything or was never compared. Ties are half wins.
///
/// Standard errors are the square roots of the diagonal of the inverse information up to 200 texts;
/// above, of the inverse of its diagonal, which makes them too small.
public final class RidgeScale implements Scale {
  private static final int EXACT = 200;
  private static final int ROUNDS = 10_000;
  private static final double ENOUGH = 1e-10;

  @Override
  public Ranking rank(List<UUID> texts, List<Judged> answers) {
    Map<UUID, Integer> index = index(texts);
    int n = texts.size();
    double[] wins = new double[n];
    int[] compared = new int[n];
    List<int[]> pairs = new ArrayList<>();
    for (Judged a : answers) {
      int first = index.getOrDefault(a.first(), -1);
      int second = index.getOrDefault(a.second(), -1);
      pairs.add(new int[] {first, second});
      wins[first] += a.firstShare();
      wins[second] += 1 - a.firstShare();
      compared[first]++;
      compared[second]++;
    }
    double[] score = fit(wins, pairs);
    double[] variance = variances(score, pairs);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      order.add(i);
    }
    // Rounded, so that what is equal but for the last digits keeps the texts' order.
    order.sort(Comparator.comparingLong((Integer i) -> -Math.round(score[i] * 1e8)));
    List<Place> places = new ArrayList<>();
    for (int i : order) {
      places.add(
          new Place(
              texts.get(i), places.size() + 1, score[i], Math.sqrt(variance[i]), compared[i]));
    }
    return new Ranking(List.copyOf(places), reliability(score, variance));
  }

  /// Minorise and maximise.
  private static double[] fit(double[] wins, List<int[]> pairs) {
    int n = wins.length;
    double[] strength = new double[n];
    Arrays.fill(strength, 1);
    for (int round = 0; round < ROUNDS; round++) {
      double[] games = new double[n];
      for (int i = 0; i < n; i++) {
        games[i] = 1 / (strength[i] + 1);
      }
      for (int[] p : pairs) {
        double share = 1 / (strength[p[0]] + strength[p[1]]);
        games[p[0]] += share;
        games[p[1]] += share;
      }
      double moved = 0;
      for (int i = 0; i < n; i++) {
        double next = (wins[i] + 0.5) / games[i];
        moved = Math.max(moved, Math.abs(Math.log(next / strength[i])));
        strength[i] = next;
      }
      if (moved < ENOUGH) {
        break;
      }
    }
    return Arrays.stream(strength).map(Math::log).toArray();
  }

  private static double[] variances(double[] score, List<int[]> pairs) {
    int n = score.length;
    if (n > EXACT) {
      double[] diagonal = new double[n];
      for (int i = 0; i < n; i++) {
        diagonal[i] = information(score[i]);
      }
      for (int[] p : pairs) {
        double w = information(score[p[0]] - score[p[1]]);
        diagonal[p[0]] += w;
        diagonal[p[1]] += w;
      }
      return Arrays.stream(diagonal).map(d -> 1 / d).toArray();
    }
    double[][] m = new double[n][n];
    for (int i = 0; i < n; i++) {
      m[i][i] = information(score[i]);
    }
    for (int[] p : pairs) {
      double w = information(score[p[0]] - score[p[1]]);
      m[p[0]][p[0]] += w;
      m[p[1]][p[1]] += w;
      m[p[0]][p[1]] -= w;
      m[p[1]][p[0]] -= w;
    }
    invert(m);
    double[] variance = new double[n];
    for (int i = 0; i < n; i++) {
      variance[i] = m[i][i];
    }
    return variance;
  }

  private static double information(double difference) {
    double p = 1 / (1 + Math.exp(-difference));
    return p * (1 - p);
  }

  /// Gauss–Jordan in place; the matrix is positive definite, so the diagonal will do as pivots.
  private static void invert(double[][] m) {
    int n = m.length;
    for (int k = 0; k < n; k++) {
      double pivot = 1 / m[k][k];
      m[k][k] = 1;
      for (int j = 0; j < n; j++) {
        m[k][j] *= pivot;
      }
      for (int i = 0; i < n; i++) {
        double factor = m[i][k];
        if (i != k && factor != 0) {
          m[i][k] = 0;
          for (int j = 0; j < n; j++) {
            m[i][j] -= factor * m[k][j];
          }
        }
      }
    }
  }

  private static @Nullable Double reliability(double[] score, double[] variance) {
    int n = score.length;
    if (n < 2) {
      return null;
    }
    double mean = Arrays.stream(score).average().orElse(0);
    double spread = Arrays.stream(score).map(s -> (s - mean) * (s - mean)).sum() / (n - 1);
    double error = Arrays.stream(variance).average().orElse(0);
    return spread < 1e-12 ? null : 1 - error / spread;
  }

  @Override
  public @Nullable Double reliabilityWith(
      Ranking ranking, List<Judged> answers, List<Comparison.Pair> outstanding) {
    List<UUID> texts = ranking.places().stream().map(Place::text).toList();
    Map<UUID, Integer> index = index(texts);
    List<int[]> pairs = new ArrayList<>();
    answers.forEach(a -> pairs.add(pair(index, a.first(), a.second())));
    outstanding.forEach(p -> pairs.add(pair(index, p.first(), p.second())));
    double[] score = ranking.places().stream().mapToDouble(Place::score).toArray();
    return reliability(score, variances(score, pairs));
  }

  private static int[] pair(Map<UUID, Integer> index, UUID first, UUID second) {
    return new int[] {index.getOrDefault(first, -1), index.getOrDefault(second, -1)};
  }

  private static Map<UUID, Integer> index(List<UUID> texts) {
    Map<UUID, Integer> index = new HashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      index.put(texts.get(i), i);
    }
    return index;
  }
}
