package dev.imprimatur.engine.tour;

import java.util.Map;
import java.util.UUID;

/// What somebody wants of a checkpoint.
///
/// @param revision of the checkpoint as it was seen
/// @param values the fields that are to change; empty to clear one
public record CheckpointChange(
    UUID checkpoint, long revision, Map<CheckpointField, String> values) {
  public CheckpointChange {
    values = Map.copyOf(values);
  }
}
