package dev.imprimatur.fxml.metric;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What a figure was over the last minutes, as far as somebody looked.
final class Samples {
  static final Duration SPAN = Duration.ofMinutes(5);

  /// Looks that are further apart are not joined: what was between them nobody saw.
  private static final long GAP_NANOS = Duration.ofSeconds(20).toNanos();

  /// @param nanos when, by [System#nanoTime]
  record Sample(long nanos, double value) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  void add(long nanos, double value) {
    samples.addLast(new Sample(nanos, value));
    while (nanos - samples.getFirst().nanos() > SPAN.toNanos()) {
      samples.removeFirst();
    }
  }

  /// All, oldest first, in pieces that belong together.
  List<List<Sample>> pieces() {
    List<List<Sample>> pieces = new ArrayList<>();
    long last = 0;
    for (Sample sample : samples) {
      if (pieces.isEmpty() || sample.nanos() - last > GAP_NANOS) {
        pieces.add(new ArrayList<>());
      }
      pieces.getLast().add(sample);
      last = sample.nanos();
    }
    return pieces;
  }

  int size() {
    return samples.size();
  }

  double first() {
    return samples.isEmpty() ? 0 : samples.getFirst().value();
  }

  double greatest() {
    return samples.stream().mapToDouble(Sample::value).max().orElse(0);
  }
}
