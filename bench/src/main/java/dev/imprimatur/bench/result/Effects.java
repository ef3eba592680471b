package dev.imprimatur.bench.result;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// What really happened to each job, summed over the processes that ran them.
public final class Effects {
  private static final int ROW = 20;

  private final int[] runs;
  private final long[] started;
  private final long[] enqueued;

  private Effects(int jobs) {
    runs = new int[jobs];
    started = new long[jobs];
    enqueued = new long[jobs];
  }

  /// Reads what the processes recorded about the same jobs.
  public static Effects read(List<Path> files) throws IOException {
    Effects sum = null;
    for (Path file : files) {
      ByteBuffer rows = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      int jobs = rows.remaining() / ROW;
      if (sum == null) {
        sum = new Effects(jobs);
      }
      for (int job = 0; job < jobs; job++) {
        sum.runs[job] += rows.getInt();
        sum.started[job] = earlier(sum.started[job], rows.getLong());
        sum.enqueued[job] = earlier(sum.enqueued[job], rows.getLong());
      }
    }
    if (sum == null) {
      throw new IllegalArgumentException("nothing was recorded");
    }
    return sum;
  }

  // 0 is never.
  private static long earlier(long a, long b) {
    return a == 0 ? b : b == 0 ? a : Math.min(a, b);
  }

  /// Jobs that never ran.
  public int lost() {
    return (int) Arrays.stream(runs).filter(n -> n == 0).count();
  }

  /// Runs beyond the first of each job.
  public int repeats() {
    return Arrays.stream(runs).map(n -> Math.max(0, n - 1)).sum();
  }

  /// When the first handler began, in nanoseconds of the machine's monotonic clock.
  public long firstStart() {
    return Arrays.stream(started).filter(t -> t != 0).min().orElse(0);
  }

  /// From asking for the enqueuing to the start of the handler, in nanoseconds, sorted.
  ///
  /// @param skip so many of the first jobs, while things are warming up
  public long[] latencies(int skip) {
    long[] result = new long[runs.length];
    int n = 0;
    for (int job = skip; job < runs.length; job++) {
      if (started[job] != 0 && enqueued[job] != 0) {
        result[n++] = started[job] - enqueued[job];
      }
    }
    long[] sorted = Arrays.copyOf(result, n);
    Arrays.sort(sorted);
    return sorted;
  }
}
