package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Of an escalation automation may take away a claim that has run out, and nothing else: H2 grants
/// no single columns, so this holds what PostgreSQL's grants hold.
public final class OnlyExpiredClaimsTrigger extends RowTrigger {
  private static final Set<String> CLAIM = Set.of("claimed_by", "claim_expires_at");

  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (before != null
        && after != null
        && byAutomation(connection)
        && !takesAwayAnExpiredClaim(connection, before, after)) {
      throw forbidden("automation only takes away claims that have run out");
    }
  }

  private static boolean takesAwayAnExpiredClaim(Connection connection, Row before, Row after)
      throws SQLException {
    return before.sameBut(after, CLAIM)
        && !after.has("claimed_by")
        && before.has("claim_expires_at")
        && !before.time("claim_expires_at").isAfter(clock(connection));
  }
}
