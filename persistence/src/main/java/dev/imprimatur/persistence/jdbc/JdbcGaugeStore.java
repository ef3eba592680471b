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

/// Figures in one query: every part of it reads along an index and stops at a bound.
final class JdbcGaugeStore implements GaugeStore {
  private static final String FIGURES =
      """
      SELECT 'job' AS what, kind AS item, 'PENDING' AS state, count(*) AS number,
        CAST(NULL AS timestamp(6) with time zone) AS since
      FROM (SELECT kind FROM job_any_open WHERE status = 'PENDING' LIMIT :most) waiting GROUP BY kind
      UNION ALL
      SELECT 'job', kind, 'RUNNING', count(*), CAST(NULL AS timestamp(6) with time zone)
      FROM (SELECT kind FROM job_any_open WHERE status = 'RUNNING' LIMIT :most) at_work GROUP BY kind
      UNION ALL
      SELECT 'delivery', subscriber, state, count(*), min(occurred_at)
      FROM (
        SELECT d.subscriber, CASE WHEN d.dead_at IS NULL THEN 'PENDING' ELSE 'DEAD' END AS state, e.occurred_at
        FROM outbox_subscriber s JOIN outbox_delivery d ON d.subscriber = s.name JOIN outbox_event e ON e.id = d.event_id
        WHERE d.acked_at IS NULL AND d.skipped_at IS NULL LIMIT :most) due GROUP BY subscriber, state
      UNION ALL
      SELECT 'subscriber', name, '', 0, CAST(NULL AS timestamp(6) with time zone) FROM outbox_subscriber
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
  }

  @Override
  public Gauges read(int most) {
    List<Figure> figures =
        tx.handle().createQuery(FIGURES).bind("most", most).map((rs, ctx) -> Figure.of(rs)).list();
    List<Gauges.Depth> depths = new ArrayList<>();
    Map<String, Gauges.Lag> lags = new TreeMap<>();
    for (Figure f : figures) {
      if (f.what().equals("job")) {
        depths.add(new Gauges.Depth(f.item(), f.state().toLowerCase(Locale.ROOT), f.number()));
      } else {
        lags.merge(f.item(), lag(f), JdbcGaugeStore::sum);
      }
    }
    return new Gauges(depths, List.copyOf(lags.values()));
  }

  private Gauges.Lag lag(Figure f) {
    boolean pending = f.state().equals("PENDING");
    boolean dead = f.state().equals("DEAD");
    Duration oldest =
        pending && f.since() != null ? Duration.between(f.since(), tx.now()) : Duration.ZERO;
    return new Gauges.Lag(
        f.item(),
        pending ? f.number() : 0,
        dead ? f.number() : 0,
        oldest.isNegative() ? Duration.ZERO : oldest);
  }

  private static Gauges.Lag sum(Gauges.Lag one, Gauges.Lag other) {
    return new Gauges.Lag(
        one.subscriber(),
        one.pending() + other.pending(),
        one.dead() + other.dead(),
        one.oldest().compareTo(other.oldest()) > 0 ? one.oldest() : other.oldest());
  }
}
