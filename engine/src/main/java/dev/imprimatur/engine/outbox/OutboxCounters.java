package dev.imprimatur.engine.outbox;

import java.util.Map;

/// The outbox in numbers, counted over its tables at the moment of asking.
///
/// @param events all there are
/// @param byState deliveries by state; every state has a number
/// @param factsWithTwoEvents facts that were published more than once; must be 0
/// @param appliedTwice facts that a consumer applied more than once; must be 0
/// @param acknowledgedNotMarked deliveries that their subscriber has confirmed and the outbox does
///   not know of; must be 0
public record OutboxCounters(
    long events,
    Map<DeliveryState, Long> byState,
    long factsWithTwoEvents,
    long appliedTwice,
    long acknowledgedNotMarked) {
  /// Whether all that must be 0 is.
  public boolean sound() {
    return factsWithTwoEvents == 0 && appliedTwice == 0 && acknowledgedNotMarked == 0;
  }
}
