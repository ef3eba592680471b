package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.store.OutboxStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/// The outbox over JDBC.
final class JdbcOutboxStore implements OutboxStore {
  private final JdbcTransaction tx;
  private final Handle handle;

  JdbcOutboxStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
  }

  @Override
  public boolean append(
      String aggregateType, String aggregateId, String type, String key, JsonNode payload) {
    String id = tx.newId().toString();
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
                INSERT INTO outbox_delivery (event_id, subscriber, next_attempt_at)
                SELECT e.id, s.name, e.occurred_at FROM outbox_event e CROSS JOIN outbox_subscriber s WHERE e.id = :id
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
              AND NOT EXISTS (
                SELECT 1 FROM outbox_event earlier JOIN outbox_delivery pending ON pending.event_id = earlier.id
                WHERE earlier.aggregate_type = e.aggregate_type AND earlier.aggregate_id = e.aggregate_id
                  AND earlier.seq < e.seq AND pending.subscriber = d.subscriber AND pending.acked_at IS NULL
                  AND pending.next_attempt_at > :now)
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
                    WHERE event_id = :event AND subscriber = :subscriber AND acked_at IS NULL
                    """
                        + tx.dialect().lockRow()
                        + " SKIP LOCKED")
                .bind("event", event.toString())
                .bind("subscriber", subscriber)
                .map((rs, ctx) -> Rows.id(rs, "event_id"))
                .findOne())
        .flatMap(this::find)
        .filter(found -> firstOfItsAggregate(subscriber, found));
  }

  /// Read under the delivery's lock: another process may have failed to hand on an earlier event in
  /// the meantime.
  private boolean firstOfItsAggregate(String subscriber, OutboxEvent event) {
    return handle
        .createQuery(
            """
            SELECT count(*) AS earlier FROM outbox_event e JOIN outbox_delivery d ON d.event_id = e.id
            WHERE e.aggregate_type = :type AND e.aggregate_id = :id AND e.seq < :seq AND d.subscriber = :subscriber
              AND d.acked_at IS NULL
            """)
        .bind("type", event.aggregateType())
        .bind("id", event.aggregateId())
        .bind("seq", event.sequence())
        .bind("subscriber", subscriber)
        .map((rs, ctx) -> rs.getInt("earlier") == 0)
        .one();
  }

  private Optional<OutboxEvent> find(UUID id) {
    return handle
        .createQuery("SELECT * FROM outbox_event WHERE id = :id")
        .bind("id", id.toString())
        .map((rs, ctx) -> event(rs))
        .findOne();
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
    handle
        .createUpdate(
            """
            UPDATE outbox_delivery SET claimed_at = :now, sent_at = :now, acked_at = :now, attempts = attempts + 1
            WHERE event_id = :event AND subscriber = :subscriber
            """)
        .bind("now", Rows.time(tx.now()))
        .bind("event", event.toString())
        .bind("subscriber", subscriber)
        .execute();
    handle
        .createUpdate(
            "UPDATE outbox_event SET published_at = :now WHERE id = :event AND published_at IS NULL")
        .bind("now", Rows.time(tx.now()))
        .bind("event", event.toString())
        .execute();
  }

  @Override
  public void failed(String subscriber, UUID event, String error, Duration delay) {
    handle
        .createUpdate(
            """
            UPDATE outbox_delivery SET attempts = attempts + 1, last_error = :error, next_attempt_at = :next
            WHERE event_id = :event AND subscriber = :subscriber AND acked_at IS NULL
            """)
        .bind("error", error)
        .bind("next", Rows.time(tx.now().plus(delay)))
        .bind("event", event.toString())
        .bind("subscriber", subscriber)
        .execute();
    handle
        .createUpdate(
            "UPDATE outbox_event SET retry_count = retry_count + 1, last_error = :error WHERE id = :event")
        .bind("error", error)
        .bind("event", event.toString())
        .execute();
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
  public List<OutboxEvent> list(int limit) {
    return handle
        .createQuery("SELECT * FROM outbox_event ORDER BY seq DESC LIMIT :limit")
        .bind("limit", limit)
        .map((rs, ctx) -> event(rs))
        .list();
  }

  private static OutboxEvent event(ResultSet rs) throws SQLException {
    return new OutboxEvent(
        Rows.id(rs, "id"),
        rs.getLong("seq"),
        rs.getString("aggregate_type"),
        rs.getString("aggregate_id"),
        rs.getString("event_type"),
        rs.getString("event_key"),
        Rows.json(rs, "payload"),
        Rows.instant(rs, "occurred_at"));
  }
}
