package dev.imprimatur.bench.result;

import dev.imprimatur.engine.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// All measurements of a session, written to its file after each.
public final class Results {
  private final Path file;
  private final ObjectNode facts;
  private final List<Run> runs = new ArrayList<>();
  private final ArrayNode failures = Json.array();

  /// @param facts about the machine and the plan
  public Results(Path file, ObjectNode facts) {
    this.file = file;
    this.facts = facts;
  }

  /// Takes a measurement in.
  public void add(Run run) {
    runs.add(run);
    write();
  }

  /// Notes that a variant could not be measured.
  public void failed(String scenario, String variant, String why) {
    failures.addObject().put("scenario", scenario).put("variant", variant).put("why", why);
    write();
  }

  /// Whether anything was lost, repeated or could not be measured.
  public boolean clean() {
    return failures.isEmpty() && runs.stream().allMatch(r -> r.lost() == 0 && r.repeats() == 0);
  }

  public JsonNode facts() {
    return facts;
  }

  /// The measurements of one thing.
  public List<Run> of(String scenario, String variant, String point) {
    return runs.stream()
        .filter(r ->
            r.scenario().equals(scenario) && r.variant().equals(variant) && r.point().equals(point))
        .toList();
  }

  /// The points at which a scenario was measured, in order.
  public List<String> points(String scenario) {
    return runs.stream()
        .filter(r -> r.scenario().equals(scenario))
        .map(Run::point)
        .distinct()
        .toList();
  }

  /// What the measurements of one thing come to.
  public Optional<Figure> figure(String scenario, String variant, String point) {
    List<Run> measured = of(scenario, variant, point);
    return measured.isEmpty()
        ? Optional.empty()
        : Optional.of(Figure.of(measured.stream().map(Run::value).toList()));
  }

  /// Everything, as it is written.
  public ObjectNode json() {
    ObjectNode json = Json.object();
    json.set("facts", facts);
    ArrayNode all = json.putArray("runs");
    runs.forEach(run -> all.add(run.json()));
    json.set("failures", failures);
    ArrayNode summary = json.putArray("summary");
    runs.stream()
        .map(r -> List.of(r.scenario(), r.variant(), r.point()))
        .distinct()
        .forEach(key ->
            summary
                .addObject()
                .put("scenario", key.get(0))
                .put("variant", key.get(1))
                .put("point", key.get(2))
                .setAll(figure(key.get(0), key.get(1), key.get(2)).orElseThrow().json()));
    return json;
  }

  private void write() {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, json().toPrettyString() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("the results can't be written to " + file, e);
    }
  }
}
