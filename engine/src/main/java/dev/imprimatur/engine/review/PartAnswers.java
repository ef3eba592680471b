package dev.imprimatur.engine.review;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.provider.AeoScorer;
import dev.imprimatur.engine.provider.Detector;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What providers say of a text, as parts of a run; in one place, so that a preview and a run can't
/// differ.
final class PartAnswers {
  private PartAnswers() {}

  static RunPart of(UUID run, String name, Detector.Outcome outcome) {
    return switch (outcome) {
      case Detector.Outcome.Scored s -> {
        JsonNode raw =
            Json.object()
                .put("ai_probability", s.aiProbability())
                .put("band", s.band())
                .set("reasons", Json.of(s.reasons()))
                .set("raw", s.raw());
        yield new RunPart(
            run,
            RunPart.Kind.DETECTOR,
            name,
            RunPart.Status.SUCCEEDED,
            Scores.humanLikeness(s.aiProbability()),
            raw,
            null);
      }
      case Detector.Outcome.NotApplicable n ->
          notApplicable(run, RunPart.Kind.DETECTOR, name, n.why());
    };
  }

  static RunPart of(UUID run, String intent, AeoScorer.Outcome outcome) {
    return switch (outcome) {
      case AeoScorer.Outcome.Scored s -> {
        var evidence = Json.array();
        s.evidence()
            .forEach(e ->
                evidence.add(
                    Json.object()
                        .put("feature", e.feature())
                        .put("start", e.start())
                        .put("end", e.end())
                        .put("quote", e.quote())));
        JsonNode raw = Json.object().set("evidence", evidence).set("raw", s.raw());
        yield new RunPart(
            run,
            RunPart.Kind.AEO,
            intent,
            RunPart.Status.SUCCEEDED,
            Scores.score(s.score()),
            raw,
            null);
      }
      case AeoScorer.Outcome.NotApplicable n ->
          notApplicable(run, RunPart.Kind.AEO, intent, n.why());
    };
  }

  private static RunPart notApplicable(UUID run, RunPart.Kind kind, String name, String why) {
    return new RunPart(run, kind, name, RunPart.Status.NOT_APPLICABLE, null, null, why);
  }

  /// The mean of the scores of a kind, or null if no part of it has one.
  static @Nullable BigDecimal average(List<RunPart> parts, RunPart.Kind kind) {
    return Scores.average(
        parts.stream()
            .filter(p -> p.kind() == kind)
            .map(RunPart::score)
            .filter(Objects::nonNull)
            .toList());
  }
}
