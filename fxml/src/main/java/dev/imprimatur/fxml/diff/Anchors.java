package dev.imprimatur.fxml.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs of elements that occur exactly once on either side, as many as stand in the same order on
/// both.
final class Anchors {
  private static final long PRIME = 1_000_003;
  private static final int SEVERAL = -2;
  private static final int NONE = -1;

  private Anchors() {}

  private static final class Place {
    private int left = NONE;
    private int right = NONE;
  }

  /// Pairs of indices, left and right, at which such runs begin; rising on both sides.
  static List<int[]> find(int[] left, int[] right, int run) {
    if (left.length < run || right.length < run) {
      return List.of();
    }
    Map<Long, Place> places = new HashMap<>();
    long[] leftHashes = hashes(left, run);
    long[] rightHashes = hashes(right, run);
    for (int i = 0; i < leftHashes.length; i++) {
      Place place = places.computeIfAbsent(leftHashes[i], h -> new Place());
      place.left = place.left == NONE ? i : SEVERAL;
    }
    for (int j = 0; j < rightHashes.length; j++) {
      Place place = places.get(rightHashes[j]);
      if (place != null) {
        place.right = place.right == NONE ? j : SEVERAL;
      }
    }
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < leftHashes.length; i++) {
      Place place = places.get(leftHashes[i]);
      if (place != null && place.left == i && place.right >= 0) {
        int j = place.right;
        // Two different runs may have one hash.
        if (Arrays.equals(left, i, i + run, right, j, j + run)) {
          pairs.add(new int[] {i, j});
        }
      }
    }
    return rising(pairs);
  }

  private static long[] hashes(int[] values, int run) {
    long[] hashes = new long[values.length - run + 1];
    for (int i = 0; i < hashes.length; i++) {
      long hash = 17;
      for (int k = 0; k < run; k++) {
        hash = hash * PRIME + values[i + k] + 1;
      }
      hashes[i] = hash;
    }
    return hashes;
  }

  /// The longest part in which the right index rises too; by patience sorting.
  private static List<int[]> rising(List<int[]> pairs) {
    int[] tops = new int[pairs.size()];
    int[] before = new int[pairs.size()];
    int piles = 0;
    for (int p = 0; p < pairs.size(); p++) {
      int right = pairs.get(p)[1];
      int low = 0;
      int high = piles;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (pairs.get(tops[middle])[1] < right) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      before[p] = low == 0 ? NONE : tops[low - 1];
      tops[low] = p;
      piles = Math.max(piles, low + 1);
    }
    List<int[]> chain = new ArrayList<>();
    for (int p = piles == 0 ? NONE : tops[piles - 1]; p != NONE; p = before[p]) {
      chain.add(pairs.get(p));
    }
    Collections.reverse(chain);
    return chain;
  }
}
