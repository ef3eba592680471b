package dev.imprimatur.engine.memory;

import dev.imprimatur.engine.outbox.Delivery;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.Evidence;
import dev.imprimatur.engine.outbox.OutboxCounters;
import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.outbox.OutboxQuery;
import dev.imprimatur.engine.store.OutboxStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The outbox over memory.
public class MemoryOutboxStore implements OutboxStore {
  protected final MemoryTransaction tx;
  private final MemoryDatabase db;

  public MemoryOutboxStore(MemoryTransaction tx) {
    this.tx = tx;
    this.db = tx.database();
  }

  /// Whether a claim is the one in force.
  protected boolean inForce(DeliveryRow row, Claim claim) {
    return row.published() == claim.token();
  }

  @Override
  public boolean append(
      String aggregateType, String aggregateId, String type, String key, JsonNode payload) {
    tx.statement();
    UUID id = tx.newId();
    if (!db.eventKeys.insert(tx, key, id)) {
      return false;
    }
    var event =
        new OutboxEvent(
            id, db.nextSequence(), aggregateType, aggregateId, type, key, payload, tx.now());
    db.events.insert(tx, id, new EventRow(event, null, 0, null));
    db.subscribers
        .all(tx)
        .forEach(s -> {
          DeliveryRow row = DeliveryRow.of(s, event);
          db.deliveries.insert(tx, row.key(), row);
        });
    return true;
  }

  @Override
  public void register(String subscriber) {
    tx.statement();
    db.subscribers.insert(tx, subscriber, subscriber);
  }

  @Override
  public List<UUID> undelivered(String subscriber, int limit) {
    tx.statement();
    Instant now = tx.now();
    List<DeliveryRow> all = db.deliveries.all(tx);
    return all.stream()
        .filter(d -> d.key().subscriber().equals(subscriber) && d.due(now))
        .filter(d -> all.stream().noneMatch(other -> other.standsBefore(d) && !other.due(now)))
        .sorted(Comparator.comparing(d -> d.event().sequence()))
        .limit(limit)
        .map(d -> d.event().id())
        .toList();
  }

  @Override
  public Optional<OutboxEvent> lockDelivery(String subscriber, UUID event) {
    tx.statement();
    var key = new DeliveryRow.Key(subscriber, event);
    Instant now = tx.now();
    Optional<DeliveryRow> held = db.deliveries.lockUnlessHeld(tx, key, row -> row.due(now));
    tx.statement();
    return held.filter(
            row -> db.deliveries.all(tx).stream().noneMatch(other -> other.standsBefore(row)))
        .map(DeliveryRow::event);
  }

  @Override
  public Optional<Claim> claim(String subscriber, UUID event, Duration lease) {
    return lockDelivery(subscriber, event)
        .map(found -> {
          var key = new DeliveryRow.Key(subscriber, event);
          Instant now = tx.now();
          db.deliveries.update(tx, key, row -> true, row -> row.claimed(now, now.plus(lease)));
          DeliveryRow row = Objects.requireNonNull(db.deliveries.see(tx, key));
          return new Claim(subscriber, found, row.published(), row.attempts());
        });
  }

  @Override
  public boolean enterInbox(String consumer, UUID event) {
    tx.statement();
    return db.inbox.insert(tx, new DeliveryRow.Key(consumer, event), tx.now());
  }

  @Override
  public void acknowledge(String subscriber, UUID event) {
    tx.statement();
    var key = new DeliveryRow.Key(subscriber, event);
    db.deliveries.update(tx, key, row -> true, row -> row.applied(tx.now()));
    published(event);
  }

  @Override
  public boolean acknowledge(Claim claim) {
    tx.statement();
    boolean marked =
        db.deliveries.update(
            tx,
            key(claim),
            row -> row.state() == DeliveryState.PENDING && inForce(row, claim),
            row -> row.acknowledged(tx.now()));
    if (marked) {
      published(claim.event().id());
    }
    return marked;
  }

  private static DeliveryRow.Key key(Claim claim) {
    return new DeliveryRow.Key(claim.subscriber(), claim.event().id());
  }

  private void published(UUID event) {
    db.events.update(tx, event, row -> row.publishedAt() == null, row -> row.published(tx.now()));
  }

  @Override
  public void failed(String subscriber, UUID event, Failure failure) {
    tx.statement();
    boolean noted =
        db.deliveries.update(
            tx,
            new DeliveryRow.Key(subscriber, event),
            row -> row.state() == DeliveryState.PENDING,
            row -> row.failed(tx.now(), failure, 1));
    noteFailure(noted, event, failure);
  }

  @Override
  public void failed(Claim claim, Failure failure) {
    tx.statement();
    boolean noted =
        db.deliveries.update(
            tx,
            key(claim),
            row -> row.state() == DeliveryState.PENDING && inForce(row, claim),
            row -> row.failed(tx.now(), failure, 0));
    noteFailure(noted, claim.event().id(), failure);
  }

  private void noteFailure(boolean noted, UUID event, Failure failure) {
    if (noted) {
      db.events.update(tx, event, row -> true, row -> row.failed(failure.error()));
    }
  }

  @Override
  public int attempts(String subscriber, UUID event) {
    tx.statement();
    DeliveryRow row = db.deliveries.see(tx, new DeliveryRow.Key(subscriber, event));
    return row == null ? 0 : row.attempts();
  }

  @Override
  public boolean replay(String subscriber, UUID event) {
    tx.statement();
    return db.deliveries.update(
        tx,
        new DeliveryRow.Key(subscriber, event),
        row -> row.state() != DeliveryState.PENDING,
        row -> row.replayed(tx.now()));
  }

  @Override
  public boolean skip(String subscriber, UUID event) {
    tx.statement();
    return db.deliveries.update(
        tx,
        new DeliveryRow.Key(subscriber, event),
        row -> row.state() == DeliveryState.DEAD,
        row -> row.skipped(tx.now()));
  }

  @Override
  public void lockDeliveries(UUID event) {
    tx.statement();
    db.deliveries.all(tx).stream()
        .map(DeliveryRow::key)
        .filter(key -> key.event().equals(event))
        .sorted(Comparator.comparing(DeliveryRow.Key::subscriber))
        .forEach(key -> db.deliveries.lock(tx, key, row -> true));
  }

  private Stream<DeliveryRow> rows() {
    return db.deliveries.all(tx).stream()
        .sorted(
            Comparator.comparing((DeliveryRow d) -> d.event().sequence())
                .thenComparing(d -> d.key().subscriber()));
  }

  @Override
  public List<Delivery> dead(@Nullable String subscriber, Instant until, int limit) {
    tx.statement();
    return rows()
        .filter(d -> subscriber == null || d.key().subscriber().equals(subscriber))
        .filter(d -> d.acked() == null && d.dead() != null && !d.dead().isAfter(until))
        .limit(limit)
        .map(DeliveryRow::delivery)
        .toList();
  }

  @Override
  public List<String> subscribers() {
    return db.subscribers.all(tx).stream().sorted().toList();
  }

  private Stream<EventRow> newest() {
    return db.events.all(tx).stream()
        .sorted(Comparator.comparing((EventRow e) -> e.event().sequence()).reversed());
  }

  @Override
  public List<OutboxEvent> list(int limit) {
    return newest().limit(limit).map(EventRow::event).toList();
  }

  @Override
  public List<Evidence> events(
      @Nullable String subscriber, @Nullable DeliveryState state, int limit) {
    return newest()
        .map(e -> evidence(e, subscriber, state))
        .filter(e -> (subscriber == null && state == null) || !e.deliveries().isEmpty())
        .limit(limit)
        .toList();
  }

  @Override
  public List<OutboxEvent> findByIdPrefix(String prefix) {
    return db.events.all(tx).stream()
        .map(EventRow::event)
        .filter(e -> e.id().toString().startsWith(prefix))
        .limit(10)
        .toList();
  }

  @Override
  public Optional<Evidence> evidence(UUID event) {
    tx.statement();
    return Optional.ofNullable(db.events.see(tx, event)).map(e -> evidence(e, null, null));
  }

  private Evidence evidence(
      EventRow row, @Nullable String subscriber, @Nullable DeliveryState state) {
    return new Evidence(
        row.event(),
        row.publishedAt(),
        row.failures(),
        row.lastError(),
        rows()
            .filter(d -> d.event().id().equals(row.event().id()))
            .filter(d -> subscriber == null || d.key().subscriber().equals(subscriber))
            .filter(d -> state == null || d.state() == state)
            .map(DeliveryRow::delivery)
            .toList());
  }

  @Override
  public OutboxCounters counters() {
    Map<DeliveryState, Long> byState = new EnumMap<>(DeliveryState.class);
    for (DeliveryState state : DeliveryState.values()) {
      byState.put(state, rows().filter(d -> d.state() == state).count());
    }
    long events = db.events.all(tx).size();
    long facts = db.events.all(tx).stream().map(e -> e.event().key()).distinct().count();
    // The inbox holds what was applied by its key, and can't hold it twice.
    return new OutboxCounters(events, byState, events - facts, 0, 0);
  }

  @Override
  public List<UUID> order(OutboxQuery query) {
    throw notHere();
  }

  @Override
  public java.util.Map<UUID, Evidence> rows(java.util.Collection<UUID> events) {
    throw notHere();
  }

  @Override
  public List<String> types() {
    throw notHere();
  }

  @Override
  public long countDead() {
    throw notHere();
  }

  @Override
  public int prune(Instant before, int limit) {
    throw notHere();
  }

  private static UnsupportedOperationException notHere() {
    return new UnsupportedOperationException(
        "the database in memory has no lists and keeps house for nobody");
  }
}
