package dev.imprimatur.engine.review;

import java.util.List;

/// A run with its parts and stops: what is shown of it.
public record RunResult(EvaluationRun run, List<RunPart> parts, List<HardStop> hardStops) {
  /// The parts without a score, by name.
  public List<String> missing() {
    return parts.stream()
        .filter(p -> p.status() == RunPart.Status.FAILED || p.status() == RunPart.Status.PENDING)
        .map(p -> Code.of(p.kind()) + ":" + p.name())
        .toList();
  }
}
