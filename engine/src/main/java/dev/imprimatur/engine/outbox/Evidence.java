package dev.imprimatur.engine.outbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that is known of one event.
///
/// @param publishedAt when the first subscriber confirmed it
/// @param failures failed attempts, over all subscribers and replays
/// @param lastError of the latest of these
/// @param deliveries one per subscriber there was when it was written, by name
public record Evidence(
    OutboxEvent event,
    @Nullable Instant publishedAt,
    int failures,
    @Nullable String lastError,
    List<Delivery> deliveries) {}
