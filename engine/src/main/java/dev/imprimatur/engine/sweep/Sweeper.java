package dev.imprimatur.engine.sweep;

import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.store.DatabaseAccess;
import dev.imprimatur.engine.store.TickSource;
import dev.imprimatur.engine.store.TickSource.Rhythm;
import java.time.Duration;
import java.util.List;

/// Sweeps in this process, beside all other processes that do: each tick is taken by one of them.
public final class Sweeper implements AutoCloseable {
  private final SweepRunner runner;
  private final TickSource ticks;

  /// @param database whose user may run automation
  /// @param timeout how long one sweep may take
  public Sweeper(
      DatabaseAccess database,
      List<Sweep> sweeps,
      Rhythm rhythm,
      Duration timeout,
      FaultPoints faults) {
    this.runner =
        new SweepRunner(
            database.automation(), sweeps, rhythm.worker(), timeout, rhythm.grace(), faults);
    this.ticks = database.ticks(runner, rhythm);
  }

  /// Makes the sweeps known, and starts.
  public void start() {
    runner.register();
    ticks.start();
  }

  /// Asks it to stop, without waiting.
  public void requestStop() {
    runner.requestStop();
  }

  /// Takes no more ticks; what is under way has the grace time to end, and is then recorded as cut
  /// short and due again at once.
  @Override
  public void close() {
    requestStop();
    ticks.close();
  }
}
