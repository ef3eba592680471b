package dev.imprimatur.engine.metric;

import java.time.Duration;
import java.util.List;

/// What has come together of one figure in this process since it started.
///
/// @param labels values, in the order of the meter's labels
/// @param total how long it took in all; zero for what is only counted
public record Measure(Meter meter, List<String> labels, long count, Duration total) {
  public Measure {
    labels = List.copyOf(labels);
  }

  /// How long it took on average; zero where nothing was timed.
  public Duration average() {
    return count == 0 ? Duration.ZERO : total.dividedBy(count);
  }
}
