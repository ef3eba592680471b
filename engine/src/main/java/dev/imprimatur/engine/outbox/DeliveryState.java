package dev.imprimatur.engine.outbox;

/// Where the delivery of one event to one subscriber stands.
public enum DeliveryState {
  /// Due now or later, or being handed over.
  PENDING,
  /// Parked after too many failed attempts. Later events of its aggregate wait behind it.
  DEAD,
  /// The subscriber has it.
  ACKNOWLEDGED,
  /// A person gave it up: the subscriber never gets it, unless it is replayed.
  SKIPPED
}
