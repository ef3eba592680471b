package dev.imprimatur.engine.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A job as stored. All times are the database's.
///
/// @param sequence insertion order within the database
/// @param priority higher is claimed earlier
/// @param attempts claims so far; the number of the claim in force is its fencing token
/// @param handedBack claims that ended by an orderly hand-back; they use up no attempt
/// @param lockedBy the worker that holds it, or held it last
/// @param progress 0 to 1
/// @param retryOf the job this one repeats, if an administrator retried one
public record Job(
    JobKey key,
    long sequence,
    String kind,
    JsonNode payload,
    JobStatus status,
    int priority,
    Instant runAt,
    int attempts,
    int handedBack,
    int maxAttempts,
    String actorId,
    @Nullable String clientRequestId,
    Instant enqueuedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String lockedBy,
    @Nullable Instant heartbeatAt,
    @Nullable Instant progressAt,
    double progress,
    @Nullable String progressText,
    boolean cancelRequested,
    @Nullable JsonNode result,
    @Nullable String lastError,
    @Nullable String retryOf) {

  /// Whether the claim in force is the last one allowed.
  public boolean lastAttempt() {
    return attempts - handedBack >= maxAttempts;
  }

  /// The claim in force.
  public Claim claim() {
    return new Claim(key, attempts);
  }

  /// The right to work on a job: void as soon as the job's attempt number is another.
  ///
  /// @param attempt the fencing token, from 1
  public record Claim(JobKey key, int attempt) {}
}
