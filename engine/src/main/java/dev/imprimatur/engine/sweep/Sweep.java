package dev.imprimatur.engine.sweep;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// A piece of recurring work. It must be safe to repeat, and safe beside another pass of itself: a
/// process that was presumed dead may come back in the middle of one.
///
/// @param name stable; lower-case words with hyphens
/// @param interval between two ticks unless people set another; from 1 s to 7 d
public record Sweep(String name, Duration interval, Work work) {
  /// The shortest interval there is.
  public static final Duration SHORTEST = Duration.ofSeconds(1);

  /// The longest.
  public static final Duration LONGEST = Duration.ofDays(7);

  public Sweep {
    if (!inRange(interval)) {
      throw new IllegalArgumentException("the interval of " + name + " is out of range");
    }
  }

  /// What a sweep does.
  @FunctionalInterface
  public interface Work {
    /// Looks once and treats what it finds. What can't be treated must not keep the rest from it.
    ///
    /// @param stopping whether the process is about to end: return soon, in good order
    Findings sweep(BooleanSupplier stopping);
  }

  /// Whether a sweep may have this interval.
  public static boolean inRange(Duration interval) {
    return interval.compareTo(SHORTEST) >= 0 && interval.compareTo(LONGEST) <= 0;
  }
}
