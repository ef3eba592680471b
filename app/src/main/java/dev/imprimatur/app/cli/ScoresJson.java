package dev.imprimatur.app.cli;

import dev.imprimatur.engine.assessment.scale.Fit;
import dev.imprimatur.engine.assessment.scale.JudgeFit;
import dev.imprimatur.engine.assessment.scale.TextScore;
import dev.imprimatur.engine.json.Json;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ObjectNode;

/// Scores as JSON.
final class ScoresJson {
  private ScoresJson() {}

  static ObjectNode of(Fit fit) {
    ObjectNode json = Json.object();
    var texts = json.putArray("texts");
    for (TextScore text : fit.texts()) {
      ObjectNode node =
          texts
              .addObject()
              .put("name", text.name())
              .put("score", text.score())
              .put("se", text.se());
      put(node, "infit", text.infit());
      put(node, "outfit", text.outfit());
      node.put("wins", text.wins()).put("losses", text.losses()).put("ties", text.ties());
    }
    var judges = json.putArray("judges");
    for (JudgeFit judge : fit.judges()) {
      ObjectNode node =
          judges.addObject().put("name", judge.name()).put("comparisons", judge.comparisons());
      put(node, "infit", judge.infit());
      put(node, "outfit", judge.outfit());
    }
    json.put("log_likelihood", fit.logLikelihood()).put("deviance", fit.deviance());
    put(json, "ssr", fit.reliability().ssr());
    put(json, "separation", fit.reliability().separation());
    json.putObject("by_pair")
        .put("deviance", fit.pairs().deviance())
        .put("df", fit.pairs().degreesOfFreedom());
    fit.orderEffect().ifPresent(e -> put(json, "order_effect", e));
    fit.tieParameter().ifPresent(e -> put(json, "log_nu", e));
    return json.put("iterations", fit.iterations()).put("constraint", fit.constraint());
  }

  private static void put(ObjectNode node, String name, Fit.Estimate estimate) {
    node.putObject(name).put("value", estimate.value()).put("se", estimate.se());
  }

  // Where there is no such figure, null says so.
  private static void put(ObjectNode node, String name, OptionalDouble value) {
    if (value.isPresent()) {
      node.put(name, value.getAsDouble());
    } else {
      node.putNull(name);
    }
  }
}
