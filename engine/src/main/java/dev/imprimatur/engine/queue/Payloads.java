package dev.imprimatur.engine.queue;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// Reads fields of payloads.
public final class Payloads {
  private Payloads() {}

  /// An id.
  ///
  /// @throws InvalidJob if it is missing or none
  public static UUID id(JsonNode payload, String field) {
    String text = text(payload, field);
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidJob("payload." + field, text, "is no id");
    }
  }

  /// A text that is not empty.
  ///
  /// @throws InvalidJob if it is missing, empty or no text
  public static String text(JsonNode payload, String field) {
    JsonNode value = payload.path(field);
    if (!value.isString() || value.asString().isEmpty()) {
      throw new InvalidJob(
          "payload." + field, value.toString(), "must be a text that is not empty");
    }
    return value.asString();
  }

  /// A whole number.
  ///
  /// @throws InvalidJob if it is missing, no whole number, or out of range
  public static long number(JsonNode payload, String field, long least, long most) {
    JsonNode value = payload.path(field);
    if (!value.isIntegralNumber() || value.asLong() < least || value.asLong() > most) {
      throw new InvalidJob(
          "payload." + field,
          value.toString(),
          "must be a whole number from " + least + " to " + most);
    }
    return value.asLong();
  }
}
