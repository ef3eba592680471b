package dev.imprimatur.engine.memory;

import dev.imprimatur.engine.outbox.OutboxEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event as stored.
public record EventRow(
    OutboxEvent event, @Nullable Instant publishedAt, int failures, @Nullable String lastError) {
  EventRow published(Instant at) {
    return publishedAt == null ? new EventRow(event, at, failures, lastError) : this;
  }

  EventRow failed(String error) {
    return new EventRow(event, publishedAt, failures + 1, error);
  }
}
