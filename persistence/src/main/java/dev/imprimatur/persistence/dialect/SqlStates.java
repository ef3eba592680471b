package dev.imprimatur.persistence.dialect;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Finds what a database meant among exceptions.
public final class SqlStates {
  private SqlStates() {}

  /// The innermost SQLException in a chain of causes, or null: a pool's "not available" has the
  /// database's own word inside.
  public static @Nullable SQLException find(@Nullable Throwable thrown) {
    SQLException found = null;
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLException e) {
        // A batch's exception carries the statement's own behind it.
        SQLException next = e.getNextException();
        found = e instanceof java.sql.BatchUpdateException && next != null ? next : e;
      }
    }
    return found;
  }

  /// The message, or the class's name, on one line.
  public static String line(SQLException e) {
    String message = e.getMessage();
    String text = message == null ? e.getClass().getSimpleName() : message;
    int end = text.indexOf('\n');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }
}
