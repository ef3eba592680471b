package dev.imprimatur.engine.tour;

import dev.imprimatur.engine.decision.Refusal;
import java.util.List;
import java.util.function.Function;

/// What a change of a tour came to. Unless it is [Done], nothing was changed.
///
/// @param <T> what is shown: the state as read again after the commit
public sealed interface TourOutcome<T> {
  /// It is as wanted, and committed.
  ///
  /// @param changed false if it was as wanted before, as after a repeat
  record Done<T>(T value, boolean changed) implements TourOutcome<T> {}

  /// Others changed the same fields since the revision that was named.
  record Conflicting<T>(List<FieldConflict> conflicts) implements TourOutcome<T> {}

  /// The state machine does not allow it.
  record Invalid<T>(InvalidTransition why) implements TourOutcome<T> {}

  /// It is not allowed for another reason, or not now.
  record Refused<T>(Refusal refusal) implements TourOutcome<T> {}

  /// Goes on with what was done; whatever else it is, it stays.
  default <R> TourOutcome<R> then(Function<Done<T>, TourOutcome<R>> next) {
    return switch (this) {
      case Done<T> done -> next.apply(done);
      case Conflicting<T> c -> new Conflicting<>(c.conflicts());
      case Invalid<T> i -> new Invalid<>(i.why());
      case Refused<T> r -> new Refused<>(r.refusal());
    };
  }
}
