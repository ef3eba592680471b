package dev.imprimatur.engine.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One event on its way to one subscriber: the evidence of what became of it.
///
/// @param nextAttemptAt when it is due, or when the claim on it runs out
/// @param claimedAt when it was last taken up
/// @param sentAt when it was last handed over in full
/// @param ackedAt when the subscriber confirmed it
/// @param deadAt when it was parked
/// @param skippedAt when a person gave it up
/// @param attempts failed or under way since it was written or last replayed
/// @param publishCount hand-overs begun and known to the database, over all replays
/// @param lastError of the latest attempt that failed
public record Delivery(
    OutboxEvent event,
    String subscriber,
    DeliveryState state,
    Instant nextAttemptAt,
    @Nullable Instant claimedAt,
    @Nullable Instant sentAt,
    @Nullable Instant ackedAt,
    @Nullable Instant deadAt,
    @Nullable Instant skippedAt,
    int attempts,
    int publishCount,
    @Nullable String lastError) {}
