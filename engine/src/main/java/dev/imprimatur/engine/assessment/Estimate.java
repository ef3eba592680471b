package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// The latest estimate made while answers come in.
///
/// @param number 1, 2, …
/// @param completed how many answers it was made of
/// @param scores each text with its score, best first
/// @param steady how many estimates in a row have kept the order, and every score within the
///   tolerance
/// @param largestChange the largest change of a score since the one before; null for the first
public record Estimate(
    int number,
    int completed,
    JsonNode scores,
    int steady,
    @Nullable Double largestChange,
    Instant at) {
  /// So many in a row make a ranking stable.
  public static final int ENOUGH = 2;

  /// Whether the last two kept what the ones before them said.
  public boolean stable() {
    return steady >= ENOUGH;
  }

  /// The same, as the first of a row: an answer it was made of was taken back.
  Estimate unsteady() {
    return new Estimate(number, completed, scores, 0, largestChange, at);
  }

  /// The estimate that follows.
  ///
  /// @param before the one before, or null
  /// @param tolerance the largest change of a score that is none, in logits
  static Estimate after(
      @Nullable Estimate before,
      Scale.Ranking ranking,
      int completed,
      double tolerance,
      Instant now) {
    ArrayNode scores = Json.array();
    ranking
        .places()
        .forEach(p -> scores.addObject().put("text", p.text().toString()).put("score", p.score()));
    if (before == null) {
      return new Estimate(1, completed, scores, 0, null, now);
    }
    Map<String, Double> was = new LinkedHashMap<>();
    before.scores().forEach(s -> was.put(s.path("text").asString(), s.path("score").asDouble()));
    double change = 0;
    List<String> order = new ArrayList<>();
    for (Scale.Place place : ranking.places()) {
      String text = place.text().toString();
      order.add(text);
      change = Math.max(change, Math.abs(place.score() - was.getOrDefault(text, 0.0)));
    }
    boolean same = change <= tolerance && order.equals(List.copyOf(was.keySet()));
    return new Estimate(
        before.number() + 1, completed, scores, same ? before.steady() + 1 : 0, change, now);
  }
}
