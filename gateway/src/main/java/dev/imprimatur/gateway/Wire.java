package dev.imprimatur.gateway;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.outbox.OutboxEvent;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Messages: one JSON object each, with its `type`.
final class Wire {
  private static final int LONGEST_NAME = 100;
  private static final int MOST_TYPES = 100;

  private Wire() {}

  /// A message that can't be taken.
  static final class BadMessage extends Exception {
    private static final long serialVersionUID = 1L;
    private final String code;

    BadMessage(String code, String why) {
      super(why, null, false, false);
      this.code = code;
    }

    String code() {
      return code;
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }

  /// A message as it came.
  record Incoming(String type, JsonNode body) {}

  static Incoming read(String text) throws BadMessage {
    JsonNode node;
    try {
      node = Json.parse(text);
    } catch (IllegalArgumentException | StackOverflowError e) {
      throw new BadMessage("bad_json", "the message is not one JSON document");
    }
    if (!node.isObject() || !node.path("type").isString()) {
      throw new BadMessage("no_type", "a message is a JSON object with a text 'type'");
    }
    return new Incoming(node.path("type").asString(), node);
  }

  /// A text that must be there.
  static String text(JsonNode body, String field, int longest) throws BadMessage {
    JsonNode value = body.path(field);
    if (!value.isString() || value.asString().isBlank() || value.asString().length() > longest) {
      throw new BadMessage(
          "bad_field", "'" + field + "' must be a text of 1 to " + longest + " characters");
    }
    return value.asString();
  }

  static String name(JsonNode body, String field) throws BadMessage {
    return text(body, field, LONGEST_NAME);
  }

  static UUID id(JsonNode body) throws BadMessage {
    try {
      return UUID.fromString(text(body, "id", 36));
    } catch (IllegalArgumentException e) {
      throw new BadMessage("bad_field", "'id' must be an event's id");
    }
  }

  /// Types of events; empty for all.
  static Set<String> types(JsonNode body) throws BadMessage {
    JsonNode list = body.path("events");
    Set<String> types = new LinkedHashSet<>();
    if (list.isMissingNode() || list.isNull()) {
      return types;
    }
    if (!list.isArray() || list.size() > MOST_TYPES) {
      throw new BadMessage(
          "bad_field", "'events' must be a list of at most " + MOST_TYPES + " types of events");
    }
    for (JsonNode one : list) {
      if (!one.isString() || one.asString().isBlank() || one.asString().length() > LONGEST_NAME) {
        throw new BadMessage("bad_field", "'events' must hold names of types of events");
      }
      types.add(one.asString());
    }
    return types;
  }

  static OptionalLong from(JsonNode body) throws BadMessage {
    JsonNode from = body.path("from");
    if (from.isMissingNode() || from.isNull()) {
      return OptionalLong.empty();
    }
    if (!from.isIntegralNumber() || !from.canConvertToLong() || from.asLong() < 0) {
      throw new BadMessage("bad_field", "'from' must be a sequence number from 0 on");
    }
    return OptionalLong.of(from.asLong());
  }

  static ObjectNode message(String type) {
    return Json.object().put("type", type);
  }

  static ObjectNode error(String code, String why) {
    return message("error").put("code", code).put("message", why);
  }

  static ObjectNode event(OutboxEvent event) {
    ObjectNode node =
        message("event")
            .put("id", event.id().toString())
            .put("seq", event.sequence())
            .put("event_type", event.type());
    node.putObject("aggregate").put("type", event.aggregateType()).put("id", event.aggregateId());
    node.put("occurred_at", event.occurredAt().toString());
    node.set("payload", event.payload());
    return node;
  }
}
