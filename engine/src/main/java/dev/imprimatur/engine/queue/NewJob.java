package dev.imprimatur.engine.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A job to be enqueued.
///
/// @param delay how long after the database's now it becomes due; zero or more
/// @param clientRequestId a key under which a repeat finds the job that exists, or null
/// @param retryOf the id of the job this one repeats, or null
public record NewJob(
    String workspaceId,
    String kind,
    JsonNode payload,
    int priority,
    Duration delay,
    int maxAttempts,
    @Nullable String clientRequestId,
    @Nullable String retryOf) {

  /// Attempts where nothing else is said.
  public static final int DEFAULT_MAX_ATTEMPTS = 5;

  /// A job due at once with ordinary priority and attempts.
  public static NewJob of(String workspaceId, String kind, JsonNode payload) {
    return new NewJob(
        workspaceId, kind, payload, 0, Duration.ZERO, DEFAULT_MAX_ATTEMPTS, null, null);
  }

  /// The same job under a client request id.
  public NewJob withClientRequestId(@Nullable String id) {
    return new NewJob(workspaceId, kind, payload, priority, delay, maxAttempts, id, retryOf);
  }

  /// The same job with another number of attempts.
  public NewJob withMaxAttempts(int attempts) {
    return new NewJob(
        workspaceId, kind, payload, priority, delay, attempts, clientRequestId, retryOf);
  }

  /// The same job with another priority.
  public NewJob withPriority(int other) {
    return new NewJob(
        workspaceId, kind, payload, other, delay, maxAttempts, clientRequestId, retryOf);
  }

  /// The same job, due later.
  public NewJob withDelay(Duration other) {
    return new NewJob(
        workspaceId, kind, payload, priority, other, maxAttempts, clientRequestId, retryOf);
  }

  /// The same job as a repeat of an ended one.
  public NewJob asRetryOf(JobKey key) {
    return new NewJob(
        workspaceId,
        kind,
        payload,
        priority,
        delay,
        maxAttempts,
        retryRequest(key),
        key.id().toString());
  }

  /// The request id under which the repeat of a job stands, so that there is one at most.
  static String retryRequest(JobKey key) {
    return "retry:" + key.id();
  }
}
