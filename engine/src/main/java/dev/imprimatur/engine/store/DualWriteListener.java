package dev.imprimatur.engine.store;

/// Told of writes that go to both layouts of the queue.
public interface DualWriteListener {
  /// Does nothing.
  DualWriteListener NONE = new DualWriteListener() {};

  /// The new layout is written, the old one not yet; inside the transaction.
  default void between() {}

  /// A transaction has written both layouts, or could not.
  default void ended(String workspace, boolean succeeded) {}
}
