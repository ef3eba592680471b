package dev.imprimatur.engine.outbox;

/// Whoever events are delivered to.
public sealed interface Subscriber permits EventConsumer, EventSender {
  /// The name under which its deliveries are kept; at most 100 characters.
  String name();
}
