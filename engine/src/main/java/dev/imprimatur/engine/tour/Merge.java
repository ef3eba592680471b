package dev.imprimatur.engine.tour;

import dev.imprimatur.engine.tour.InvalidTransition.Of;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Brings a change together with what others changed since it was thought of. Plain: it looks at
/// what was read and at nothing else.
final class Merge {
  private Merge() {}

  /// What comes of it.
  ///
  /// @param changed fields that are to be written; empty if all is as wanted already
  /// @param conflicts fields that others made something else of
  record Merged(Map<CheckpointField, String> changed, List<FieldConflict> conflicts) {}

  /// Merges field by field. A field that holds what is wanted needs no writing, whoever wrote it: a
  /// repeat changes nothing.
  ///
  /// @param seen the revision that the change was thought of on
  /// @param now the revision there is
  /// @param last who changed which field last; those that nobody did are missing
  static Merged merge(
      Of of,
      Map<CheckpointField, String> wanted,
      long seen,
      Map<CheckpointField, String> values,
      long now,
      Map<CheckpointField, FieldChange> last) {
    Map<CheckpointField, String> changed = new EnumMap<>(CheckpointField.class);
    List<FieldConflict> conflicts = new ArrayList<>();
    wanted.forEach((field, mine) -> {
      String theirs = values.getOrDefault(field, "");
      FieldChange other = last.get(field);
      if (mine.equals(theirs)) {
        return;
      }
      if (other != null && other.revision() > seen) {
        conflicts.add(new FieldConflict(of, field, mine, theirs, other.by(), other.at(), now));
      } else {
        changed.put(field, mine);
      }
    });
    return new Merged(changed, conflicts);
  }
}
