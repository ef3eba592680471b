package dev.imprimatur.engine.tour;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What changes of checkpoints must be like, whatever they are changes of.
final class ChangeCheck {
  private ChangeCheck() {}

  /// Why these can't be made, naming the first that can't; empty if they can.
  static <T> Optional<TourOutcome<T>> refuse(List<CheckpointChange> changes) {
    if (changes.isEmpty()) {
      return Optional.of(
          TourSteps.refused(
              "nothing_wanted", "no change is named", Map.of(), "Name one at least."));
    }
    Set<UUID> named = new HashSet<>();
    for (CheckpointChange change : changes) {
      if (!named.add(change.checkpoint())) {
        return Optional.of(
            TourSteps.refused(
                "named_twice",
                "checkpoint " + change.checkpoint() + " is named twice",
                Map.of("checkpoint", change.checkpoint().toString()),
                "Name each checkpoint once, with all of its changes."));
      }
      for (Map.Entry<CheckpointField, String> value : change.values().entrySet()) {
        Optional<String> problem = problem(value.getKey(), value.getValue());
        if (problem.isPresent()) {
          return Optional.of(
              TourSteps.refused(
                  "bad_value",
                  "checkpoint " + change.checkpoint() + ": " + problem.get(),
                  Map.of(
                      "checkpoint",
                      change.checkpoint().toString(),
                      "field",
                      value.getKey().name().toLowerCase(Locale.ROOT)),
                  "Choose another value."));
        }
      }
    }
    return Optional.empty();
  }

  /// What is wrong with a value, in words.
  private static Optional<String> problem(CheckpointField field, String value) {
    String name = field.name().toLowerCase(Locale.ROOT);
    if (value.length() > field.longest()) {
      return Optional.of(
          name + " has at most " + field.longest() + " characters, not " + value.length());
    }
    if (value.indexOf('\0') >= 0) {
      return Optional.of(name + " has the character U+0000, which can't be stored");
    }
    if (field == CheckpointField.SCAN && !value.isEmpty() && value.isBlank()) {
      return Optional.of("scan has nothing but blanks; leave it empty to take it back");
    }
    if (field == CheckpointField.STATUS
        && TransitionTable.statuses(JobKind.CHECKPOINT).stream()
            .noneMatch(s -> s.name().equals(value))) {
      return Optional.of(
          "'"
              + value
              + "' is no status of a checkpoint; it is one of "
              + String.join(
                  ", ",
                  TransitionTable.statuses(JobKind.CHECKPOINT).stream().map(Enum::name).toList()));
    }
    return Optional.empty();
  }
}
