package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Refuses a lease whose fencing token falls, or that changes hands without a new one.
public final class RisingTokenTrigger extends RowTrigger {
  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (before == null || after == null) {
      return;
    }
    long was = before.number("token");
    long is = after.number("token");
    boolean otherHold =
        after.has("holder") && !Objects.equals(after.get("acquired_at"), before.get("acquired_at"));
    if (is < was
        || !Objects.equals(before.get("name"), after.get("name"))
        || (is == was && otherHold)) {
      throw refused("the token of lock " + before.get("name") + " must rise");
    }
  }
}
