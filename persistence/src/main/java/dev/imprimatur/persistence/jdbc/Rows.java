package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads columns and writes parameters in the types of the engine.
final class Rows {
  private Rows() {}

  static Instant instant(ResultSet rs, String column) throws SQLException {
    return rs.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet rs, String column) throws SQLException {
    OffsetDateTime time = rs.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static UUID id(ResultSet rs, String column) throws SQLException {
    return rs.getObject(column, UUID.class);
  }

  static @Nullable UUID idOrNull(ResultSet rs, String column) throws SQLException {
    return rs.getObject(column, UUID.class);
  }

  static JsonNode json(ResultSet rs, String column) throws SQLException {
    return Json.parse(rs.getString(column));
  }

  static @Nullable JsonNode jsonOrNull(ResultSet rs, String column) throws SQLException {
    return Json.parseNullable(rs.getString(column));
  }

  /// A time as a parameter.
  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static @Nullable OffsetDateTime timeOrNull(@Nullable Instant instant) {
    return instant == null ? null : time(instant);
  }

  /// An id as a parameter: text, whose type the database takes from where it stands.
  static @Nullable String text(@Nullable UUID id) {
    return id == null ? null : id.toString();
  }

  static @Nullable String text(@Nullable JsonNode json) {
    return json == null ? null : Json.write(json);
  }

  /// The pattern for ids that begin so. Anything that is no beginning of an id matches nothing.
  static String idPrefix(String prefix) {
    return prefix.matches("[0-9a-fA-F-]{1,36}")
        ? prefix.toLowerCase(java.util.Locale.ROOT) + "%"
        : "-";
  }
}
