package dev.imprimatur.engine.tour;

import dev.imprimatur.engine.tour.InvalidTransition.Of;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Weighs changes of a tour's checkpoints against what stands now: all can be made, or what is in
/// the way of one. Plain: it looks at what was read and at nothing else.
final class Weighing {
  private Weighing() {}

  /// Weighs them.
  ///
  /// @param there the tour's checkpoints, those that are to change at least
  /// @param last who changed which field of them last
  /// @return done with the fields of each checkpoint that are to be written, without those that
  ///   hold what is wanted; unchanged if there are none
  static TourOutcome<Map<Checkpoint, Map<CheckpointField, String>>> weigh(
      Tour tour,
      List<Checkpoint> there,
      Map<UUID, Map<CheckpointField, FieldChange>> last,
      List<CheckpointChange> changes) {
    Map<UUID, Checkpoint> found =
        there.stream().collect(Collectors.toMap(Checkpoint::id, Function.identity()));
    Map<Checkpoint, Map<CheckpointField, String>> wanted = new LinkedHashMap<>();
    List<FieldConflict> conflicts = new ArrayList<>();
    for (CheckpointChange change : changes) {
      Checkpoint now = found.get(change.checkpoint());
      if (now == null) {
        return TourSteps.refused(
            "not_in_tour",
            "checkpoint " + change.checkpoint() + " is none of tour '" + tour.identifier() + "'",
            Map.of("checkpoint", change.checkpoint().toString(), "tour", tour.id().toString()),
            "Name checkpoints of one tour only.");
      }
      Of of = Of.checkpoint(now);
      if (change.revision() < 1 || change.revision() > now.revision()) {
        return TourSteps.unknownRevision(of, change.revision(), now.revision());
      }
      Merge.Merged merged =
          Merge.merge(
              of,
              change.values(),
              change.revision(),
              now.values(),
              now.revision(),
              last.getOrDefault(now.id(), Map.of()));
      if (tour.ended() && !(merged.changed().isEmpty() && merged.conflicts().isEmpty())) {
        // What was written before it ended may be asked for again by who never had the answer.
        return TourSteps.refused(
            "tour_ended",
            "tour '" + tour.identifier() + "' has ended as " + tour.status(),
            Map.of("tour", tour.id().toString(), "status", tour.status().name()),
            "What has ended stays as it is, its checkpoints too.");
      }
      conflicts.addAll(merged.conflicts());
      Optional<InvalidTransition> refused = refuse(of, now, merged);
      if (refused.isPresent()) {
        return new TourOutcome.Invalid<>(refused.get());
      }
      if (!merged.changed().isEmpty()) {
        wanted.put(now, merged.changed());
      }
    }
    return conflicts.isEmpty()
        ? new TourOutcome.Done<>(wanted, !wanted.isEmpty())
        : new TourOutcome.Conflicting<>(conflicts);
  }

  private static Optional<InvalidTransition> refuse(Of of, Checkpoint now, Merge.Merged merged) {
    String status = merged.changed().get(CheckpointField.STATUS);
    return status == null
        ? Optional.empty()
        : TransitionTable.refuse(of, now.status(), TourStatus.valueOf(status), TourFacts.NONE);
  }
}
