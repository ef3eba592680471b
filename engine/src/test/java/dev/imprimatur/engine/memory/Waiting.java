package dev.imprimatur.engine.memory;

import java.util.function.BooleanSupplier;

/// Told wherever a transaction could be overtaken by another, and asked to wait where it must.
public interface Waiting {
  /// Where a transaction stands.
  enum Place {
    /// Not begun.
    BEGIN,
    /// Before one of its statements.
    STATEMENT,
    /// All is written, nothing committed.
    COMMIT,
    /// Committed; nobody has been told.
    COMMITTED
  }

  /// Nobody else is there: nothing happens, and waiting would be for ever.
  Waiting ALONE =
      new Waiting() {
        @Override
        public void pause(Place place) {}

        @Override
        public void until(BooleanSupplier condition) {
          if (!condition.getAsBoolean()) {
            throw new IllegalStateException("waits for a transaction of its own thread");
          }
        }
      };

  /// Lets others go on. May throw what a database throws, or what ends a process.
  void pause(Place place);

  /// Waits until it is so.
  void until(BooleanSupplier condition);
}
