package dev.imprimatur.engine.metric;

import java.util.List;

/// Every figure by name. What the metrics endpoint serves and what the console shows of it is
/// called the same.
public enum Meter {
  DATABASE_UP("database.up", Kind.GAUGE),
  QUEUE_DEPTH("queue.depth", Kind.GAUGE, "kind", "status"),
  QUEUE_OLDEST("queue.oldest", Kind.SECONDS, "kind"),
  QUEUE_STUCK("queue.stuck", Kind.GAUGE, "kind"),
  QUEUE_ENDED("queue.ended.last.minute", Kind.GAUGE, "status"),
  OUTBOX_PENDING("outbox.pending", Kind.GAUGE, "subscriber"),
  OUTBOX_DEAD("outbox.dead", Kind.GAUGE, "subscriber"),
  OUTBOX_LAG("outbox.lag", Kind.SECONDS, "subscriber"),
  SWEEP_OVERDUE("sweep.overdue", Kind.SECONDS, "sweep"),
  SWEEP_FAILING("sweep.failing", Kind.GAUGE, "sweep"),
  JOB_WAIT("job.wait", Kind.TIMER, "kind"),
  JOB_CLAIM_TO_START("job.claim.to.start", Kind.TIMER, "kind"),
  JOB_RUN("job.run", Kind.TIMER, "kind", "outcome"),
  JOB_RETRIES("job.retries", Kind.COUNTER, "kind"),
  STALE_JOBS("stale.jobs", Kind.COUNTER, "outcome"),
  QUEUE_DUAL_WRITE("queue.dual.write", Kind.COUNTER, "workspace", "outcome"),
  LOCK_WAIT("lock.wait", Kind.TIMER, "type", "outcome"),
  SWEEP_RUN("sweep.run", Kind.TIMER, "sweep", "outcome"),
  PROVIDER_CALL("provider.call", Kind.TIMER, "what", "provider", "outcome");

  /// What kind of figure it is.
  public enum Kind {
    /// What there is now.
    GAUGE,
    /// How long something takes that is not over.
    SECONDS,
    /// How often something has happened.
    COUNTER,
    /// How often, and how long it took.
    TIMER
  }

  private final String name;
  private final Kind kind;
  private final List<String> labels;

  Meter(String name, Kind kind, String... labels) {
    this.name = "imprimatur." + name;
    this.kind = kind;
    this.labels = List.of(labels);
  }

  /// With dots, without a unit.
  public String dotted() {
    return name;
  }

  /// As the endpoint serves it, with its unit; a timer there ends in `_count`, `_sum` and so on.
  public String exposed() {
    String end =
        switch (kind) {
          case GAUGE -> "";
          case COUNTER -> "_total";
          case SECONDS, TIMER -> "_seconds";
        };
    return name.replace('.', '_') + end;
  }

  public Kind kind() {
    return kind;
  }

  /// By what it is told apart, in order.
  public List<String> labels() {
    return labels;
  }
}
