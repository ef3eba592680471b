package dev.imprimatur.engine;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.metric.Metrics;
import dev.imprimatur.engine.store.DualWriteListener;

/// Told of writes of both layouts of the queue: measures them, and lets tests die in between.
record DualWrites(Metrics metrics, FaultPoints faults) implements DualWriteListener {
  @Override
  public void between() {
    faults.reach(FaultPoint.LAYOUT_HALF_WRITTEN);
  }

  @Override
  public void ended(String workspace, boolean succeeded) {
    metrics.dualWritten(workspace, succeeded);
  }
}
