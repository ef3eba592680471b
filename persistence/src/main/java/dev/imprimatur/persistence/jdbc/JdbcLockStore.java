package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.lock.LockLease;
import dev.imprimatur.engine.lock.WaitCount;
import dev.imprimatur.engine.store.LockStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Leases and measurements over JDBC.
final class JdbcLockStore implements LockStore {
  /// A transaction that lives is never idle for so long.
  private static final Duration LEAST_IDLE = Duration.ofSeconds(5);

  private final JdbcTransaction tx;
  private final Handle handle;

  JdbcLockStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
  }

  @Override
  public boolean guard(String name, long token, Duration waited, Duration idle) {
    tx.dialect().endIfIdle(handle, idle.compareTo(LEAST_IDLE) < 0 ? LEAST_IDLE : idle);
    // Found by its name alone: what the token is, is looked at once the row is locked.
    Optional<Boolean> ours =
        tx.locking(() ->
            handle
                .createQuery(
                    "SELECT token, holder FROM lock_lease WHERE name = :name "
                        + tx.dialect().lockRow())
                .bind("name", name)
                .map((rs, ctx) -> rs.getString("holder") != null && rs.getLong("token") == token)
                .findOne());
    tx.waitedBefore(waited);
    return ours.orElse(false);
  }

  @Override
  public void waited(Duration waited) {
    tx.waitedBefore(waited);
  }

  @Override
  public Optional<LockLease> find(String name) {
    return handle
        .createQuery(tx.dialect().heldLocks() + " AND l.name = :name")
        .bind("name", name)
        .map((rs, ctx) -> lease(rs))
        .findOne();
  }

  @Override
  public List<LockLease> held() {
    return handle
        .createQuery(tx.dialect().heldLocks() + " ORDER BY l.acquired_at, l.name")
        .map((rs, ctx) -> lease(rs))
        .list();
  }

  @Override
  public long countHeld() {
    return handle
        .createQuery("SELECT count(*) FROM lock_lease WHERE holder IS NOT NULL")
        .mapTo(Long.class)
        .one();
  }

  @Override
  public int freeAll() {
    return handle
        .createUpdate(
            """
            UPDATE lock_lease SET holder = NULL, process = NULL, acquired_at = NULL, expires_at = NULL, changed_at = :now
            WHERE holder IS NOT NULL
            """)
        .bind("now", Rows.time(tx.now()))
        .execute();
  }

  @Override
  public void measured(Collection<WaitCount> counts) {
    // Always in the same order: several processes write down at the same time.
    List<WaitCount> ordered =
        counts.stream()
            .sorted(
                Comparator.comparing(WaitCount::type)
                    .thenComparing(WaitCount::outcome)
                    .thenComparing(WaitCount::bucket))
            .toList();
    Instant hour = tx.now().truncatedTo(ChronoUnit.HOURS);
    execute(
        """
        INSERT INTO lock_wait (lock_type, hour_at, outcome, bucket) VALUES (:type, :hour, :outcome, :bucket)
        ON CONFLICT DO NOTHING
        """,
        ordered,
        hour);
    execute(
        """
        UPDATE lock_wait
        SET tries = tries + :tries, contended = contended + :contended, waited_micros = waited_micros + :micros
        WHERE lock_type = :type AND hour_at = :hour AND outcome = :outcome AND bucket = :bucket
        """,
        ordered,
        hour);
  }

  private void execute(String sql, List<WaitCount> counts, Instant hour) {
    PreparedBatch batch = handle.prepareBatch(sql);
    boolean adds = sql.contains(":tries");
    for (WaitCount c : counts) {
      batch
          .bind("type", c.type())
          .bind("hour", Rows.time(hour))
          .bind("outcome", c.outcome().name().toLowerCase(Locale.ROOT))
          .bind("bucket", c.bucket());
      if (adds) {
        batch
            .bind("tries", c.tries())
            .bind("contended", c.contended())
            .bind("micros", c.waitedMicros());
      }
      batch.add();
    }
    batch.execute();
  }

  @Override
  public List<WaitCount> waits(Instant since) {
    return handle
        .createQuery(
            "SELECT * FROM lock_wait WHERE hour_at >= :since ORDER BY lock_type, hour_at, outcome, bucket")
        .bind("since", Rows.time(since))
        .map((rs, ctx) ->
            new WaitCount(
                rs.getString("lock_type"),
                Rows.instant(rs, "hour_at"),
                WaitCount.Outcome.valueOf(rs.getString("outcome").toUpperCase(Locale.ROOT)),
                rs.getInt("bucket"),
                rs.getLong("tries"),
                rs.getLong("contended"),
                rs.getLong("waited_micros")))
        .list();
  }

  @Override
  public int pruneWaits(Instant before) {
    return handle
        .createUpdate("DELETE FROM lock_wait WHERE hour_at <= :before")
        .bind("before", Rows.time(before.minus(Duration.ofHours(1))))
        .execute();
  }

  @Override
  public int pruneFree(Instant before) {
    return handle
        .createUpdate("DELETE FROM lock_lease WHERE holder IS NULL AND changed_at < :before")
        .bind("before", Rows.time(before))
        .execute();
  }

  private static LockLease lease(ResultSet rs) throws SQLException {
    Instant clock = Rows.instant(rs, "clock");
    Instant acquired = Rows.instant(rs, "acquired_at");
    Instant expires = Rows.instant(rs, "expires_at");
    return new LockLease(
        rs.getString("name"),
        rs.getString("lock_type"),
        rs.getString("holder"),
        rs.getString("process"),
        rs.getLong("token"),
        acquired,
        expires,
        Duration.between(acquired, clock),
        Duration.between(clock, expires),
        rs.getLong("waiting"),
        rs.getBoolean("connected"));
  }
}
