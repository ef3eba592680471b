package dev.imprimatur.engine.queue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// The kinds of job this release knows, and what a job must look like to be let in.
public final class JobKinds {
  /// The largest payload, in bytes of its JSON as UTF-8: 1 MiB.
  public static final int MAX_PAYLOAD = 1 << 20;

  private final Map<String, JobHandler> handlers = new TreeMap<>();

  public JobKinds(List<? extends JobHandler> handlers) {
    for (JobHandler handler : handlers) {
      if (this.handlers.put(handler.kind(), handler) != null) {
        throw new IllegalArgumentException("two handlers for the kind " + handler.kind());
      }
    }
  }

  /// All kinds, sorted.
  public Set<String> names() {
    return handlers.keySet();
  }

  /// The handler of a kind.
  public Optional<JobHandler> handler(String kind) {
    return Optional.ofNullable(handlers.get(kind));
  }

  /// Refuses what must not stand in the queue.
  ///
  /// @throws InvalidJob naming the field and the value
  public void check(NewJob job) {
    if (job.workspaceId().isBlank()) {
      throw new InvalidJob("workspace_id", job.workspaceId(), "must not be blank");
    }
    if (job.workspaceId().length() > 200) {
      throw new InvalidJob("workspace_id", job.workspaceId(), "is longer than 200 characters");
    }
    JobHandler handler = handlers.get(job.kind());
    if (handler == null) {
      throw new InvalidJob("kind", job.kind(), "is none of " + String.join(", ", names()));
    }
    if (job.maxAttempts() < 1 || job.maxAttempts() > 1000) {
      throw new InvalidJob(
          "max_attempts", Integer.toString(job.maxAttempts()), "must be from 1 to 1000");
    }
    if (job.delay().isNegative()) {
      throw new InvalidJob("delay", job.delay().toString(), "must not be negative");
    }
    String requestId = job.clientRequestId();
    if (requestId != null && (requestId.isBlank() || requestId.length() > 300)) {
      throw new InvalidJob("client_request_id", requestId, "must have 1 to 300 characters");
    }
    checkPayload(job.payload(), handler);
  }

  private static void checkNumbers(JsonNode node) {
    if (node.isNumber()) {
      BigDecimal number = node.decimalValue();
      if (Math.abs((long) number.precision() - number.scale()) > 400
          || Math.abs((long) number.scale()) > 400) {
        throw new InvalidJob("payload", node.toString(), "has a number that is out of range");
      }
    }
    node.forEach(JobKinds::checkNumbers);
  }

  private static void checkPayload(JsonNode payload, JobHandler handler) {
    String text = payload.toString();
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_PAYLOAD) {
      throw new InvalidJob("payload", "", "has " + length + " bytes; the limit is " + MAX_PAYLOAD);
    }
    if (text.contains("\\u0000")) {
      throw new InvalidJob(
          "payload", "", "must not contain the character U+0000, which PostgreSQL can't store");
    }
    checkNumbers(payload);
    handler.check(payload);
  }
}
