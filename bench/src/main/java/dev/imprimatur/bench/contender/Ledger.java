package dev.imprimatur.bench.contender;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counts in memory how often this process ran each job, and when first. Times are the machine's
/// monotonic clock, which its processes share.
final class Ledger {
  private final AtomicIntegerArray runs;
  private final AtomicLongArray firstStarts;
  private final AtomicLongArray enqueued;
  private final AtomicInteger distinct = new AtomicInteger();

  Ledger(int capacity) {
    runs = new AtomicIntegerArray(capacity);
    firstStarts = new AtomicLongArray(capacity);
    enqueued = new AtomicLongArray(capacity);
  }

  /// A handler runs this job.
  void ran(int job) {
    if (runs.getAndIncrement(job) == 0) {
      firstStarts.set(job, System.nanoTime());
      distinct.incrementAndGet();
    }
  }

  /// A job is about to be enqueued.
  void enqueues(int job) {
    enqueued.set(job, System.nanoTime());
  }

  /// How many jobs have run at least once.
  int distinct() {
    return distinct.get();
  }

  /// Writes, for each of these jobs: runs (4 bytes), first start and enqueuing (8 bytes each,
  /// nanoseconds, 0 for never), little-endian.
  void write(Path file, int from, int to) throws IOException {
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.max(0, to - from) * 20).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    for (int job = from; job < to; job++) {
      buffer.putInt(runs.get(job)).putLong(firstStarts.get(job)).putLong(enqueued.get(job));
    }
    try (var out = new DataOutputStream(Files.newOutputStream(file))) {
      out.write(buffer.array());
    }
  }
}
