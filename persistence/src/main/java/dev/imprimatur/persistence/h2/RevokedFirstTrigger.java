package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Refuses to lift an approval that has not been revoked, or to put another in its place.
public final class RevokedFirstTrigger extends RowTrigger {
  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (before == null) {
      return;
    }
    Object approval = before.get("approval_id");
    if (after != null
        || !found(connection, "SELECT 1 FROM revocation WHERE approval_id = ?", approval)) {
      throw refused("approval " + approval + " is in force until it is revoked");
    }
  }
}
