package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.outbox.Delivery;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.Evidence;
import dev.imprimatur.engine.outbox.OutboxCounters;
import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.outbox.OutboxQuery;
import dev.imprimatur.engine.store.OutboxStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The outbox over JDBC.
final class JdbcOutboxStore implements OutboxStore {
  private final JdbcTransaction tx;
  private final Handle handle;
  private final OutboxQueries queries;
  private final OutboxLists lists;

  JdbcOutboxStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
    this.queries = new OutboxQueries(handle);
    this.lists = new OutboxLists(handle);
  }

  @Override
  public boolean append(
      String aggregateType, String aggregateId, String type, String key, JsonNode payload) {
    String id = tx.newId().toString();
    // Before it is read who subscribes.
    tx.dialect().writing(tx::onEnd);
    int written =
        handle
            .createUpdate(
                """
                INSERT INTO outbox_event (id, aggregate_type, aggregate_id, event_type, event_key, payload, occurred_at)
                VALUES (:id, :aggregate_type, :aggregate_id, :type, :key, :payload, :now)
                ON CONFLICT DO NOTHING
                """)
            .bind("id", id)
            .bind("aggregate_type", aggregateType)
            .bind("aggregate_id", aggregateId)
            .bind("type", type)
            .bind("key", key)
            .bind("payload", Rows.text(payload))
            .bind("now", Rows.time(tx.now()))
            .execute();
    if (written == 0) {
      return false;
    }
    int deliveries =
        handle
            .createUpdate(
                """
                INSERT INTO outbox_delivery (event_id, subscriber, next_attempt_at, event_seq, aggregate)
                SELECT e.id, s.name, e.occurred_at, e.seq, e.aggregate_type || ':' || e.aggregate_id
                FROM outbox_event e CROSS JOIN outbox_subscriber s
                WHERE e.id = :id AND e.seq >= s.from_seq
                  AND (NOT s.filtered OR EXISTS (
                    SELECT 1 FROM outbox_subscription t WHERE t.subscriber = s.name AND t.event_type = e.event_type))
                """)
            .bind("id", id)
            .execute();
    if (deliveries > 0) {
      tx.leaveWork();
    }
    return true;
  }

  @Override
  public void register(String subscriber) {
    handle
        .createUpdate("INSERT INTO outbox_subscriber (name) VALUES (:name) ON CONFLICT DO NOTHING")
        .bind("name", subscriber)
        .execute();
  }

  @Override
  public List<UUID> undelivered(String subscriber, int limit) {
    // Chosen by a state of their own, never by "id greater than the last one seen": commits come
    // out of order.
    return handle
        .createQuery(
            """
            SELECT e.id FROM outbox_delivery d JOIN outbox_event e ON e.id = d.event_id
            WHERE d.subscriber = :subscriber AND d.acked_at IS NULL AND d.next_attempt_at <= :now
              AND d.dead_at IS NULL AND d.skipped_at IS NULL
              AND NOT EXISTS (
                SELECT 1 FROM outbox_event earlier JOIN outbox_delivery open ON open.event_id = earlier.id
                WHERE earlier.aggregate_type = e.aggregate_type AND earlier.aggregate_id = e.aggregate_id
                  AND earlier.seq < e.seq AND open.subscriber = d.subscriber AND open.acked_at IS NULL
                  AND open.skipped_at IS NULL AND (open.next_attempt_at > :now OR open.dead_at IS NOT NULL))
            ORDER BY e.seq LIMIT :limit
            """)
        .bind("subscriber", subscriber)
        .bind("now", Rows.time(tx.now()))
        .bind("limit", limit)
        .map((rs, ctx) -> Rows.id(rs, "id"))
        .list();
  }

  @Override
  public Optional<OutboxEvent> lockDelivery(String subscriber, UUID event) {
    return tx.locking(() ->
            handle
                .createQuery(
                    """
                    SELECT event_id FROM outbox_delivery d
                    WHERE event_id = :event AND subscriber = :subscriber AND acked_at IS NULL AND dead_at IS NULL
                      AND skipped_at IS NULL AND next_attempt_at <= :now
                    """
                        + tx.dialect().lockRow()
                        + " SKIP LOCKED")
                .bind("event", event.toString())
                .bind("subscriber", subscriber)
                .bind("now", Rows.time(tx.now()))
                .map((rs, ctx) -> Rows.id(rs, "event_id"))
                .findOne())
        .flatMap(queries::find)
        .filter(found -> firstOfItsAggregate(subscriber, found));
  }

  /// Read under the delivery's lock: another process may have failed to hand on an earlier event in
  /// the meantime. A dead one counts: what was told after it must not overtake it.
  private boolean firstOfItsAggregate(String subscriber, OutboxEvent event) {
    return handle
        .createQuery(
            """
            SELECT count(*) AS earlier FROM outbox_event e JOIN outbox_delivery d ON d.event_id = e.id
            WHERE e.aggregate_type = :type AND e.aggregate_id = :id AND e.seq < :seq AND d.subscriber = :subscriber
              AND d.acked_at IS NULL AND d.skipped_at IS NULL
            """)
        .bind("type", event.aggregateType())
        .bind("id", event.aggregateId())
        .bind("seq", event.sequence())
        .bind("subscriber", subscriber)
        .map((rs, ctx) -> rs.getInt("earlier") == 0)
        .one();
  }

  @Override
  public Optional<Claim> claim(String subscriber, UUID event, Duration lease) {
    return lockDelivery(subscriber, event)
        .map(found -> {
          of(
                  """
                  UPDATE outbox_delivery SET claimed_at = :now, next_attempt_at = :until, attempts = attempts + 1,
                    publish_count = publish_count + 1
                  WHERE event_id = :event AND subscriber = :subscriber
                  """,
                  subscriber,
                  event)
              .bind("now", Rows.time(tx.now()))
              .bind("until", Rows.time(tx.now().plus(lease)))
              .execute();
          return handle
              .createQuery(
                  "SELECT publish_count, attempts FROM outbox_delivery WHERE event_id = :event AND subscriber = :subscriber")
              .bind("event", event.toString())
              .bind("subscriber", subscriber)
              .map((rs, ctx) ->
                  new Claim(subscriber, found, rs.getInt("publish_count"), rs.getInt("attempts")))
              .one();
        });
  }

  @Override
  public boolean enterInbox(String consumer, UUID event) {
    return handle
            .createUpdate(
                "INSERT INTO inbox (consumer, event_id, handled_at) VALUES (:consumer, :event, :now) ON CONFLICT DO NOTHING")
            .bind("consumer", consumer)
            .bind("event", event.toString())
            .bind("now", Rows.time(tx.now()))
            .execute()
        == 1;
  }

  @Override
  public void acknowledge(String subscriber, UUID event) {
    of(
            """
            UPDATE outbox_delivery SET claimed_at = :now, sent_at = :now, acked_at = :now, attempts = attempts + 1,
              publish_count = publish_count + 1
            WHERE event_id = :event AND subscriber = :subscriber
            """,
            subscriber,
            event)
        .bind("now", Rows.time(tx.now()))
        .execute();
    published(event);
  }

  @Override
  public boolean acknowledge(Claim claim) {
    int marked =
        of(
                """
                UPDATE outbox_delivery SET sent_at = :now, acked_at = :now
                WHERE event_id = :event AND subscriber = :subscriber AND acked_at IS NULL AND dead_at IS NULL
                  AND skipped_at IS NULL AND publish_count = :token
                """,
                claim.subscriber(),
                claim.event().id())
            .bind("now", Rows.time(tx.now()))
            .bind("token", claim.token())
            .execute();
    if (marked == 1) {
      published(claim.event().id());
    }
    return marked == 1;
  }

  private void published(UUID event) {
    handle
        .createUpdate(
            "UPDATE outbox_event SET published_at = :now WHERE id = :event AND published_at IS NULL")
        .bind("now", Rows.time(tx.now()))
        .bind("event", event.toString())
        .execute();
  }

  @Override
  public void failed(String subscriber, UUID event, Failure failure) {
    Update update =
        of(
            """
            UPDATE outbox_delivery SET attempts = attempts + 1, publish_count = publish_count + 1,
              last_error = :error, next_attempt_at = :next, dead_at = :dead
            WHERE event_id = :event AND subscriber = :subscriber AND acked_at IS NULL AND dead_at IS NULL
              AND skipped_at IS NULL
            """,
            subscriber,
            event);
    noteFailure(update, event, failure);
  }

  @Override
  public void failed(Claim claim, Failure failure) {
    Update update =
        of(
                """
                UPDATE outbox_delivery SET last_error = :error, next_attempt_at = :next, dead_at = :dead
                WHERE event_id = :event AND subscriber = :subscriber AND acked_at IS NULL AND dead_at IS NULL
                  AND skipped_at IS NULL AND publish_count = :token
                """,
                claim.subscriber(),
                claim.event().id())
            .bind("token", claim.token());
    noteFailure(update, claim.event().id(), failure);
  }

  private void noteFailure(Update update, UUID event, Failure failure) {
    int noted =
        update
            .bind("error", failure.error())
            .bind("next", Rows.time(tx.now().plus(failure.delay())))
            .bind("dead", Rows.timeOrNull(failure.dead() ? tx.now() : null))
            .execute();
    if (noted == 1) {
      handle
          .createUpdate(
              "UPDATE outbox_event SET retry_count = retry_count + 1, last_error = :error WHERE id = :event")
          .bind("error", failure.error())
          .bind("event", event.toString())
          .execute();
    }
  }

  @Override
  public int attempts(String subscriber, UUID event) {
    return handle
        .createQuery(
            "SELECT attempts FROM outbox_delivery WHERE event_id = :event AND subscriber = :subscriber")
        .bind("event", event.toString())
        .bind("subscriber", subscriber)
        .mapTo(Integer.class)
        .findOne()
        .orElse(0);
  }

  @Override
  public boolean replay(String subscriber, UUID event) {
    int replayed =
        of(
                """
                UPDATE outbox_delivery SET acked_at = NULL, dead_at = NULL, skipped_at = NULL, attempts = 0,
                  next_attempt_at = :now
                WHERE event_id = :event AND subscriber = :subscriber
                  AND (acked_at IS NOT NULL OR dead_at IS NOT NULL OR skipped_at IS NOT NULL)
                """,
                subscriber,
                event)
            .bind("now", Rows.time(tx.now()))
            .execute();
    if (replayed == 1) {
      tx.leaveWork();
    }
    return replayed == 1;
  }

  @Override
  public boolean skip(String subscriber, UUID event) {
    int skipped =
        of(
                """
                UPDATE outbox_delivery SET dead_at = NULL, skipped_at = :now
                WHERE event_id = :event AND subscriber = :subscriber AND dead_at IS NOT NULL
                """,
                subscriber,
                event)
            .bind("now", Rows.time(tx.now()))
            .execute();
    if (skipped == 1) {
      // What waited behind it is due.
      tx.leaveWork();
    }
    return skipped == 1;
  }

  private Update of(String sql, String subscriber, UUID event) {
    return handle.createUpdate(sql).bind("event", event.toString()).bind("subscriber", subscriber);
  }

  @Override
  public void lockDeliveries(UUID event) {
    tx.locking(() ->
        handle
            .createQuery(
                "SELECT subscriber FROM outbox_delivery WHERE event_id = :event ORDER BY subscriber "
                    + tx.dialect().lockRow())
            .bind("event", event.toString())
            .mapTo(String.class)
            .list());
  }

  @Override
  public int prune(Instant before, int limit) {
    return new Pruning(tx).events(before, limit);
  }

  @Override
  public List<Delivery> dead(@Nullable String subscriber, Instant until, int limit) {
    return queries.dead(subscriber, until, limit);
  }

  @Override
  public List<String> subscribers() {
    return queries.subscribers();
  }

  @Override
  public List<OutboxEvent> list(int limit) {
    return queries.list(limit);
  }

  @Override
  public List<Evidence> events(
      @Nullable String subscriber, @Nullable DeliveryState state, int limit) {
    return queries.events(subscriber, state, limit);
  }

  @Override
  public List<UUID> order(OutboxQuery query) {
    return lists.order(query);
  }

  @Override
  public Map<UUID, Evidence> rows(Collection<UUID> events) {
    return queries.all(events).stream()
        .collect(Collectors.toMap(evidence -> evidence.event().id(), evidence -> evidence));
  }

  @Override
  public List<String> types() {
    return lists.types();
  }

  @Override
  public long countDead() {
    return lists.countDead();
  }

  @Override
  public List<OutboxEvent> findByIdPrefix(String prefix) {
    return queries.findByIdPrefix(prefix);
  }

  @Override
  public Optional<Evidence> evidence(UUID event) {
    return queries.evidence(event);
  }

  @Override
  public OutboxCounters counters() {
    return queries.counters();
  }
}
