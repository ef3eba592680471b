package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// What triggers write themselves, which guards let pass. H2 runs what a trigger writes in the
/// trigger's own thread and with the rights of who fired it; no SQL can say that it is one.
final class OwnWrites {
  private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

  private OwnWrites() {}

  /// Whether a trigger is writing in this thread.
  static boolean now() {
    return DEPTH.get() > 0;
  }

  /// @return how many rows were written
  static int write(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    int outer = DEPTH.get();
    DEPTH.set(outer + 1);
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      return update.executeUpdate();
    } finally {
      if (outer == 0) {
        DEPTH.remove();
      } else {
        DEPTH.set(outer);
      }
    }
  }
}
