package dev.imprimatur.engine.fault;

/// Told whenever a step boundary is passed. In production nothing happens; tests halt the process
/// or hold a thread.
@FunctionalInterface
public interface FaultPoints {
  /// The production behaviour: nothing.
  FaultPoints NONE = point -> {};

  /// Called at the boundary, on the thread that passes it.
  void reach(FaultPoint point);
}
