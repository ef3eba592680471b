package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.scale.grade.GradeProjection.Boundary;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What the projection of grades came to.
public sealed interface Grading {
  /// Where grades begin, and each text's chances.
  ///
  /// @param boundaries from the lowest on, one fewer than grades
  /// @param chances of each grade, the lowest first, by text; anchors have none
  record Projected(List<Boundary> boundaries, Map<UUID, List<Double>> chances) implements Grading {}

  /// The scores and the grades that are known don't go together.
  ///
  /// @param code for programs
  /// @param message for people, on one line
  record Refused(String code, String message) implements Grading {}
}
