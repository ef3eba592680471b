package dev.imprimatur.engine.assessment.scale.pairing;

import java.util.Arrays;

/// Counts by key, in two arrays: a million pairs take 24 MB at most, and no object each.
final class PairCounts {
  private static final long EMPTY = -1;

  private long[] keys = new long[1 << 8];
  private int[] counts = new int[1 << 8];
  private int size;

  PairCounts() {
    Arrays.fill(keys, EMPTY);
  }

  int of(long key) {
    int place = place(keys, key);
    return keys[place] == key ? counts[place] : 0;
  }

  void add(long key) {
    int place = place(keys, key);
    if (keys[place] == EMPTY) {
      keys[place] = key;
      size++;
    }
    counts[place]++;
    if (size > keys.length / 2) {
      grow();
    }
  }

  private static int place(long[] keys, long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    int place = (int) (mixed >>> 32) & (keys.length - 1);
    while (keys[place] != EMPTY && keys[place] != key) {
      place = (place + 1) & (keys.length - 1);
    }
    return place;
  }

  private void grow() {
    long[] more = new long[2 * keys.length];
    int[] moreCounts = new int[2 * keys.length];
    Arrays.fill(more, EMPTY);
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != EMPTY) {
        int place = place(more, keys[i]);
        more[place] = keys[i];
        moreCounts[place] = counts[i];
      }
    }
    keys = more;
    counts = moreCounts;
  }
}
