package dev.imprimatur.engine.memory;

import dev.imprimatur.engine.outbox.Delivery;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.store.OutboxStore.Failure;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery as stored.
public record DeliveryRow(
    Key key,
    OutboxEvent event,
    Instant next,
    @Nullable Instant claimed,
    @Nullable Instant sent,
    @Nullable Instant acked,
    @Nullable Instant dead,
    @Nullable Instant skipped,
    int attempts,
    int published,
    @Nullable String error) {

  /// What names a delivery, and a row of the inbox.
  public record Key(String subscriber, UUID event) {}

  static DeliveryRow of(String subscriber, OutboxEvent event) {
    return new DeliveryRow(
        new Key(subscriber, event.id()),
        event,
        event.occurredAt(),
        null,
        null,
        null,
        null,
        null,
        0,
        0,
        null);
  }

  /// Where it stands.
  public DeliveryState state() {
    return acked != null
        ? DeliveryState.ACKNOWLEDGED
        : dead != null
            ? DeliveryState.DEAD
            : skipped != null ? DeliveryState.SKIPPED : DeliveryState.PENDING;
  }

  boolean due(Instant now) {
    return state() == DeliveryState.PENDING && !next.isAfter(now);
  }

  /// Whether it comes before another of its aggregate and has not ended well.
  boolean standsBefore(DeliveryRow other) {
    return key.subscriber().equals(other.key.subscriber())
        && event.aggregateType().equals(other.event.aggregateType())
        && event.aggregateId().equals(other.event.aggregateId())
        && event.sequence() < other.event.sequence()
        && acked == null
        && skipped == null;
  }

  DeliveryRow claimed(Instant now, Instant until) {
    return new DeliveryRow(
        key, event, until, now, sent, acked, dead, skipped, attempts + 1, published + 1, error);
  }

  DeliveryRow applied(Instant now) {
    return new DeliveryRow(
        key, event, next, now, now, now, dead, skipped, attempts + 1, published + 1, error);
  }

  DeliveryRow acknowledged(Instant now) {
    return new DeliveryRow(
        key, event, next, claimed, now, now, dead, skipped, attempts, published, error);
  }

  DeliveryRow failed(Instant now, Failure failure, int attempt) {
    return new DeliveryRow(
        key,
        event,
        now.plus(failure.delay()),
        claimed,
        sent,
        acked,
        failure.dead() ? now : null,
        skipped,
        attempts + attempt,
        published + attempt,
        failure.error());
  }

  DeliveryRow replayed(Instant now) {
    return new DeliveryRow(key, event, now, claimed, sent, null, null, null, 0, published, error);
  }

  DeliveryRow skipped(Instant now) {
    return new DeliveryRow(
        key, event, next, claimed, sent, acked, null, now, attempts, published, error);
  }

  Delivery delivery() {
    return new Delivery(
        event,
        key.subscriber(),
        state(),
        next,
        claimed,
        sent,
        acked,
        dead,
        skipped,
        attempts,
        published,
        error);
  }
}
