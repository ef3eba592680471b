package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.store.OutboxStore;
import dev.imprimatur.engine.store.SubscriptionStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Deliveries to the gateway's subscribers over JDBC.
final class JdbcSubscriptionStore implements SubscriptionStore {
  /// A delivery that has no end, by a claim that is in force.
  private static final String OF_CLAIM =
      """
      WHERE event_id = :event AND subscriber = :subscriber AND acked_at IS NULL AND dead_at IS NULL
        AND skipped_at IS NULL AND publish_count = :token
      """;

  private final JdbcTransaction tx;
  private final Handle handle;

  JdbcSubscriptionStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
  }

  private record Row(long from, boolean filled) {}

  @Override
  public Optional<Subscription> lock(String subscriber) {
    Optional<Row> row =
        tx.locking(() ->
            handle
                .createQuery(
                    "SELECT from_seq, filled FROM outbox_subscriber WHERE name = :name "
                        + tx.dialect().lockRow())
                .bind("name", subscriber)
                .map((rs, ctx) -> new Row(rs.getLong("from_seq"), rs.getBoolean("filled")))
                .findOne());
    return row.map(found ->
        new Subscription(
            subscriber,
            handle
                .createQuery("SELECT event_type FROM outbox_subscription WHERE subscriber = :name")
                .bind("name", subscriber)
                .mapTo(String.class)
                .set(),
            found.from(),
            found.filled()));
  }

  @Override
  public void add(Subscription wanted) {
    int added =
        handle
            .createUpdate(
                """
                INSERT INTO outbox_subscriber (name, filtered, from_seq, filled)
                VALUES (:name, :filtered, :from, :filled) ON CONFLICT DO NOTHING
                """)
            .bind("name", wanted.subscriber())
            .bind("filtered", !wanted.types().isEmpty())
            .bind("from", wanted.from())
            .bind("filled", wanted.filled())
            .execute();
    if (added == 1) {
      types(wanted.subscriber(), wanted.types());
    }
  }

  @Override
  public void want(String subscriber, Set<String> types) {
    handle
        .createUpdate("UPDATE outbox_subscriber SET filtered = :filtered WHERE name = :name")
        .bind("filtered", !types.isEmpty())
        .bind("name", subscriber)
        .execute();
    handle
        .createUpdate("DELETE FROM outbox_subscription WHERE subscriber = :name")
        .bind("name", subscriber)
        .execute();
    types(subscriber, types);
    if (!types.isEmpty()) {
      // What is dead stays: a person is to look at it.
      handle
          .createUpdate(
              """
              DELETE FROM outbox_delivery
              WHERE subscriber = :name AND acked_at IS NULL AND dead_at IS NULL AND skipped_at IS NULL
                AND event_id IN (SELECT e.id FROM outbox_event e WHERE NOT EXISTS (
                  SELECT 1 FROM outbox_subscription t WHERE t.subscriber = :name AND t.event_type = e.event_type))
              """)
          .bind("name", subscriber)
          .execute();
    }
  }

  private void types(String subscriber, Set<String> types) {
    if (types.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO outbox_subscription (subscriber, event_type) VALUES (:name, :type)");
    types.stream()
        .sorted()
        .forEach(type -> batch.bind("name", subscriber).bind("type", type).add());
    batch.execute();
  }

  @Override
  public String writersMark() {
    return tx.dialect().writersMark(handle);
  }

  @Override
  public boolean writersEnded(String mark) {
    return tx.dialect().writersEnded(handle, mark);
  }

  @Override
  public void fill(String subscriber) {
    handle
        .createUpdate(
            """
            INSERT INTO outbox_delivery (event_id, subscriber, next_attempt_at, event_seq, aggregate)
            SELECT e.id, s.name, CAST(:now AS timestamp(6) with time zone), e.seq,
              e.aggregate_type || ':' || e.aggregate_id
            FROM outbox_event e CROSS JOIN outbox_subscriber s
            WHERE s.name = :name AND e.seq >= s.from_seq
              AND (NOT s.filtered OR EXISTS (
                SELECT 1 FROM outbox_subscription t WHERE t.subscriber = s.name AND t.event_type = e.event_type))
              AND NOT EXISTS (
                SELECT 1 FROM outbox_delivery d WHERE d.event_id = e.id AND d.subscriber = s.name)
            ON CONFLICT DO NOTHING
            """)
        .bind("now", Rows.time(tx.now()))
        .bind("name", subscriber)
        .execute();
    handle
        .createUpdate("UPDATE outbox_subscriber SET filled = true WHERE name = :name")
        .bind("name", subscriber)
        .execute();
  }

  @Override
  public void hold(String subscriber, String holder) {
    // Waits for whoever claims for an older connection at this moment.
    handle
        .createUpdate("UPDATE outbox_subscriber SET held_by = :holder WHERE name = :name")
        .bind("holder", holder)
        .bind("name", subscriber)
        .execute();
    handle
        .createUpdate(
            """
            UPDATE outbox_delivery SET next_attempt_at = :now
            WHERE subscriber = :name AND acked_at IS NULL AND dead_at IS NULL AND skipped_at IS NULL
              AND next_attempt_at > :now
            """)
        .bind("now", Rows.time(tx.now()))
        .bind("name", subscriber)
        .execute();
    // A gateway that holds an older connection of it looks at once.
    tx.leaveWork();
  }

  @Override
  public void letGo(String subscriber, String holder) {
    handle
        .createUpdate(
            "UPDATE outbox_subscriber SET held_by = NULL WHERE name = :name AND held_by = :holder")
        .bind("name", subscriber)
        .bind("holder", holder)
        .execute();
  }

  @Override
  public List<Standing> standing(Collection<String> subscribers) {
    return handle
        .createQuery(
            """
            SELECT s.name, s.held_by, EXISTS (
              SELECT 1 FROM outbox_delivery d
              WHERE d.subscriber = s.name AND d.acked_at IS NULL AND d.dead_at IS NULL AND d.skipped_at IS NULL
                AND d.next_attempt_at <= :now) AS due
            FROM outbox_subscriber s WHERE s.name = ANY (:names) AND s.held_by IS NOT NULL
            """)
        .bind("now", Rows.time(tx.now()))
        .bindArray("names", String.class, subscribers.toArray())
        .map((rs, ctx) ->
            new Standing(rs.getString("name"), rs.getString("held_by"), rs.getBoolean("due")))
        .list();
  }

  @Override
  public List<OutboxStore.Claim> claim(
      String subscriber, String holder, int limit, Duration lease) {
    if (!lockHeld(subscriber, holder)) {
      return List.of();
    }
    List<UUID> first = first(subscriber, limit);
    if (first.isEmpty()) {
      return List.of();
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            UPDATE outbox_delivery SET claimed_at = :now, next_attempt_at = :until, publish_count = publish_count + 1
            WHERE event_id = :event AND subscriber = :subscriber AND acked_at IS NULL AND dead_at IS NULL
              AND skipped_at IS NULL AND next_attempt_at <= :now
            """);
    for (UUID event : first) {
      batch
          .bind("now", Rows.time(tx.now()))
          .bind("until", Rows.time(tx.now().plus(lease)))
          .bind("event", event.toString())
          .bind("subscriber", subscriber)
          .add();
    }
    int[] taken = batch.execute();
    List<UUID> mine = new ArrayList<>();
    for (int i = 0; i < taken.length; i++) {
      if (taken[i] == 1) {
        mine.add(first.get(i));
      }
    }
    return claims(subscriber, mine);
  }

  private boolean lockHeld(String subscriber, String holder) {
    return tx.locking(() ->
            handle
                .createQuery(
                    "SELECT name FROM outbox_subscriber WHERE name = :name AND held_by = :holder AND filled "
                        + tx.dialect().lockRow())
                .bind("name", subscriber)
                .bind("holder", holder)
                .mapTo(String.class)
                .findOne())
        .isPresent();
  }

  /// Chosen by a state of their own, never by "id greater than the last one seen": commits come out
  /// of order.
  private List<UUID> first(String subscriber, int limit) {
    return handle
        .createQuery(
            """
            SELECT d.event_id FROM outbox_delivery d
            WHERE d.subscriber = :subscriber AND d.acked_at IS NULL AND d.dead_at IS NULL AND d.skipped_at IS NULL
              AND d.next_attempt_at <= :now
              AND NOT EXISTS (
                SELECT 1 FROM outbox_delivery earlier
                WHERE earlier.subscriber = d.subscriber AND earlier.aggregate = d.aggregate
                  AND earlier.event_seq < d.event_seq AND earlier.acked_at IS NULL AND earlier.skipped_at IS NULL)
            ORDER BY d.event_seq LIMIT :limit
            """)
        .bind("subscriber", subscriber)
        .bind("now", Rows.time(tx.now()))
        .bind("limit", limit)
        .map((rs, ctx) -> Rows.id(rs, "event_id"))
        .list();
  }

  private List<OutboxStore.Claim> claims(String subscriber, List<UUID> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery(
            """
            SELECT e.*, d.publish_count, d.attempts
            FROM outbox_delivery d JOIN outbox_event e ON e.id = d.event_id
            WHERE d.subscriber = :subscriber AND d.event_id = ANY (:events) ORDER BY d.event_seq
            """)
        .bind("subscriber", subscriber)
        .bindArray("events", UUID.class, events.toArray())
        .map((rs, ctx) -> {
          OutboxEvent event = OutboxQueries.event(rs);
          return new OutboxStore.Claim(
              subscriber, event, rs.getInt("publish_count"), rs.getInt("attempts") + 1);
        })
        .list();
  }

  @Override
  public Set<OutboxStore.Claim> acknowledge(Collection<OutboxStore.Claim> claims) {
    List<OutboxStore.Claim> sorted = sorted(claims);
    int[] marked =
        each("UPDATE outbox_delivery SET sent_at = :now, acked_at = :now " + OF_CLAIM, sorted);
    Set<OutboxStore.Claim> stored = new HashSet<>();
    for (int i = 0; i < marked.length; i++) {
      if (marked[i] == 1) {
        stored.add(sorted.get(i));
      }
    }
    List<UUID> events = stored.stream().map(c -> c.event().id()).distinct().sorted().toList();
    if (!events.isEmpty()) {
      PreparedBatch published =
          handle.prepareBatch(
              "UPDATE outbox_event SET published_at = :now WHERE id = :event AND published_at IS NULL");
      events.forEach(
          e -> published.bind("now", Rows.time(tx.now())).bind("event", e.toString()).add());
      published.execute();
    }
    return stored;
  }

  @Override
  public void giveBack(Collection<OutboxStore.Claim> claims) {
    each("UPDATE outbox_delivery SET next_attempt_at = :now " + OF_CLAIM, sorted(claims));
  }

  @Override
  public void failed(OutboxStore.Claim claim, OutboxStore.Failure failure) {
    handle
        .createUpdate("UPDATE outbox_delivery SET attempts = attempts + 1 " + OF_CLAIM)
        .bind("event", claim.event().id().toString())
        .bind("subscriber", claim.subscriber())
        .bind("token", claim.token())
        .execute();
    tx.outbox().failed(claim, failure);
  }

  /// In one order, so that two who store at the same time do not wait for each other.
  private static List<OutboxStore.Claim> sorted(Collection<OutboxStore.Claim> claims) {
    return claims.stream()
        .sorted(
            Comparator.comparing((OutboxStore.Claim c) -> c.event().id())
                .thenComparing(OutboxStore.Claim::subscriber))
        .toList();
  }

  private int[] each(String sql, List<OutboxStore.Claim> claims) {
    PreparedBatch batch = handle.prepareBatch(sql);
    for (OutboxStore.Claim claim : claims) {
      batch
          .bind("now", Rows.time(tx.now()))
          .bind("event", claim.event().id().toString())
          .bind("subscriber", claim.subscriber())
          .bind("token", claim.token())
          .add();
    }
    return batch.execute();
  }
}
