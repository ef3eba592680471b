package dev.imprimatur.engine.tour.file;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.tour.NewTour;
import dev.imprimatur.engine.tour.NewTourCheck;
import dev.imprimatur.engine.tour.TourType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads tours from JSON.
final class TourJsonFile {
  private static final Set<String> FILE = Set.of("tours");
  private static final Set<String> TOUR =
      Set.of("identifier", "site", "type", "expires_at", "checkpoints");
  private static final Set<String> POINT = Set.of("name", "mandatory");

  private final Problems problems;

  TourJsonFile(Problems problems) {
    this.problems = problems;
  }

  List<NewTour> read(String text) {
    JsonNode root;
    try {
      root = Json.parse(text);
    } catch (IllegalArgumentException e) {
      problems.add("", String.valueOf(e.getMessage()));
      return List.of();
    }
    if (!root.isObject() || !root.path("tours").isArray()) {
      problems.add("tours", "it must be an array: {\"tours\":[…]}");
      return List.of();
    }
    refuseUnknown("", root, FILE);
    List<NewTour> tours = new ArrayList<>();
    int i = 0;
    for (JsonNode node : root.path("tours")) {
      tour("tours[" + i++ + "]", node).ifPresent(tours::add);
    }
    return tours;
  }

  private Optional<NewTour> tour(String place, JsonNode node) {
    if (!node.isObject()) {
      problems.add(place, "it must be an object");
      return Optional.empty();
    }
    refuseUnknown(place + ".", node, TOUR);
    Optional<String> identifier = text(place + ".identifier", node.path("identifier"));
    Optional<String> site = text(place + ".site", node.path("site"));
    Optional<TourType> type =
        text(place + ".type", node.path("type")).flatMap(t -> problems.type(place + ".type", t));
    JsonNode expires = node.path("expires_at");
    boolean never = expires.isMissingNode() || expires.isNull();
    Optional<Instant> at =
        never
            ? Optional.empty()
            : text(place + ".expires_at", expires)
                .flatMap(t -> problems.time(place + ".expires_at", t));
    Optional<List<NewTour.Point>> points = points(place, node.path("checkpoints"));
    if (identifier.isEmpty()
        || site.isEmpty()
        || type.isEmpty()
        || points.isEmpty()
        || (at.isEmpty() && !never)) {
      return Optional.empty();
    }
    var tour = new NewTour(identifier.get(), site.get(), type.get(), at.orElse(null), points.get());
    Optional<NewTourCheck.Flaw> flaw = NewTourCheck.flaw(tour);
    flaw.ifPresent(f -> problems.add(place + "." + f.place(), f.what()));
    return flaw.isEmpty() ? Optional.of(tour) : Optional.empty();
  }

  private Optional<List<NewTour.Point>> points(String place, JsonNode node) {
    if (!node.isArray()) {
      problems.add(place + ".checkpoints", "it must be an array");
      return Optional.empty();
    }
    List<NewTour.Point> points = new ArrayList<>();
    int i = 0;
    boolean whole = true;
    for (JsonNode point : node) {
      String at = place + ".checkpoints[" + i++ + "]";
      if (!point.isObject()) {
        problems.add(at, "it must be an object");
        whole = false;
        continue;
      }
      refuseUnknown(at + ".", point, POINT);
      Optional<String> name = text(at + ".name", point.path("name"));
      JsonNode mandatory = point.path("mandatory");
      boolean usual = mandatory.isMissingNode() || mandatory.isNull();
      if (!usual && !mandatory.isBoolean()) {
        problems.add(at + ".mandatory", "it must be true or false");
        whole = false;
      } else if (name.isPresent()) {
        points.add(new NewTour.Point(name.get(), usual || mandatory.booleanValue()));
      } else {
        whole = false;
      }
    }
    return whole ? Optional.of(points) : Optional.empty();
  }

  private Optional<String> text(String place, JsonNode node) {
    if (!node.isString()) {
      problems.add(place, node.isMissingNode() ? "it is missing" : "it must be a text");
      return Optional.empty();
    }
    return Optional.of(node.stringValue());
  }

  private void refuseUnknown(String place, JsonNode node, Set<String> known) {
    node.properties().stream()
        .map(p -> p.getKey())
        .filter(name -> !known.contains(name))
        .forEach(name -> problems.add(place + name, "nobody knows what that is"));
  }
}
