package dev.imprimatur.engine.tour;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/// A checkpoint as it stands.
///
/// @param position from 1, in the order of the tour
/// @param mandatory whether the tour is not complete without it
/// @param values every field; empty where nothing is known
/// @param revision rises by one with every change to it
/// @param modifiedAt by the database's clock
public record Checkpoint(
    UUID id,
    UUID tour,
    int position,
    String name,
    boolean mandatory,
    Map<CheckpointField, String> values,
    long revision,
    Instant modifiedAt,
    String modifiedBy) {

  public Checkpoint {
    values = Map.copyOf(values);
  }

  /// Its status.
  public TourStatus status() {
    return TourStatus.valueOf(value(CheckpointField.STATUS));
  }

  /// What a field holds; empty if nothing.
  public String value(CheckpointField field) {
    return values.getOrDefault(field, "");
  }

  /// The same after a change.
  Checkpoint with(Map<CheckpointField, String> changed, Instant at, String by) {
    Map<CheckpointField, String> all = new EnumMap<>(CheckpointField.class);
    all.putAll(values);
    all.putAll(changed);
    return new Checkpoint(id, tour, position, name, mandatory, all, revision + 1, at, by);
  }
}
