package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Refuses every change of a row once it is written, to the database's owner too.
public final class ImmutableRowTrigger extends RowTrigger {
  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    throw forbidden(table() + " rows are never changed or deleted");
  }
}
