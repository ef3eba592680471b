package dev.imprimatur.engine.store;

import dev.imprimatur.engine.sweep.Findings;
import dev.imprimatur.engine.sweep.SweepRun;
import dev.imprimatur.engine.sweep.SweepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sweeps: what people want of them, which people alone write, and the book of their ticks, which
/// automation alone writes.
public interface SweepStore {
  /// Makes a sweep known, or its default interval.
  void register(String name, Duration interval);

  /// All sweeps, by name.
  List<SweepStatus> list();

  Optional<SweepStatus> find(String name);

  /// How many sweeps' latest tick failed.
  long countFailing();

  /// Its ticks, latest first.
  List<SweepRun> runs(String name, int limit);

  // What people want.

  /// Whether whoever is signed in may decide on sweeps.
  boolean mayDecide();

  /// Locks what people want of a sweep, as the first lock of a decision.
  ///
  /// @return the sweep, if there is one
  Optional<SweepStatus> lockSetting(String name);

  /// Sets its interval, or with null the default; raises the revision.
  void setInterval(String name, @Nullable Duration interval);

  /// Pauses or resumes it; raises the revision.
  void setPaused(String name, boolean paused);

  /// A wish that has not been answered.
  record Request(UUID id, String by, Instant at) {}

  /// Asks for it to run now.
  ///
  /// @return the request that stands open already, if there is one; nothing is written then
  Optional<Request> request(String name);

  // The book.

  /// A sweep as automation needs to know it.
  ///
  /// @param lastTick its latest tick that was begun, or null
  record Book(String name, Duration interval, boolean paused, @Nullable Instant lastTick) {}

  /// Locks the book of a sweep that is registered.
  Book lockBook(String name);

  /// Marks an open request as answered by this tick.
  ///
  /// @return whether there was one
  boolean answer(String name, Instant tick);

  /// Whether a request stands open.
  boolean requested(String name);

  /// Ends whatever tick of the sweep stands open, as failed.
  ///
  /// @return whether there was one
  boolean abandon(String name, String error);

  /// Begins a tick: at most once each, and only one of a sweep at a time.
  void begin(String name, Instant tick, String worker, boolean requested, Duration interval);

  /// Ends a tick with what came of it.
  ///
  /// @param findings null if it failed
  /// @param error null if it did not
  /// @return false if it had been ended by others, in which case nothing is changed
  boolean end(String name, Instant tick, @Nullable Findings findings, @Nullable String error);

  /// Notes with which interval the next tick is planned.
  void planned(String name, Duration interval);

  /// Moves what is planned, where that is not yet what people want: sweeps that somebody asked for
  /// are due now, and those whose interval was changed one interval after their latest tick.
  ///
  /// @param now by the clock that ticks are planned with
  /// @return how many were moved
  int replan(Instant now);

  /// Deletes ticks that ended before this time, and answered requests made before it; the latest
  /// tick of each sweep stays.
  ///
  /// @param limit how many ticks at most
  /// @return how many ticks
  int prune(Instant before, int limit);
}
