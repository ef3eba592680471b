package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.store.Transaction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What an attempt changes: applied in the very transaction that completes the job, after the job's
/// row was marked under its fencing token. So an owner that was presumed dead changes nothing, and
/// no effect happens twice.
public sealed interface Effect {
  /// Nothing but the job itself changes. Such completions are committed in groups.
  record None(@Nullable JsonNode result) implements Effect {}

  /// A change. It may run more than once where the database asks for a repeat, so it touches
  /// nothing but the transaction.
  record Change(Body body) implements Effect {}

  /// The code of a change.
  @FunctionalInterface
  interface Body {
    /// Applies the change.
    ///
    /// @return the job's result, or null
    @Nullable JsonNode apply(Transaction tx);
  }

  /// No effect, no result.
  static Effect none() {
    return new None(null);
  }

  /// This effect.
  static Effect of(Body body) {
    return new Change(body);
  }
}
