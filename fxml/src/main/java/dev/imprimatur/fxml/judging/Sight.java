package dev.imprimatur.fxml.judging;

import dev.imprimatur.engine.assessment.ShownPair;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The pair in sight with what belongs to it, and the one behind it.
final class Sight {
  /// Nothing that comes sooner is an answer to what is in sight: it is the second half of a double
  /// press. To see that another pair is there, and to press a key, takes a person longer.
  static final Duration TOO_SOON = Duration.ofMillis(300);

  private final LongSupplier nanos;
  private final Stopwatch watch;
  private final ReadOnlyObjectWrapper<@Nullable ShownPair> pair = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Sureness> sureness =
      new ReadOnlyObjectWrapper<>(Sureness.UNSAID);
  private @Nullable ShownPair ahead;
  private long shownAt;

  /// @param nanos a clock for lengths, such as `System::nanoTime`
  Sight(LongSupplier nanos) {
    this.nanos = nanos;
    this.watch = new Stopwatch(nanos);
  }

  void show(ShownPair next) {
    sureness.set(Sureness.UNSAID);
    shownAt = nanos.getAsLong();
    watch.start();
    pair.set(next);
  }

  /// Shows a pair at once; what was in sight comes next.
  void showBefore(ShownPair again) {
    ahead = pair.get();
    show(again);
  }

  /// Keeps a pair for after the one in sight.
  void follow(ShownPair next) {
    ahead = next;
  }

  /// The pair in sight is done with: the one behind it is in sight.
  ///
  /// @return false if there is none
  boolean advance() {
    ShownPair next = ahead;
    clear();
    if (next != null) {
      show(next);
    }
    return next != null;
  }

  /// Nothing is in sight.
  void clear() {
    ahead = null;
    pair.set(null);
  }

  /// Whether there is room for another pair.
  boolean lacking() {
    return pair.get() == null || ahead == null;
  }

  /// The pairs in sight and behind.
  Set<UUID> pairs() {
    Set<UUID> pairs = new HashSet<>();
    ShownPair shown = pair.get();
    if (shown != null) {
      pairs.add(shown.correlationId());
    }
    if (ahead != null) {
      pairs.add(ahead.correlationId());
    }
    return pairs;
  }

  /// Whether it has been in sight for long enough to be decided.
  boolean readable() {
    return pair.get() != null && nanos.getAsLong() - shownAt >= TOO_SOON.toNanos();
  }

  /// How long it has been seen, in milliseconds.
  long millis() {
    return watch.millis();
  }

  /// Whether what is shown is hidden: that time is no decision time.
  void away(boolean now) {
    watch.away(now);
  }

  /// Says how sure one is, in turn.
  void nextSureness() {
    sureness.set(sureness.get().next());
  }

  /// The pair in sight, or null.
  ReadOnlyObjectProperty<@Nullable ShownPair> pairProperty() {
    return pair.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Sureness> surenessProperty() {
    return sureness.getReadOnlyProperty();
  }
}
