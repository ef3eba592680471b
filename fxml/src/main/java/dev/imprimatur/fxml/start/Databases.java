package dev.imprimatur.fxml.start;

import dev.imprimatur.engine.store.ConnectionReport;
import java.util.function.BooleanSupplier;

/// Opens databases and tests the way to them. Everything here may take its time, and none of it is
/// called on the FX thread.
public interface Databases extends AutoCloseable {
  /// What the window does first.
  Beginning beginning();

  /// What it does when somebody wants another database: it asks, whatever it remembers.
  Beginning.Ask again();

  /// Opens a database. One at a time: the next waits until the one before is open or called off.
  Opening open(Choice choice, Steps steps);

  /// Looks whether a database can be worked with, changing nothing in it; takes ten seconds at
  /// most.
  ConnectionReport test(Choice.Server server, BooleanSupplier cancelled);

  /// Waits, for a bounded time, until whatever was called off has let go of its database.
  @Override
  void close();
}
