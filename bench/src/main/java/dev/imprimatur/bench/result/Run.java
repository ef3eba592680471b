package dev.imprimatur.bench.result;

import dev.imprimatur.engine.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// One measurement.
///
/// @param scenario such as `throughput`
/// @param variant which system in which configuration
/// @param point what was varied within the scenario, or empty
/// @param jobs how many
/// @param value the figure of the scenario: jobs per second, or milliseconds
/// @param lost jobs that never ran
/// @param repeats runs beyond the first of each job
/// @param more what else was seen
public record Run(
    String scenario,
    String variant,
    String point,
    int repetition,
    int jobs,
    double value,
    int lost,
    int repeats,
    ObjectNode more) {
  /// All of it.
  public ObjectNode json() {
    return Json.object()
        .put("scenario", scenario)
        .put("variant", variant)
        .put("point", point)
        .put("repetition", repetition)
        .put("jobs", jobs)
        .put("value", value)
        .put("lost", lost)
        .put("repeats", repeats)
        .set("more", more);
  }
}
