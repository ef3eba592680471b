package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.engine.tour.TourType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// Reads tours and checkpoints from rows.
final class TourRows {
  private TourRows() {}

  /// @param now what decides whether it is overdue
  static Tour tour(ResultSet rs, Instant now) throws SQLException {
    TourStatus status = TourStatus.valueOf(rs.getString("status"));
    Instant expires = Rows.instantOrNull(rs, "expires_at");
    boolean ended = status == TourStatus.COMPLETED || status == TourStatus.AUTOCLOSED;
    return new Tour(
        Rows.id(rs, "id"),
        rs.getString("identifier"),
        rs.getString("site"),
        TourType.valueOf(rs.getString("type")),
        status,
        expires,
        rs.getString("scan"),
        new Tour.Progress(
            rs.getInt("checkpoints"),
            rs.getInt("done"),
            rs.getInt("mandatory_all"),
            rs.getInt("mandatory_done")),
        rs.getLong("revision"),
        Rows.instant(rs, "created_at"),
        Rows.instant(rs, "modified_at"),
        rs.getString("modified_by"),
        !ended && expires != null && !expires.isAfter(now));
  }

  static Checkpoint checkpoint(ResultSet rs) throws SQLException {
    Map<CheckpointField, String> values = new EnumMap<>(CheckpointField.class);
    for (CheckpointField field : CheckpointField.values()) {
      String value = rs.getString(column(field));
      values.put(field, value == null ? "" : value);
    }
    return new Checkpoint(
        Rows.id(rs, "id"),
        Rows.id(rs, "parent_id"),
        rs.getInt("position_no"),
        rs.getString("identifier"),
        rs.getBoolean("mandatory"),
        values,
        rs.getLong("revision"),
        Rows.instant(rs, "modified_at"),
        rs.getString("modified_by"));
  }

  private static String column(CheckpointField field) {
    return field.name().toLowerCase(Locale.ROOT);
  }
}
