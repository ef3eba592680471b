package dev.imprimatur.engine.outbox;

import org.jspecify.annotations.Nullable;

/// Which events a list shows. Those with a dead delivery come first, as they wait for a person;
/// then the newest first.
///
/// @param subscriber only events with a delivery to this one, or null for all
/// @param state only events with a delivery in this state, to this subscriber where one is named;
///   or null for all
/// @param type only events of this type, or null for all
/// @param search words that must all stand in the event's key, type, aggregate or id, or in the
///   error of one of its deliveries, whatever their case; may be blank
public record OutboxQuery(
    @Nullable String subscriber,
    @Nullable DeliveryState state,
    @Nullable String type,
    String search) {

  /// Everything.
  public static final OutboxQuery ALL = new OutboxQuery(null, null, null, "");
}
