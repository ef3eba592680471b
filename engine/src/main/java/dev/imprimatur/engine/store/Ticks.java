package dev.imprimatur.engine.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// What is called at each tick: implemented by the engine, called by a [TickSource].
public interface Ticks {
  /// The names of the sweeps this process knows.
  List<String> names();

  /// Takes a tick.
  ///
  /// @param tick when it was due
  /// @param clock the one ticks are planned with
  /// @return when the next is due; empty if the tick is no longer this process's to plan after
  Optional<Instant> take(String name, Instant tick, InstantSource clock);

  /// Plans what people have asked for since.
  ///
  /// @return whether anything was moved
  boolean replan(InstantSource clock);
}
