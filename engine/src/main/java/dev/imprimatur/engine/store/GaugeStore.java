package dev.imprimatur.engine.store;

import dev.imprimatur.engine.metric.Gauges;

/// What there is, in figures.
public interface GaugeStore {
  /// Reads all figures in one query.
  ///
  /// @param most at most so many rows are looked at for each of them
  Gauges read(int most);
}
