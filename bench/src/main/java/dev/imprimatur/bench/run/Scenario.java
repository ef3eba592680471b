package dev.imprimatur.bench.run;

import java.util.Locale;

/// What is measured.
public enum Scenario {
  THROUGHPUT(
      "jobs/s", "jobs enqueued beforehand, from the first start to the last acknowledgement"),
  LATENCY("ms p50", "from enqueuing in another process to the start, at an even rate"),
  HISTORY("jobs/s", "throughput with finished jobs there from before"),
  SNAPSHOT("jobs/s", "throughput while a transaction holds an old snapshot"),
  STEADY("jobs/s", "minutes of work with a backlog that is refilled"),
  SCALE("jobs/s", "ours: processes × jobs at a time"),
  H2("jobs/s", "ours on a local H2 file");

  private final String unit;
  private final String what;

  Scenario(String unit, String what) {
    this.unit = unit;
    this.what = what;
  }

  /// The name on the command line.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String unit() {
    return unit;
  }

  public String what() {
    return what;
  }
}
