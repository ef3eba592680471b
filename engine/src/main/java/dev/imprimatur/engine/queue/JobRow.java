package dev.imprimatur.engine.queue;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A job as a list shows it: without its payload and its result, which may be large.
///
/// @param attempts used up, without those handed back
/// @param heartbeatAge how long ago its worker was last heard of, to the second; null unless it
///   runs
/// @param progressAge how long ago it last came forward, or was claimed, to the second; null unless
///   it runs
/// @param progress 0 to 1
/// @param lastError its beginning, at most 300 characters
public record JobRow(
    JobKey key,
    String kind,
    JobStatus status,
    JobHealth health,
    int attempts,
    int maxAttempts,
    Instant runAt,
    Instant enqueuedAt,
    @Nullable Instant finishedAt,
    @Nullable Duration heartbeatAge,
    @Nullable Duration progressAge,
    double progress,
    @Nullable String progressText,
    boolean cancelRequested,
    @Nullable String lastError) {}
