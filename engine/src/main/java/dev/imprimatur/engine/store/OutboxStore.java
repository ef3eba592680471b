package dev.imprimatur.engine.store;

import dev.imprimatur.engine.outbox.Delivery;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.Evidence;
import dev.imprimatur.engine.outbox.OutboxCounters;
import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.outbox.OutboxQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

  /// Events due for a subscriber, in order of writing, none behind one of its aggregate that is
  /// dead or waits for its next attempt; not locked.
  List<UUID> undelivered(String subscriber, int limit);

  /// Locks one delivery, unless another holds it, it is not due, or an earlier event of its
  /// aggregate is still to be delivered.
  Optional<OutboxEvent> lockDelivery(String subscriber, UUID event);

  /// A delivery that is being handed over.
  ///
  /// @param token fences: it is never given twice for one delivery
  /// @param attempt since it was written or replayed, from 1
  record Claim(String subscriber, OutboxEvent event, int token, int attempt) {}

  /// Takes a delivery up as [#lockDelivery] does, and keeps others off it for the lease, beyond the
  /// end of the transaction.
  Optional<Claim> claim(String subscriber, UUID event, Duration lease);

  /// Writes the consumer's inbox row.
  ///
  /// @return false if the event was handled before
  boolean enterInbox(String consumer, UUID event);

  /// Marks a delivery that this transaction has locked as done.
  void acknowledge(String subscriber, UUID event);

  /// Marks a claimed delivery as done.
  ///
  /// @return false if the claim is no longer in force, in which case nothing is changed
  boolean acknowledge(Claim claim);

  /// What is to be noted of a failed attempt.
  ///
  /// @param delay until the next
  /// @param dead whether there is to be no next
  record Failure(String error, Duration delay, boolean dead) {}

  /// Notes a failed attempt at a delivery that is not claimed.
  void failed(String subscriber, UUID event, Failure failure);

  /// Notes that a claimed delivery failed, if the claim is still in force.
  void failed(Claim claim, Failure failure);

  /// How many attempts there were since the delivery was written or replayed.
  int attempts(String subscriber, UUID event);

  /// Makes a delivery that is dead, acknowledged or skipped pending again: from attempt 0, due at
  /// once.
  ///
  /// @return false if it is pending, or there is none
  boolean replay(String subscriber, UUID event);

  /// Gives a dead delivery up.
  ///
  /// @return false if it is not dead
  boolean skip(String subscriber, UUID event);

  /// Dead deliveries, in order of writing.
  ///
  /// @param subscriber only this one's, or null for all
  /// @param until only those parked at this time or before
  List<Delivery> dead(@Nullable String subscriber, Instant until, int limit);

  /// The names of all subscribers, in order.
  List<String> subscribers();

  /// The latest events, newest first.
  List<OutboxEvent> list(int limit);

  /// Events with their deliveries, newest first. Where something is asked for, only the events and
  /// of these only the deliveries that match; nulls match all.
  List<Evidence> events(@Nullable String subscriber, @Nullable DeliveryState state, int limit);

  /// The ids of all events that match: those with a dead delivery first, then the newest.
  List<UUID> order(OutboxQuery query);

  /// All that is known of these events, each with its deliveries; those that are not there are
  /// missing.
  Map<UUID, Evidence> rows(Collection<UUID> events);

  /// The types of all events there are, in order.
  List<String> types();

  /// How many deliveries are dead.
  long countDead();

  /// Events whose id begins so, at most 10.
  List<OutboxEvent> findByIdPrefix(String prefix);

  /// All that is known of an event.
  Optional<Evidence> evidence(UUID event);

  /// Locks all deliveries of an event, in order of their subscribers' names, waiting for who holds
  /// them.
  void lockDeliveries(UUID event);

  /// Deletes events that were written before this time, with their deliveries and what consumers
  /// keep of them; none that a delivery of is pending or dead.
  ///
  /// @return how many
  int prune(Instant before, int limit);

  /// Counts over the tables as they are.
  OutboxCounters counters();
}
