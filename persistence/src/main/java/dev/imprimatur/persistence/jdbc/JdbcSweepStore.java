package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.store.SweepStore;
import dev.imprimatur.engine.sweep.Findings;
import dev.imprimatur.engine.sweep.SweepRun;
import dev.imprimatur.engine.sweep.SweepStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// Sweeps over JDBC.
final class JdbcSweepStore implements SweepStore {
  private final JdbcTransaction tx;
  private final Handle handle;
  private final SweepQueries queries;

  JdbcSweepStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
    this.queries = new SweepQueries(handle);
  }

  @Override
  public void register(String name, Duration interval) {
    Optional<Long> known =
        handle
            .createQuery("SELECT default_ms FROM sweep WHERE name = :name")
            .bind("name", name)
            .mapTo(Long.class)
            .findOne();
    if (known.isEmpty()) {
      named("INSERT INTO sweep (name, default_ms) VALUES (:name, :ms) ON CONFLICT DO NOTHING", name)
          .bind("ms", interval.toMillis())
          .execute();
    } else if (known.get() != interval.toMillis()) {
      named("UPDATE sweep SET default_ms = :ms WHERE name = :name", name)
          .bind("ms", interval.toMillis())
          .execute();
    }
  }

  @Override
  public List<SweepStatus> list() {
    return queries.list();
  }

  @Override
  public Optional<SweepStatus> find(String name) {
    return queries.find(name);
  }

  @Override
  public long countFailing() {
    return handle
        .createQuery(
            """
            SELECT count(*) FROM sweep s
            JOIN sweep_run r ON r.name = s.name AND r.tick = s.last_tick AND r.error IS NOT NULL
            """)
        .mapTo(Long.class)
        .one();
  }

  @Override
  public List<SweepRun> runs(String name, int limit) {
    return queries.runs(name, limit);
  }

  @Override
  public boolean mayDecide() {
    return handle.createQuery(tx.dialect().mayAdminister()).mapTo(Boolean.class).one();
  }

  @Override
  public Optional<SweepStatus> lockSetting(String name) {
    if (find(name).isEmpty()) {
      return Optional.empty();
    }
    named("INSERT INTO sweep_setting (name) VALUES (:name) ON CONFLICT DO NOTHING", name).execute();
    tx.locking(() ->
        handle
            .createQuery(
                "SELECT name FROM sweep_setting WHERE name = :name " + tx.dialect().lockRow())
            .bind("name", name)
            .mapTo(String.class)
            .one());
    return find(name);
  }

  @Override
  public void setInterval(String name, @Nullable Duration interval) {
    named(
            "UPDATE sweep_setting SET interval_ms = :ms, revision = revision + 1 WHERE name = :name",
            name)
        .bind("ms", interval == null ? null : interval.toMillis())
        .execute();
  }

  @Override
  public void setPaused(String name, boolean paused) {
    named(
            "UPDATE sweep_setting SET paused = :paused, revision = revision + 1 WHERE name = :name",
            name)
        .bind("paused", paused)
        .execute();
  }

  @Override
  public Optional<Request> request(String name) {
    int made =
        named(
                """
                INSERT INTO sweep_request (id, name, actor_id, requested_at)
                VALUES (:id, :name, :actor, :now) ON CONFLICT DO NOTHING
                """,
                name)
            .bind("id", tx.newId().toString())
            .bind("actor", tx.actor().id())
            .bind("now", Rows.time(tx.now()))
            .execute();
    if (made == 1) {
      return Optional.empty();
    }
    return handle
        .createQuery("SELECT * FROM sweep_request WHERE name = :name AND tick IS NULL")
        .bind("name", name)
        .map((rs, ctx) ->
            new Request(
                Rows.id(rs, "id"), rs.getString("actor_id"), Rows.instant(rs, "requested_at")))
        .findOne();
  }

  @Override
  public Book lockBook(String name) {
    record Row(long defaultMs, @Nullable Instant lastTick) {}

    Row row =
        tx.locking(() ->
            handle
                .createQuery(
                    "SELECT default_ms, last_tick FROM sweep WHERE name = :name "
                        + tx.dialect().lockRow())
                .bind("name", name)
                .map((rs, ctx) ->
                    new Row(rs.getLong("default_ms"), Rows.instantOrNull(rs, "last_tick")))
                .one());
    Optional<Book> wanted =
        handle
            .createQuery("SELECT interval_ms, paused FROM sweep_setting WHERE name = :name")
            .bind("name", name)
            .map((rs, ctx) -> book(rs, name, row.defaultMs(), row.lastTick()))
            .findOne();
    return wanted.orElseGet(
        () -> new Book(name, Duration.ofMillis(row.defaultMs()), false, row.lastTick()));
  }

  private static Book book(ResultSet rs, String name, long defaultMs, @Nullable Instant lastTick)
      throws SQLException {
    long set = rs.getLong("interval_ms");
    Duration interval = Duration.ofMillis(rs.wasNull() ? defaultMs : set);
    return new Book(name, interval, rs.getBoolean("paused"), lastTick);
  }

  @Override
  public boolean answer(String name, Instant tick) {
    return named("UPDATE sweep_request SET tick = :tick WHERE name = :name AND tick IS NULL", name)
            .bind("tick", Rows.time(tick))
            .execute()
        == 1;
  }

  @Override
  public boolean requested(String name) {
    return handle
            .createQuery("SELECT count(*) FROM sweep_request WHERE name = :name AND tick IS NULL")
            .bind("name", name)
            .mapTo(Long.class)
            .one()
        > 0;
  }

  @Override
  public boolean abandon(String name, String error) {
    return named(
                "UPDATE sweep_run SET ended_at = :now, error = :error WHERE name = :name AND ended_at IS NULL",
                name)
            .bind("now", Rows.time(tx.now()))
            .bind("error", error)
            .execute()
        > 0;
  }

  @Override
  public void begin(
      String name, Instant tick, String worker, boolean requested, Duration interval) {
    named(
            """
            INSERT INTO sweep_run (name, tick, worker, requested, started_at)
            VALUES (:name, :tick, :worker, :requested, :now)
            """,
            name)
        .bind("tick", Rows.time(tick))
        .bind("worker", worker)
        .bind("requested", requested)
        .bind("now", Rows.time(tx.now()))
        .execute();
    named("UPDATE sweep SET last_tick = :tick, planned_ms = :ms WHERE name = :name", name)
        .bind("tick", Rows.time(tick))
        .bind("ms", interval.toMillis())
        .execute();
  }

  @Override
  public boolean end(
      String name, Instant tick, @Nullable Findings findings, @Nullable String error) {
    return named(
                """
                UPDATE sweep_run SET ended_at = :now, found = :found, done = :done, note = :note, error = :error
                WHERE name = :name AND tick = :tick AND ended_at IS NULL
                """,
                name)
            .bind("tick", Rows.time(tick))
            .bind("now", Rows.time(tx.now()))
            .bind("found", findings == null ? null : findings.found())
            .bind("done", findings == null ? null : findings.done())
            .bind("note", findings == null ? null : findings.note())
            .bind("error", error)
            .execute()
        == 1;
  }

  @Override
  public void planned(String name, Duration interval) {
    named("UPDATE sweep SET planned_ms = :ms WHERE name = :name", name)
        .bind("ms", interval.toMillis())
        .execute();
  }

  @Override
  public int replan(Instant now) {
    int moved = 0;
    for (SweepQueries.Wish wish : queries.wishes()) {
      Instant due =
          wish.requested() || wish.lastTick() == null
              ? now
              : later(now, wish.lastTick().plus(wish.interval()));
      moved += move(wish, due, now);
    }
    return moved;
  }

  // In one statement with the conditions under which it was found, as another may have moved it, or
  // a worker taken it, since. The version is what a worker that has read it compares.
  private int move(SweepQueries.Wish wish, Instant due, Instant now) {
    int moved =
        named(
                """
                UPDATE sweep_schedule SET execution_time = :due, version = version + 1
                WHERE task_name = :name AND picked = false AND version = :version AND execution_time > :now
                """,
                wish.name())
            .bind("due", Rows.time(due))
            .bind("version", wish.version())
            .bind("now", Rows.time(now))
            .execute();
    if (moved == 1 && !wish.requested()) {
      planned(wish.name(), wish.interval());
    }
    return moved;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  @Override
  public int prune(Instant before, int limit) {
    record Key(String name, Instant tick) {}

    List<Key> keys =
        handle
            .createQuery(
                """
                SELECT r.name, r.tick FROM sweep_run r JOIN sweep s ON s.name = r.name
                WHERE r.ended_at < :before AND r.tick < s.last_tick ORDER BY r.ended_at LIMIT :limit
                """)
            .bind("before", Rows.time(before))
            .bind("limit", limit)
            .map((rs, ctx) -> new Key(rs.getString("name"), Rows.instant(rs, "tick")))
            .list();
    if (keys.isEmpty()) {
      return 0;
    }
    var batch = handle.prepareBatch("DELETE FROM sweep_run WHERE name = :name AND tick = :tick");
    keys.forEach(key -> batch.bind("name", key.name()).bind("tick", Rows.time(key.tick())).add());
    int deleted = 0;
    for (int count : batch.execute()) {
      deleted += count;
    }
    handle
        .createUpdate("DELETE FROM sweep_request WHERE tick IS NOT NULL AND requested_at < :before")
        .bind("before", Rows.time(before))
        .execute();
    return deleted;
  }

  private Update named(String sql, String name) {
    return handle.createUpdate(sql).bind("name", name);
  }
}
