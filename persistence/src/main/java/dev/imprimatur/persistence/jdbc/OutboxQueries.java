package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.outbox.Delivery;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.Evidence;
import dev.imprimatur.engine.outbox.OutboxCounters;
import dev.imprimatur.engine.outbox.OutboxEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Reads the outbox as people look at it: deliveries, the evidence of one event, and counters.
final class OutboxQueries {
  private static final String DELIVERIES =
      """
      SELECT e.*, d.subscriber, d.next_attempt_at, d.claimed_at, d.sent_at, d.acked_at, d.dead_at, d.skipped_at,
        d.attempts, d.publish_count, d.last_error AS delivery_error
      FROM outbox_delivery d JOIN outbox_event e ON e.id = d.event_id
      """;

  private final Handle handle;

  OutboxQueries(Handle handle) {
    this.handle = handle;
  }

  Optional<OutboxEvent> find(UUID id) {
    return handle
        .createQuery("SELECT * FROM outbox_event WHERE id = :id")
        .bind("id", id.toString())
        .map((rs, ctx) -> event(rs))
        .findOne();
  }

  List<OutboxEvent> findByIdPrefix(String prefix) {
    return handle
        .createQuery(
            "SELECT * FROM outbox_event WHERE CAST(id AS varchar) LIKE :prefix ORDER BY seq LIMIT 10")
        .bind("prefix", Rows.idPrefix(prefix))
        .map((rs, ctx) -> event(rs))
        .list();
  }

  List<OutboxEvent> list(int limit) {
    return handle
        .createQuery("SELECT * FROM outbox_event ORDER BY seq DESC LIMIT :limit")
        .bind("limit", limit)
        .map((rs, ctx) -> event(rs))
        .list();
  }

  List<String> subscribers() {
    return handle
        .createQuery("SELECT name FROM outbox_subscriber ORDER BY name")
        .mapTo(String.class)
        .list();
  }

  List<Evidence> events(@Nullable String subscriber, @Nullable DeliveryState state, int limit) {
    String wanted =
        (subscriber == null ? "" : " AND d.subscriber = :subscriber")
            + (state == null ? "" : " AND " + condition(state));
    // Without a wish, events that were written for nobody are shown too.
    String where =
        wanted.isEmpty()
            ? ""
            : " WHERE EXISTS (SELECT 1 FROM outbox_delivery d WHERE d.event_id = e.id"
                + wanted
                + ")";
    List<Evidence> events =
        filtered("SELECT e.* FROM outbox_event e" + where, subscriber)
            .bind("limit", limit)
            .map((rs, ctx) -> evidence(rs, List.of()))
            .list();
    return withDeliveries(events, wanted, subscriber);
  }

  /// All that is known of these events, in no particular order.
  List<Evidence> all(Collection<UUID> ids) {
    List<Evidence> events =
        handle
            .createQuery("SELECT * FROM outbox_event WHERE id = ANY (:ids)")
            .bindArray("ids", UUID.class, ids.toArray())
            .map((rs, ctx) -> evidence(rs, List.of()))
            .list();
    return withDeliveries(events, "", null);
  }

  private List<Evidence> withDeliveries(
      List<Evidence> events, String wanted, @Nullable String subscriber) {
    if (events.isEmpty()) {
      return events;
    }
    Map<UUID, List<Delivery>> deliveries = new HashMap<>();
    filtered(DELIVERIES + " WHERE e.id = ANY (:ids)" + wanted, subscriber)
        .bindArray("ids", UUID.class, events.stream().map(e -> e.event().id()).toArray())
        .bind("limit", Integer.MAX_VALUE)
        .map((rs, ctx) -> delivery(rs))
        .forEach(d -> deliveries.computeIfAbsent(d.event().id(), id -> new ArrayList<>()).add(d));
    return events.stream()
        .map(e ->
            new Evidence(
                e.event(),
                e.publishedAt(),
                e.failures(),
                e.lastError(),
                deliveries.getOrDefault(e.event().id(), List.of()).stream()
                    .sorted(Comparator.comparing(Delivery::subscriber))
                    .toList()))
        .toList();
  }

  private Query filtered(String sql, @Nullable String subscriber) {
    Query query = handle.createQuery(sql + " ORDER BY e.seq DESC LIMIT :limit");
    return subscriber == null ? query : query.bind("subscriber", subscriber);
  }

  /// Which deliveries, called `d`, are in a state.
  static String condition(DeliveryState state) {
    return switch (state) {
      case PENDING -> "d.acked_at IS NULL AND d.dead_at IS NULL AND d.skipped_at IS NULL";
      // Where the index of what is not acknowledged serves, it is told so.
      case DEAD -> "d.acked_at IS NULL AND d.dead_at IS NOT NULL";
      case ACKNOWLEDGED -> "d.acked_at IS NOT NULL";
      case SKIPPED -> "d.acked_at IS NULL AND d.skipped_at IS NOT NULL";
    };
  }

  List<Delivery> dead(@Nullable String subscriber, Instant until, int limit) {
    var query =
        handle.createQuery(
            DELIVERIES
                + " WHERE "
                + condition(DeliveryState.DEAD)
                + " AND d.dead_at <= :until"
                + (subscriber == null ? "" : " AND d.subscriber = :subscriber")
                + " ORDER BY e.seq, d.subscriber LIMIT :limit");
    if (subscriber != null) {
      query.bind("subscriber", subscriber);
    }
    return query
        .bind("until", Rows.time(until))
        .bind("limit", limit)
        .map((rs, ctx) -> delivery(rs))
        .list();
  }

  Optional<Evidence> evidence(UUID event) {
    List<Delivery> deliveries =
        handle
            .createQuery(DELIVERIES + " WHERE d.event_id = :event ORDER BY d.subscriber")
            .bind("event", event.toString())
            .map((rs, ctx) -> delivery(rs))
            .list();
    return handle
        .createQuery("SELECT * FROM outbox_event WHERE id = :event")
        .bind("event", event.toString())
        .map((rs, ctx) -> evidence(rs, deliveries))
        .findOne();
  }

  OutboxCounters counters() {
    Map<DeliveryState, Long> byState = new EnumMap<>(DeliveryState.class);
    for (DeliveryState state : DeliveryState.values()) {
      byState.put(state, count("SELECT count(*) FROM outbox_delivery d WHERE " + condition(state)));
    }
    // The first two are held by keys. They are counted from the rows all the same: a key that
    // somebody dropped, or an index that is broken, shows here.
    return new OutboxCounters(
        count("SELECT count(*) FROM outbox_event"),
        byState,
        count(
            """
            SELECT count(*) FROM (
              SELECT event_key FROM outbox_event GROUP BY event_key HAVING count(*) > 1) facts
            """),
        count(
            """
            SELECT count(*) FROM (
              SELECT i.consumer, coalesce(e.event_key, CAST(i.event_id AS varchar)) AS fact
              FROM inbox i LEFT JOIN outbox_event e ON e.id = i.event_id
              GROUP BY i.consumer, coalesce(e.event_key, CAST(i.event_id AS varchar))
              HAVING count(*) > 1) applied
            """),
        // A replay takes the acknowledgement back, and leaves when it was sent.
        count(
            """
            SELECT count(*) FROM outbox_delivery d JOIN outbox_event e ON e.id = d.event_id
            WHERE (d.acked_at IS NOT NULL AND (d.sent_at IS NULL OR e.published_at IS NULL))
              OR (d.acked_at IS NULL AND d.sent_at IS NULL AND EXISTS (
                SELECT 1 FROM inbox i WHERE i.consumer = d.subscriber AND i.event_id = d.event_id))
            """));
  }

  private long count(String sql) {
    return handle.createQuery(sql).mapTo(Long.class).one();
  }

  private static Evidence evidence(ResultSet rs, List<Delivery> deliveries) throws SQLException {
    return new Evidence(
        event(rs),
        Rows.instantOrNull(rs, "published_at"),
        rs.getInt("retry_count"),
        rs.getString("last_error"),
        deliveries);
  }

  private static Delivery delivery(ResultSet rs) throws SQLException {
    Instant acked = Rows.instantOrNull(rs, "acked_at");
    Instant dead = Rows.instantOrNull(rs, "dead_at");
    Instant skipped = Rows.instantOrNull(rs, "skipped_at");
    DeliveryState state =
        acked != null
            ? DeliveryState.ACKNOWLEDGED
            : dead != null
                ? DeliveryState.DEAD
                : skipped != null ? DeliveryState.SKIPPED : DeliveryState.PENDING;
    return new Delivery(
        event(rs),
        rs.getString("subscriber"),
        state,
        Rows.instant(rs, "next_attempt_at"),
        Rows.instantOrNull(rs, "claimed_at"),
        Rows.instantOrNull(rs, "sent_at"),
        acked,
        dead,
        skipped,
        rs.getInt("attempts"),
        rs.getInt("publish_count"),
        rs.getString("delivery_error"));
  }

  static OutboxEvent event(ResultSet rs) throws SQLException {
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
