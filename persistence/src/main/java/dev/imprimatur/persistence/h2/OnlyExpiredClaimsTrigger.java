package dev.imprimatur.persistence.h2;

import dev.imprimatur.persistence.dialect.H2Users;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/// Of an escalation automation may take away a claim that has run out, and nothing else: H2 grants
/// no single columns, so this holds what PostgreSQL's grants hold.
public final class OnlyExpiredClaimsTrigger implements Trigger {
  private int claimedBy;
  private int expires;

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String tableName,
      boolean before,
      int type)
      throws SQLException {
    claimedBy = Columns.index(connection, schema, tableName, "claimed_by");
    expires = Columns.index(connection, schema, tableName, "claim_expires_at");
  }

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    if (oldRow == null || newRow == null) {
      return;
    }
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery("SELECT CURRENT_USER, CURRENT_TIMESTAMP(6)")) {
      row.next();
      if (row.getString(1).equalsIgnoreCase(H2Users.WORKER)
          && !takesAwayAnExpiredClaim(oldRow, newRow, row.getObject(2, OffsetDateTime.class))) {
        throw new SQLException("automation only takes away claims that have run out", "42501");
      }
    }
  }

  private boolean takesAwayAnExpiredClaim(Object[] before, Object[] after, OffsetDateTime now) {
    for (int i = 0; i < before.length; i++) {
      if (i != claimedBy && i != expires && !Objects.deepEquals(before[i], after[i])) {
        return false;
      }
    }
    return after[claimedBy] == null
        && before[expires] instanceof OffsetDateTime until
        && !until.isAfter(now);
  }
}
