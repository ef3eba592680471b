package dev.imprimatur.engine.store;

import dev.imprimatur.engine.queue.LayoutDifference;
import dev.imprimatur.engine.queue.QueueLayout;
import java.util.List;

/// Which layout of the queue is in force, and what stands in which.
public interface QueueLayoutStore {
  /// The layout in force.
  QueueLayout inForce();

  /// How far the two layouts agree.
  ///
  /// @param onlyOld jobs that stand in the old one alone
  /// @param onlyNew jobs that stand in the new one alone
  /// @param both jobs of the old one that stand in the new one too
  /// @param differing how many of these have rows that differ
  record Counts(long onlyOld, long onlyNew, long both, long differing) {}

  Counts counts();

  /// Jobs whose two rows differ, oldest first.
  List<LayoutDifference> differences(int limit);

  /// Whether whoever acts may take a step.
  boolean mayDecide();

  /// Waits until nobody writes the queue, and keeps it so until the transaction ends.
  ///
  /// @return the layout in force
  /// @throws StoreException.Forbidden if whoever is signed in is no administrator
  /// @throws StoreException.Transient if somebody wrote for too long
  QueueLayout lock();

  /// Takes a step, under the lock. What the layout that is left behind has is deleted: it stands in
  /// the other too.
  ///
  /// @throws StoreException.Violated if something would be lost by it
  void set(QueueLayout wanted);

  /// Copies jobs that stand in the old layout alone to the new one, oldest first, passing over what
  /// others hold. Does nothing unless both layouts are in force.
  ///
  /// @return how many
  int backfill(int most);
}
