package dev.imprimatur.persistence.sweep;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The database's clock, asked each time. While the database does not answer, it goes on from the
/// last answer by this process's monotonic timer, which no one can set: callers of the scheduling
/// library expect a clock that never throws, and nothing they decide then can be committed anyway.
final class DatabaseClock implements InstantSource {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);

  private final Supplier<Instant> database;
  private volatile @Nullable Reading last;

  private record Reading(Instant at, long nanos) {}

  /// @param database asks the database; may throw
  DatabaseClock(Supplier<Instant> database) {
    this.database = database;
  }

  @Override
  public Instant instant() {
    try {
      Instant now = database.get();
      last = new Reading(now, System.nanoTime());
      return now;
    } catch (RuntimeException e) {
      Reading reading = last;
      if (reading == null) {
        throw e;
      }
      LOG.debug("the database's clock could not be read: {}", e.getMessage());
      return reading.at().plus(Duration.ofNanos(System.nanoTime() - reading.nanos()));
    }
  }
}
