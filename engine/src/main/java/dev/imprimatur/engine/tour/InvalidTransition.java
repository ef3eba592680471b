package dev.imprimatur.engine.tour;

import dev.imprimatur.engine.decision.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A step that may not be taken, and what would let it be taken.
///
/// @param guard the one that failed; [Guard#NONE] where there is no such step at all
/// @param facts the values behind the guard
/// @param satisfiedBy what would satisfy it, as a sentence
public record InvalidTransition(
    Of of,
    TourStatus from,
    TourStatus to,
    Guard guard,
    Map<String, Object> facts,
    String satisfiedBy) {

  /// Whose step.
  ///
  /// @param name the tour's identifier, or the checkpoint's name
  public record Of(JobKind kind, UUID id, String name) {
    static Of tour(Tour tour) {
      return new Of(JobKind.TOUR, tour.id(), tour.identifier());
    }

    static Of checkpoint(Checkpoint checkpoint) {
      return new Of(JobKind.CHECKPOINT, checkpoint.id(), checkpoint.name());
    }

    /// For people, such as `checkpoint 'Gate 3'`.
    public String told() {
      return (kind == JobKind.TOUR ? "tour '" : "checkpoint '") + name + "'";
    }
  }

  static InvalidTransition unknown(Of of, TourStatus from, TourStatus to) {
    List<TourStatus> next =
        TransitionTable.from(of.kind(), from).stream().map(Transition::to).toList();
    String satisfiedBy =
        next.isEmpty()
            ? from + " is final: what has ended stays as it is."
            : "From " + from + " it can go to " + String.join(", ", names(next)) + ".";
    return new InvalidTransition(
        of, from, to, Guard.NONE, Map.of("allowed", names(next)), satisfiedBy);
  }

  static InvalidTransition guarded(
      Of of, TourStatus from, TourStatus to, Guard guard, TourFacts facts) {
    return new InvalidTransition(of, from, to, guard, guard.facts(facts), guard.unblock(from));
  }

  private static List<String> names(List<TourStatus> statuses) {
    return statuses.stream().map(Enum::name).toList();
  }

  /// One sentence for people: from, to, and what failed.
  public String message() {
    return of.told()
        + " can't go from "
        + from
        + " to "
        + to
        + ": "
        + (guard == Guard.NONE
            ? (from == to ? "that is its status already" : "there is no such step")
            : guard.condition() + told());
  }

  private String told() {
    return switch (guard) {
      case MANDATORY_DONE -> ", and " + facts.get("mandatory_open") + " of them are open";
      case EXPIRED -> {
        String at = String.valueOf(facts.get("expires_at"));
        yield at.isEmpty() ? ", and it never does" : ", and that is at " + at;
      }
      case NONE, ASSET_SCANNED, MANDATORY_OPEN -> "";
    };
  }

  /// The same as any refusal.
  public Refusal refusal() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("id", of.id().toString());
    all.put("name", of.name());
    all.put("from", from.name());
    all.put("to", to.name());
    all.put("guard", guard.name());
    all.putAll(facts);
    return new Refusal("invalid_transition", message(), all, satisfiedBy);
  }
}
