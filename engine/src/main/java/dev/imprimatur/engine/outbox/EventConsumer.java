package dev.imprimatur.engine.outbox;

import dev.imprimatur.engine.store.Transaction;

/// Takes events within this process. Its effect, its inbox row and the acknowledgement commit
/// together, so each event takes effect once however often it is delivered.
public non-sealed interface EventConsumer extends Subscriber {
  /// The name under which its deliveries and its inbox are kept.
  @Override
  String name();

  /// Applies one event. Touches nothing but the transaction: whatever is slow or remote is enqueued
  /// as a job.
  void handle(Transaction tx, OutboxEvent event);
}
