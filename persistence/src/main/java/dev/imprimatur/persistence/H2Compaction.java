package dev.imprimatur.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/// Gives back what a H2 file no longer uses, by writing it anew on an orderly close (ADR 14). H2's
/// own compaction, which moves things about within the file, is off.
final class H2Compaction {
  /// Smaller files are not worth the time.
  static final long LEAST_BYTES = 64L << 20;

  /// Of the space in use by chunks, how much in percent must be live for the file to be left as it
  /// is.
  private static final long DENSE_PERCENT = 40;

  private H2Compaction() {}

  /// Closes the database and writes its file anew, if it is large and mostly unused. Otherwise does
  /// nothing, and also where this process has it open a second time: it would be closed under the
  /// hands of whoever works there, and who leaves last can do it.
  ///
  /// @param leastBytes smaller files are left alone
  static void closeIfSparse(Connection owner, long leastBytes) throws SQLException {
    try (Statement statement = owner.createStatement()) {
      Map<String, Long> facts = facts(statement);
      long bytes = facts.getOrDefault("info.FILE_SIZE", 0L);
      long fill = facts.getOrDefault("info.CHUNKS_FILL_RATE", 100L);
      if (bytes >= leastBytes && fill < DENSE_PERCENT && alone(statement)) {
        statement.execute("SHUTDOWN COMPACT");
      }
    }
  }

  private static boolean alone(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT count(*) FROM information_schema.sessions")) {
      rows.next();
      return rows.getLong(1) == 1;
    }
  }

  private static Map<String, Long> facts(Statement statement) throws SQLException {
    Map<String, Long> facts = new HashMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT setting_name, setting_value FROM information_schema.settings"
                + " WHERE setting_name IN ('info.FILE_SIZE', 'info.CHUNKS_FILL_RATE')")) {
      while (rows.next()) {
        facts.put(rows.getString(1), Long.valueOf(rows.getString(2)));
      }
    }
    return facts;
  }
}
