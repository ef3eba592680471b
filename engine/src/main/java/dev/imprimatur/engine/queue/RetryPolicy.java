package dev.imprimatur.engine.queue;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/// How long to wait before the next attempt: `base × 2^(attempt − 1)`, at most `longest`, times a
/// random factor from 0.5 to 1.0, so that jobs which failed together do not come back together.
///
/// @param base the longest first wait
/// @param longest the cap before the random factor
/// @param random numbers from 0 (inclusive) to 1 (exclusive)
public record RetryPolicy(Duration base, Duration longest, DoubleSupplier random) {

  /// The wait after a failed attempt.
  ///
  /// @param attempt the attempt that failed, from 1
  public Duration delayAfter(int attempt) {
    long doubled = base.toMillis() << Math.min(Math.max(attempt - 1, 0), 30);
    long capped = doubled < 0 ? longest.toMillis() : Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(Math.round(capped * (0.5 + random.getAsDouble() / 2)));
  }
}
