package dev.imprimatur.engine.tour;

import dev.imprimatur.engine.audit.AuditEntry;
import java.util.List;

/// A tour with all that people look at.
///
/// @param checkpoints in their order
/// @param options every other status, in the order of [TourStatus], and whether it may become that
/// @param audit what was done to it, newest first, at most [Tours#AUDIT_SHOWN]
public record TourView(
    Tour tour, List<Checkpoint> checkpoints, List<Option> options, List<AuditEntry> audit) {

  /// A status that a tour may take, or why it may not.
  ///
  /// @param guard what its step asks for; [Guard#NONE] if nothing, or if there is no such step
  /// @param refusal null if it may
  public record Option(
      TourStatus to, Guard guard, @org.jspecify.annotations.Nullable InvalidTransition refusal) {
    /// Whether it may be taken as things stand.
    public boolean open() {
      return refusal == null;
    }
  }
}
