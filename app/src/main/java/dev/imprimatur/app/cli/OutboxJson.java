package dev.imprimatur.app.cli;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.outbox.Delivery;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.Evidence;
import dev.imprimatur.engine.outbox.OutboxCounters;
import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.review.Code;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Events, their deliveries and the outbox's counters, as JSON and as tables.
final class OutboxJson {
  private OutboxJson() {}

  static ObjectNode evidence(Evidence evidence) {
    OutboxEvent event = evidence.event();
    ObjectNode node =
        Json.object()
            .put("event_id", event.id().toString())
            .put("type", event.type())
            .put("aggregate_type", event.aggregateType())
            .put("aggregate_id", event.aggregateId())
            .put("key", event.key())
            .put("occurred_at", event.occurredAt().toString())
            .put("published_at", ReviewJson.text(evidence.publishedAt()))
            .put("failures", evidence.failures())
            .put("last_error", evidence.lastError());
    node.set("payload", event.payload());
    var deliveries = node.putArray("deliveries");
    evidence.deliveries().forEach(d -> deliveries.add(delivery(d)));
    return node;
  }

  private static ObjectNode delivery(Delivery d) {
    return Json.object()
        .put("subscriber", d.subscriber())
        .put("state", Code.of(d.state()))
        .put("attempts", d.attempts())
        .put("publish_count", d.publishCount())
        .put("next_attempt_at", d.nextAttemptAt().toString())
        .put("claimed_at", ReviewJson.text(d.claimedAt()))
        .put("sent_at", ReviewJson.text(d.sentAt()))
        .put("acknowledged_at", ReviewJson.text(d.ackedAt()))
        .put("dead_at", ReviewJson.text(d.deadAt()))
        .put("skipped_at", ReviewJson.text(d.skippedAt()))
        .put("last_error", d.lastError());
  }

  static ObjectNode counters(OutboxCounters c) {
    ObjectNode node = Json.object().put("sound", c.sound()).put("events", c.events());
    ObjectNode deliveries = node.putObject("deliveries");
    for (DeliveryState state : DeliveryState.values()) {
      deliveries.put(Code.of(state), c.byState().getOrDefault(state, 0L));
    }
    node.putObject("must_be_zero")
        .put("facts_with_two_events", c.factsWithTwoEvents())
        .put("events_applied_twice", c.appliedTwice())
        .put("acknowledged_not_marked", c.acknowledgedNotMarked());
    return node;
  }

  static Table table(List<Evidence> events) {
    var table =
        new Table("event", "type", "occurred", "subscriber", "state", ">published", "last error");
    for (Evidence e : events) {
      if (e.deliveries().isEmpty()) {
        row(table, e.event(), "-", "-", 0, null);
      }
      for (Delivery d : e.deliveries()) {
        row(table, e.event(), d.subscriber(), Code.of(d.state()), d.publishCount(), d.lastError());
      }
    }
    return table;
  }

  private static void row(
      Table table,
      OutboxEvent event,
      String subscriber,
      String state,
      int published,
      @org.jspecify.annotations.Nullable String error) {
    table.row(
        Ids.brief(event.id()),
        event.type(),
        ReviewText.time(event.occurredAt()),
        subscriber,
        state,
        published,
        ReviewText.orDash(error));
  }

  /// All of one event, for people.
  static String text(Evidence e, int columns) {
    OutboxEvent event = e.event();
    String head =
        """
        event        %s
        type         %s
        aggregate    %s %s
        key          %s
        occurred     %s
        published    %s
        failures     %d
        payload      %s
        """
            .formatted(
                event.id(),
                event.type(),
                event.aggregateType(),
                event.aggregateId(),
                event.key(),
                event.occurredAt(),
                ReviewText.orDash(e.publishedAt()),
                e.failures(),
                Json.write(event.payload()));
    if (e.deliveries().isEmpty()) {
      return head + "It was written for nobody.\n";
    }
    var table =
        new Table(
            "subscriber",
            "state",
            ">attempts",
            ">published",
            "claimed",
            "sent",
            "acknowledged",
            "last error");
    for (Delivery d : e.deliveries()) {
      table.row(
          d.subscriber(),
          Code.of(d.state()),
          d.attempts(),
          d.publishCount(),
          ReviewText.time(d.claimedAt()),
          ReviewText.time(d.sentAt()),
          ReviewText.time(d.ackedAt()),
          ReviewText.orDash(d.lastError()));
    }
    return head + "\n" + table.text(columns);
  }

  static String text(OutboxCounters c, int columns) {
    var table = new Table("what", ">count");
    table.row("events", c.events());
    for (DeliveryState state : DeliveryState.values()) {
      table.row("deliveries " + Code.of(state), c.byState().getOrDefault(state, 0L));
    }
    var zero = new Table("must be 0", ">count");
    zero.row("facts with two events", c.factsWithTwoEvents());
    zero.row("events applied twice", c.appliedTwice());
    zero.row("acknowledged, not marked", c.acknowledgedNotMarked());
    return table.text(columns) + "\n" + zero.text(columns);
  }
}
