package dev.imprimatur.engine.store;

import dev.imprimatur.engine.metric.Gauges;
import java.time.Duration;

/// What there is, in figures.
public interface GaugeStore {
  /// Reads all figures in one query.
  ///
  /// @param most at most so many rows are looked at for each of them
  /// @param tooLong how long a running job may go unheard of, or without coming forward
  Gauges read(int most, Duration tooLong);
}
