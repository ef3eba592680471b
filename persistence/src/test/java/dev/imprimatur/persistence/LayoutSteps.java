package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.queue.QueueLayouts;

/// Brings a test database's queue to a layout, and writes it there past the engine.
public final class LayoutSteps {
  private LayoutSteps() {}

  /// Step by step.
  static void to(Engine engine, QueueLayout wanted) {
    to(engine.queueLayouts(), wanted);
  }

  /// The same.
  static void to(QueueLayouts layouts, QueueLayout wanted) {
    QueueLayout now = layouts.inForce();
    while (now != wanted) {
      int step = wanted.compareTo(now) > 0 ? 1 : -1;
      now = decided(layouts.set(QueueLayout.values()[now.ordinal() + step])).layout();
    }
  }

  /// Runs a statement as the owner, who says by which layout.
  public static void execute(TestDatabase database, QueueLayout layout, String sql) {
    database.execute(
        database.kind() == TestDatabase.Kind.H2 || layout == QueueLayout.WORKSPACE
            ? sql
            : "DO $$ BEGIN PERFORM imprimatur_work_in_layout('"
                + layout.code()
                + "'); "
                + sql
                + "; END $$");
  }
}
