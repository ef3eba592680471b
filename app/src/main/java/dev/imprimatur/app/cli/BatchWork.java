package dev.imprimatur.app.cli;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.assessment.Assessment;
import java.util.Collection;
import java.util.UUID;

/// Carries batches on within a command, so that one machine without a worker comes to their end.
final class BatchWork {
  private BatchWork() {}

  /// Works until these batches have ended, or wait for judges outside; then hands events on.
  ///
  /// @return false if the user did not want to wait so long
  static boolean carry(Engine engine, Context context, Collection<UUID> batches) {
    var all = engine.assessment().batches();
    boolean done = true;
    if (batches.stream().anyMatch(all::atWork)) {
      try (var worker = EmbeddedWorker.start(engine, context, Assessment.KINDS)) {
        done = worker.await(() -> batches.stream().noneMatch(all::atWork), context.interrupts());
      }
    }
    while (engine.dispatchEvents() > 0) {
      // Until every event has been handed on.
    }
    return done;
  }
}
