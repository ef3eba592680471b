package dev.imprimatur.engine.tour;

import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.store.AuditStore;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.tour.InvalidTransition.Of;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the changes of tours have in common.
final class TourSteps {
  /// What the audit calls a tour; what is done to its checkpoints stands in its chain.
  static final String TOUR = "tour";

  /// The refusal where others hold the tour's lock.
  static final String BUSY = "tour_busy";

  private TourSteps() {}

  /// What the tour's lock is called, over all processes.
  static String lock(UUID tour) {
    return "tour-job:" + tour;
  }

  /// The time of a change: never before that of the change before, even if the clock was set back.
  static Instant at(Transaction tx, Tour tour) {
    Instant now = tx.now();
    return now.isBefore(tour.modifiedAt()) ? tour.modifiedAt() : now;
  }

  /// Notes in the audit what was done to a tour or one of its checkpoints.
  static void record(
      Transaction tx,
      Tour now,
      String action,
      @Nullable JsonNode before,
      JsonNode after,
      @Nullable String reason) {
    tx.audit()
        .append(
            new AuditStore.Record(
                TOUR, now.id().toString(), action, now.revision(), before, after, reason));
  }

  /// What the audit keeps of a tour.
  static ObjectNode summary(Tour tour) {
    return Json.object()
        .put("status", tour.status().name())
        .put("scan", tour.scan())
        .put("done", tour.progress().done())
        .put("checkpoints", tour.progress().checkpoints());
  }

  /// What the audit keeps of a checkpoint: its status, and the fields that were changed.
  static ObjectNode summary(Checkpoint checkpoint, Collection<CheckpointField> fields) {
    ObjectNode node =
        Json.object()
            .put("checkpoint", checkpoint.id().toString())
            .put("name", checkpoint.name())
            .put("status", checkpoint.status().name());
    for (CheckpointField field : fields) {
      node.put(field.name().toLowerCase(Locale.ROOT), checkpoint.value(field));
    }
    return node;
  }

  static <T> TourOutcome<T> noTour(UUID id) {
    return refused(
        "not_found",
        "there is no tour " + id,
        Map.of("id", id.toString()),
        "Choose one of those that there are.");
  }

  static <T> TourOutcome<T> noCheckpoint(UUID id) {
    return refused(
        "not_found",
        "there is no checkpoint " + id,
        Map.of("id", id.toString()),
        "Choose one of a tour that there is.");
  }

  static <T> TourOutcome<T> unknownRevision(Of of, long named, long now) {
    return refused(
        "unknown_revision",
        of.told() + " has no revision " + named + "; it is at " + now,
        Map.of("id", of.id().toString(), "revision", named, "now", now),
        "Name the revision that was seen.");
  }

  static <T> TourOutcome<T> refused(
      String code, String message, Map<String, ?> facts, String unblock) {
    return new TourOutcome.Refused<>(new Refusal(code, message, facts, unblock));
  }
}
