package dev.imprimatur.engine.decision;

import java.time.Instant;
import java.util.function.Function;

/// What a decision came to.
///
/// @param <T> what is shown when it was carried out: the state as re-read
public sealed interface Decision<T> {

  /// It was carried out and is committed.
  record Decided<T>(T value) implements Decision<T> {}

  /// The item has changed since the revision the decision was made on.
  ///
  /// @param what what happened to it, such as `resolved (false_alarm)`
  /// @param by who did it last
  /// @param at when, by the database's clock
  /// @param revision the revision it has now
  record AlreadyDecided<T>(String what, String by, Instant at, long revision)
      implements Decision<T> {}

  /// It is not allowed, or not now.
  record Refused<T>(Refusal refusal) implements Decision<T> {}

  /// The same outcome about another value.
  default <R> Decision<R> map(Function<? super T, ? extends R> f) {
    return switch (this) {
      case Decided<T> d -> new Decided<>(f.apply(d.value()));
      case AlreadyDecided<T> a -> new AlreadyDecided<>(a.what(), a.by(), a.at(), a.revision());
      case Refused<T> r -> new Refused<>(r.refusal());
    };
  }
}
