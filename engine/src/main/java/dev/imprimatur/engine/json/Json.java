package dev.imprimatur.engine.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON as trees. Values of our own types are never bound by reflection, so modules need not be
/// opened to Jackson.
public final class Json {
  /// A `jsonb` column spells `1e5000` out: what it returns must be readable again. 131,072 digits
  /// is the most it holds.
  private static final int LONGEST_NUMBER = 150_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNumberLength(LONGEST_NUMBER).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /// A new empty object; keys keep the order in which they are put.
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /// A new empty array.
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /// The tree of maps, lists, strings, numbers and booleans.
  public static JsonNode of(Object value) {
    return MAPPER.valueToTree(value);
  }

  /// An object with these members.
  public static ObjectNode object(Map<String, ?> members) {
    return (ObjectNode) of(members);
  }

  /// Parses one JSON document.
  ///
  /// @throws IllegalArgumentException if the text is not exactly one JSON document; the message
  ///   says where
  public static JsonNode parse(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("not JSON: it is empty");
    }
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage() + where(e), e);
    }
  }

  // One line of many is named by whoever took them apart.
  private static String where(JacksonException e) {
    var at = e.getLocation();
    if (at == null || at.getLineNr() < 1) {
      return "";
    }
    String column = "column " + at.getColumnNr();
    return at.getLineNr() == 1
        ? " (" + column + ")"
        : " (line " + at.getLineNr() + ", " + column + ")";
  }

  /// Parses what may be absent.
  public static @Nullable JsonNode parseNullable(@Nullable String text) {
    return text == null ? null : parse(text);
  }

  /// One line of JSON.
  public static String write(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /// Indented JSON, for people.
  public static String pretty(JsonNode node) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
  }
}
