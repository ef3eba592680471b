package dev.imprimatur.engine.tour;

import static dev.imprimatur.engine.tour.JobKind.CHECKPOINT;
import static dev.imprimatur.engine.tour.JobKind.TOUR;
import static dev.imprimatur.engine.tour.TourStatus.ASSIGNED;
import static dev.imprimatur.engine.tour.TourStatus.AUTOCLOSED;
import static dev.imprimatur.engine.tour.TourStatus.COMPLETED;
import static dev.imprimatur.engine.tour.TourStatus.INPROGRESS;
import static dev.imprimatur.engine.tour.TourStatus.MAINTENANCE;
import static dev.imprimatur.engine.tour.TourStatus.PARTIALLYCOMPLETED;
import static dev.imprimatur.engine.tour.TourStatus.STANDBY;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The state machine, as data (tours.md): the code asks it, the database's constraint repeats it,
/// screens offer what it allows, and the docs draw it. Tests hold the four together.
public final class TransitionTable {
  /// Every transition there is.
  public static final List<Transition> ALL =
      List.of(
          new Transition(TOUR, ASSIGNED, INPROGRESS, Guard.ASSET_SCANNED),
          new Transition(TOUR, ASSIGNED, AUTOCLOSED, Guard.EXPIRED),
          new Transition(TOUR, ASSIGNED, STANDBY, Guard.NONE),
          new Transition(TOUR, ASSIGNED, MAINTENANCE, Guard.NONE),
          new Transition(TOUR, INPROGRESS, PARTIALLYCOMPLETED, Guard.MANDATORY_OPEN),
          new Transition(TOUR, INPROGRESS, COMPLETED, Guard.MANDATORY_DONE),
          new Transition(TOUR, INPROGRESS, AUTOCLOSED, Guard.EXPIRED),
          new Transition(TOUR, INPROGRESS, STANDBY, Guard.NONE),
          new Transition(TOUR, INPROGRESS, MAINTENANCE, Guard.NONE),
          new Transition(TOUR, PARTIALLYCOMPLETED, INPROGRESS, Guard.NONE),
          new Transition(TOUR, PARTIALLYCOMPLETED, COMPLETED, Guard.MANDATORY_DONE),
          new Transition(TOUR, PARTIALLYCOMPLETED, AUTOCLOSED, Guard.EXPIRED),
          new Transition(TOUR, STANDBY, ASSIGNED, Guard.NONE),
          new Transition(TOUR, STANDBY, INPROGRESS, Guard.ASSET_SCANNED),
          new Transition(TOUR, STANDBY, AUTOCLOSED, Guard.EXPIRED),
          new Transition(TOUR, STANDBY, MAINTENANCE, Guard.NONE),
          new Transition(TOUR, MAINTENANCE, ASSIGNED, Guard.NONE),
          new Transition(TOUR, MAINTENANCE, INPROGRESS, Guard.ASSET_SCANNED),
          new Transition(TOUR, MAINTENANCE, AUTOCLOSED, Guard.EXPIRED),
          new Transition(TOUR, MAINTENANCE, STANDBY, Guard.NONE),
          new Transition(CHECKPOINT, ASSIGNED, INPROGRESS, Guard.NONE),
          new Transition(CHECKPOINT, ASSIGNED, COMPLETED, Guard.NONE),
          new Transition(CHECKPOINT, ASSIGNED, MAINTENANCE, Guard.NONE),
          new Transition(CHECKPOINT, INPROGRESS, COMPLETED, Guard.NONE),
          new Transition(CHECKPOINT, INPROGRESS, MAINTENANCE, Guard.NONE),
          new Transition(CHECKPOINT, COMPLETED, INPROGRESS, Guard.NONE),
          new Transition(CHECKPOINT, MAINTENANCE, ASSIGNED, Guard.NONE),
          new Transition(CHECKPOINT, MAINTENANCE, INPROGRESS, Guard.NONE),
          new Transition(CHECKPOINT, MAINTENANCE, COMPLETED, Guard.NONE));

  private TransitionTable() {}

  /// The transition between two, if there is one.
  public static Optional<Transition> find(JobKind kind, TourStatus from, TourStatus to) {
    return ALL.stream()
        .filter(t -> t.kind() == kind && t.from() == from && t.to() == to)
        .findFirst();
  }

  /// Those that start here, in the table's order.
  public static List<Transition> from(JobKind kind, TourStatus from) {
    return ALL.stream().filter(t -> t.kind() == kind && t.from() == from).toList();
  }

  /// The statuses that a kind can have, in the order of [TourStatus].
  public static List<TourStatus> statuses(JobKind kind) {
    Set<TourStatus> found = new LinkedHashSet<>();
    for (TourStatus status : TourStatus.values()) {
      if (ALL.stream()
          .anyMatch(t -> t.kind() == kind && (t.from() == status || t.to() == status))) {
        found.add(status);
      }
    }
    return List.copyOf(found);
  }

  /// Whether nothing comes after it.
  public static boolean terminal(JobKind kind, TourStatus status) {
    return from(kind, status).isEmpty();
  }

  /// Asks whether a step may be taken.
  ///
  /// @param of which tour or checkpoint, for the answer
  /// @return why not; empty if it may
  public static Optional<InvalidTransition> refuse(
      InvalidTransition.Of of, TourStatus from, TourStatus to, TourFacts facts) {
    Optional<Transition> step = find(of.kind(), from, to);
    if (step.isEmpty()) {
      return Optional.of(InvalidTransition.unknown(of, from, to));
    }
    Guard guard = step.get().guard();
    return guard.holds(facts)
        ? Optional.empty()
        : Optional.of(InvalidTransition.guarded(of, from, to, guard, facts));
  }

  /// The state machine of one kind as a diagram in Mermaid's notation, as the docs show it.
  public static String diagram(JobKind kind) {
    List<String> lines = new ArrayList<>();
    lines.add("stateDiagram-v2");
    lines.add("  [*] --> " + ASSIGNED);
    for (Transition t : ALL) {
      if (t.kind() == kind) {
        lines.add(
            "  "
                + t.from()
                + " --> "
                + t.to()
                + (t.guard() == Guard.NONE ? "" : ": " + t.guard().condition()));
      }
    }
    statuses(kind).stream()
        .filter(s -> terminal(kind, s))
        .forEach(s -> lines.add("  " + s + " --> [*]"));
    return String.join("\n", lines);
  }
}
