package dev.imprimatur.app.cli;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.LocalScores;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.Rewrites;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.Version;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The scores of a suggested text as a whole, beside those of the version it was made from; both by
/// the local providers, and nothing is stored.
record SuggestionPreview(
    LocalScores.Preview base, LocalScores.Preview suggested, List<String> stops) {
  static SuggestionPreview of(LocalScores scores, Rewrites.Detail detail) {
    Version base = detail.base();
    RewriteSuggestion s = detail.suggestion();
    LocalScores.Preview suggested =
        scores.of(new Version.Content(s.title(), base.mediaType(), s.body(), base.metadata()));
    return new SuggestionPreview(
        scores.of(base.content()),
        suggested,
        scores.stops(suggested).stream().map(stop -> Code.of(stop.reason())).toList());
  }

  ObjectNode json() {
    ObjectNode node = Json.object();
    node.set("base", json(base));
    node.set("suggested", json(suggested));
    node.set("hard_stops", Json.of(stops));
    return node;
  }

  private static ObjectNode json(LocalScores.Preview preview) {
    ObjectNode node =
        Json.object()
            .put("ai_detector_avg", preview.aiDetectorAvg())
            .put("aeo_avg", preview.aeoAvg());
    ArrayNode parts = node.putArray("parts");
    for (RunPart part : preview.parts()) {
      parts
          .addObject()
          .put("kind", Code.of(part.kind()))
          .put("name", part.name())
          .put("status", Code.of(part.status()))
          .put("score", part.score())
          .put("note", part.note());
    }
    return node;
  }

  String text() {
    var text = new StringBuilder("\nlocal estimate, the version and the whole suggestion\n");
    for (RunPart.Kind kind : RunPart.Kind.values()) {
      line(
          text,
          kind == RunPart.Kind.DETECTOR ? "detectors" : "AEO",
          ReviewText.score(base.average(kind)),
          ReviewText.score(suggested.average(kind)));
      List<RunPart> parts = base.parts(kind);
      for (int i = 0; i < parts.size(); i++) {
        line(
            text,
            "  " + parts.get(i).name(),
            ReviewText.score(parts.get(i).score()),
            ReviewText.score(suggested.parts(kind).get(i).score()));
      }
    }
    stops.forEach(stop -> text.append("would stop: ").append(stop).append('\n'));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String before, String after) {
    text.append(name)
        .append(" ".repeat(Math.max(1, 22 - name.length())))
        .append(before)
        .append(" -> ")
        .append(after)
        .append('\n');
  }
}
