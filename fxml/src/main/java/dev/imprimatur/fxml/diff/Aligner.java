package dev.imprimatur.fxml.diff;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds what two sequences have in common, at a bounded cost. Myers' algorithm is exact but takes
/// the square of what differs; so large stretches are first cut at runs that occur once on either
/// side, as patience and histogram diffs do, and only small ones are left to it. Where effort runs
/// out, a stretch counts as different.
final class Aligner {
  /// Up to how many elements, both sides together, Myers' algorithm is asked.
  private static final int SMALL = 1024;

  /// Lengths of the runs looked for, the surest first.
  private static final int[] RUNS = {13, 5, 1};

  private long effort;

  /// @param effort about how many elementary steps may be taken in all
  Aligner(long effort) {
    this.effort = effort;
  }

  private record Stretch(int leftFrom, int leftTo, int rightFrom, int rightTo) {
    int length() {
      return leftTo - leftFrom + rightTo - rightFrom;
    }

    boolean oneSided() {
      return leftFrom >= leftTo || rightFrom >= rightTo;
    }
  }

  /// For each element on the left the index of its partner on the right, or -1. Partners are equal,
  /// and their order is the same on both sides.
  int[] align(int[] left, int[] right) {
    int[] partners = new int[left.length];
    Arrays.fill(partners, -1);
    Deque<Stretch> open = new ArrayDeque<>();
    open.push(new Stretch(0, left.length, 0, right.length));
    while (!open.isEmpty()) {
      Stretch stretch = trim(open.pop(), left, right, partners);
      if (stretch.oneSided() || effort <= 0) {
        continue;
      }
      int[] leftShared =
          shared(left, stretch.leftFrom, stretch.leftTo, right, stretch.rightFrom, stretch.rightTo);
      int[] rightShared =
          shared(right, stretch.rightFrom, stretch.rightTo, left, stretch.leftFrom, stretch.leftTo);
      effort -= stretch.length();
      if (leftShared.length == 0) {
        continue;
      }
      if (leftShared.length + rightShared.length <= SMALL) {
        exact(left, leftShared, right, rightShared, partners);
      } else {
        divide(stretch, left, right, partners, open);
      }
    }
    return partners;
  }

  private static Stretch trim(Stretch s, int[] left, int[] right, int[] partners) {
    int leftFrom = s.leftFrom;
    int rightFrom = s.rightFrom;
    while (leftFrom < s.leftTo && rightFrom < s.rightTo && left[leftFrom] == right[rightFrom]) {
      partners[leftFrom++] = rightFrom++;
    }
    int leftTo = s.leftTo;
    int rightTo = s.rightTo;
    while (leftTo > leftFrom && rightTo > rightFrom && left[leftTo - 1] == right[rightTo - 1]) {
      partners[--leftTo] = --rightTo;
    }
    return new Stretch(leftFrom, leftTo, rightFrom, rightTo);
  }

  /// The indices of elements that occur on the other side at all; the others cost nothing.
  private static int[] shared(int[] of, int from, int to, int[] other, int otherFrom, int otherTo) {
    Set<Integer> there = new HashSet<>();
    for (int i = otherFrom; i < otherTo; i++) {
      there.add(other[i]);
    }
    int[] found = new int[to - from];
    int count = 0;
    for (int i = from; i < to; i++) {
      if (there.contains(of[i])) {
        found[count++] = i;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private void exact(int[] left, int[] leftAt, int[] right, int[] rightAt, int[] partners) {
    effort -= (long) leftAt.length * rightAt.length;
    List<AbstractDelta<Integer>> deltas =
        DiffUtils.diff(values(left, leftAt), values(right, rightAt)).getDeltas();
    int i = 0;
    int j = 0;
    for (AbstractDelta<Integer> delta : deltas) {
      while (i < delta.getSource().getPosition()) {
        partners[leftAt[i++]] = rightAt[j++];
      }
      i += delta.getSource().size();
      j += delta.getTarget().size();
    }
    while (i < leftAt.length) {
      partners[leftAt[i++]] = rightAt[j++];
    }
  }

  private static List<Integer> values(int[] of, int[] at) {
    List<Integer> values = new ArrayList<>(at.length);
    for (int index : at) {
      values.add(of[index]);
    }
    return values;
  }

  private void divide(Stretch s, int[] left, int[] right, int[] partners, Deque<Stretch> open) {
    for (int run : RUNS) {
      effort -= 4L * s.length();
      List<int[]> anchors =
          Anchors.find(
              Arrays.copyOfRange(left, s.leftFrom, s.leftTo),
              Arrays.copyOfRange(right, s.rightFrom, s.rightTo),
              run);
      if (!anchors.isEmpty()) {
        between(s, anchors, run, partners, open);
        return;
      }
    }
  }

  /// Joins the anchors and leaves what lies between them open.
  private static void between(
      Stretch s, List<int[]> anchors, int run, int[] partners, Deque<Stretch> open) {
    int leftNext = s.leftFrom;
    int rightNext = s.rightFrom;
    for (int[] anchor : anchors) {
      for (int k = 0; k < run; k++) {
        int i = s.leftFrom + anchor[0] + k;
        int j = s.rightFrom + anchor[1] + k;
        // Runs may overlap; what is joined stays joined.
        if (i >= leftNext && j >= rightNext) {
          if (i > leftNext && j > rightNext) {
            open.push(new Stretch(leftNext, i, rightNext, j));
          }
          partners[i] = j;
          leftNext = i + 1;
          rightNext = j + 1;
        }
      }
    }
    open.push(new Stretch(leftNext, s.leftTo, rightNext, s.rightTo));
  }
}
