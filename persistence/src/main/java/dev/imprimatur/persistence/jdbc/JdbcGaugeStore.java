package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.metric.Gauges;
import dev.imprimatur.engine.store.GaugeStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Figures in one query: every part of it reads along an index and stops at a bound, however many
/// jobs have ended.
final class JdbcGaugeStore implements GaugeStore {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /// Each a part of the query: what is meant, of what, in which state, how many, since when.
  static final String FIGURES =
      """
      SELECT 'job' AS what, kind AS item, 'PENDING' AS state, count(*) AS number, min(run_at) AS since
      FROM (SELECT kind, run_at FROM job_any_open WHERE status = 'PENDING' LIMIT :most) waiting GROUP BY kind
      UNION ALL
      SELECT 'job', kind, 'RUNNING', count(*), CAST(NULL AS timestamp(6) with time zone)
      FROM (SELECT kind FROM job_any_open WHERE status = 'RUNNING' LIMIT :most) at_work GROUP BY kind
      UNION ALL
      SELECT 'stuck', kind, 'RUNNING', count(*), CAST(NULL AS timestamp(6) with time zone)
      FROM (
        SELECT kind FROM job_any_open WHERE status = 'RUNNING' AND (heartbeat_at < :long_ago
          OR greatest(coalesce(progress_at, started_at), started_at) < :long_ago) LIMIT :most) hanging GROUP BY kind
      UNION ALL
      SELECT 'ended', '', status, count(*), CAST(NULL AS timestamp(6) with time zone)
      FROM (SELECT status FROM job_history WHERE finished_at > :minute_ago LIMIT :most) ended GROUP BY status
      UNION ALL
      SELECT 'ended', '', status, count(*), CAST(NULL AS timestamp(6) with time zone)
      FROM (SELECT status FROM legacy_job WHERE finished_at > :minute_ago AND NOT copied LIMIT :most) ended_old
      GROUP BY status
      UNION ALL
      SELECT 'delivery', subscriber, state, count(*), min(occurred_at)
      FROM (
        SELECT d.subscriber, CASE WHEN d.dead_at IS NULL THEN 'PENDING' ELSE 'DEAD' END AS state, e.occurred_at
        FROM outbox_subscriber s JOIN outbox_delivery d ON d.subscriber = s.name JOIN outbox_event e ON e.id = d.event_id
        WHERE d.acked_at IS NULL AND d.skipped_at IS NULL LIMIT :most) due GROUP BY subscriber, state
      UNION ALL
      SELECT 'subscriber', name, '', 0, CAST(NULL AS timestamp(6) with time zone) FROM outbox_subscriber
      UNION ALL
      SELECT 'sweep', s.name, CASE WHEN r.error IS NULL THEN '' ELSE 'FAILING' END, 0,
        CASE WHEN p.picked THEN CAST(NULL AS timestamp(6) with time zone) ELSE p.execution_time END
      FROM sweep s LEFT JOIN sweep_schedule p ON p.task_name = s.name
        LEFT JOIN sweep_run r ON r.name = s.name AND r.tick = s.last_tick
      """;

  private final JdbcTransaction tx;

  JdbcGaugeStore(JdbcTransaction tx) {
    this.tx = tx;
  }

  private record Figure(
      String what, String item, String state, long number, @Nullable Instant since) {
    static Figure of(ResultSet rs) throws SQLException {
      return new Figure(
          rs.getString("what"),
          rs.getString("item"),
          rs.getString("state"),
          rs.getLong("number"),
          Rows.instantOrNull(rs, "since"));
    }

    String code() {
      return state.toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Gauges read(int most, Duration tooLong) {
    Instant now = tx.now();
    List<Gauges.Depth> depths = new ArrayList<>();
    List<Gauges.Stuck> stuck = new ArrayList<>();
    Map<String, Long> ended = new TreeMap<>();
    Map<String, Gauges.Lag> lags = new TreeMap<>();
    Map<String, Gauges.Tick> ticks = new TreeMap<>();
    for (Figure f : figures(most, now, tooLong)) {
      Duration age = age(f.since(), now);
      switch (f.what()) {
        case "job" -> depths.add(new Gauges.Depth(f.item(), f.code(), f.number(), age));
        case "stuck" -> stuck.add(new Gauges.Stuck(f.item(), f.number()));
        // A job that has ended stands in one of the layouts.
        case "ended" -> ended.merge(f.code(), f.number(), Long::sum);
        case "sweep" ->
            ticks.put(f.item(), new Gauges.Tick(f.item(), age, f.state().equals("FAILING")));
        default -> lags.merge(f.item(), lag(f, age), JdbcGaugeStore::sum);
      }
    }
    return new Gauges(
        List.copyOf(depths),
        List.copyOf(stuck),
        ended.entrySet().stream().map(e -> new Gauges.Ended(e.getKey(), e.getValue())).toList(),
        List.copyOf(lags.values()),
        List.copyOf(ticks.values()));
  }

  private List<Figure> figures(int most, Instant now, Duration tooLong) {
    return tx.handle()
        .createQuery(FIGURES)
        .bind("most", most)
        .bind("long_ago", Rows.time(now.minus(tooLong)))
        .bind("minute_ago", Rows.time(now.minus(MINUTE)))
        .map((rs, ctx) -> Figure.of(rs))
        .list();
  }

  private static Duration age(@Nullable Instant since, Instant now) {
    return since == null || since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
  }

  private static Gauges.Lag lag(Figure f, Duration age) {
    boolean pending = f.state().equals("PENDING");
    boolean dead = f.state().equals("DEAD");
    return new Gauges.Lag(
        f.item(), pending ? f.number() : 0, dead ? f.number() : 0, pending ? age : Duration.ZERO);
  }

  private static Gauges.Lag sum(Gauges.Lag one, Gauges.Lag other) {
    return new Gauges.Lag(
        one.subscriber(),
        one.pending() + other.pending(),
        one.dead() + other.dead(),
        one.oldest().compareTo(other.oldest()) > 0 ? one.oldest() : other.oldest());
  }
}
