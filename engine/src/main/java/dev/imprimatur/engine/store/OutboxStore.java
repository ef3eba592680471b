package dev.imprimatur.engine.store;

import dev.imprimatur.engine.outbox.OutboxEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// The outbox and its deliveries.
public interface OutboxStore {
  /// Writes an event and a delivery for each subscriber there is.
  ///
  /// @return false if the fact was published before, in which case nothing is written
  boolean append(
      String aggregateType, String aggregateId, String type, String key, JsonNode payload);

  /// Makes a subscriber known. Events written from then on are delivered to it.
  void register(String subscriber);

  /// Events due for a subscriber, in order of writing, none before an earlier undelivered one of
  /// its aggregate; not locked.
  List<UUID> undelivered(String subscriber, int limit);

  /// Locks one delivery, unless another holds it or it is acknowledged.
  Optional<OutboxEvent> lockDelivery(String subscriber, UUID event);

  /// Writes the consumer's inbox row.
  ///
  /// @return false if the event was handled before
  boolean enterInbox(String consumer, UUID event);

  /// Marks a delivery as done.
  void acknowledge(String subscriber, UUID event);

  /// Notes a failed delivery, to be tried again after the delay.
  void failed(String subscriber, UUID event, String error, Duration delay);

  /// How often a delivery has failed so far.
  int attempts(String subscriber, UUID event);

  /// The latest events, newest first.
  List<OutboxEvent> list(int limit);
}
