package dev.imprimatur.engine.lock;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A lock was not to be had in time. Nothing was done; a repeat may succeed.
public final class LockUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final transient Duration waited;
  private final transient @Nullable LockLease holder;

  private LockUnavailable(
      String name, Duration waited, @Nullable LockLease holder, String message) {
    super(message);
    this.name = name;
    this.waited = waited;
    this.holder = holder;
  }

  /// The wait is over and another holds it.
  static LockUnavailable heldBy(String name, Duration waited, LockLease holder) {
    String lease =
        holder.left().isNegative()
            ? "its lease ran out " + seconds(holder.left().negated()) + " ago"
            : "its lease runs for another " + seconds(holder.left());
    return new LockUnavailable(
        name,
        waited,
        holder,
        begin(name, waited)
            + "it is held by "
            + holder.holder()
            + " (process "
            + holder.process()
            + ") since "
            + holder.acquiredAt()
            + ", for "
            + seconds(holder.age())
            + "; "
            + lease
            + ". Try again.");
  }

  /// The wait is over for another reason.
  static LockUnavailable because(String name, Duration waited, String why) {
    return new LockUnavailable(name, waited, null, begin(name, waited) + why + ". Try again.");
  }

  private static String begin(String name, Duration waited) {
    return "lock " + name + " was not to be had within " + seconds(waited) + ": ";
  }

  private static String seconds(Duration time) {
    return time.toMillis() < 10_000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
  }

  /// The lock's name.
  public String name() {
    return name;
  }

  /// How long it was waited for.
  public Duration waited() {
    return waited;
  }

  /// Who holds it; empty where it was let go just then, or where the reason is another: the message
  /// tells.
  public Optional<LockLease> holder() {
    return Optional.ofNullable(holder);
  }
}
