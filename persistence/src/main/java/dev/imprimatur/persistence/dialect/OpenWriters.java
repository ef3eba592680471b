package dev.imprimatur.persistence.dialect;

import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/// The transactions of this process that are writing events. On H2 no other process can.
final class OpenWriters {
  private final AtomicLong last = new AtomicLong();
  private final ConcurrentSkipListSet<Long> open = new ConcurrentSkipListSet<>();

  /// Enters one.
  ///
  /// @return to be run when it has ended
  Runnable enter() {
    long number;
    // Number and entry are one step: whoever reads the last number sees all that are open.
    synchronized (this) {
      number = last.incrementAndGet();
      open.add(number);
    }
    return () -> open.remove(number);
  }

  /// The last number given.
  synchronized long mark() {
    return last.get();
  }

  /// Whether all up to this number have ended.
  boolean endedUpTo(long mark) {
    Long first = open.isEmpty() ? null : open.ceiling(0L);
    return first == null || first > mark;
  }
}
