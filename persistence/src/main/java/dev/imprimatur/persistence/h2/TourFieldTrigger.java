package dev.imprimatur.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Who changed which field of a tour or checkpoint is written by that change, and by nobody.
public final class TourFieldTrigger extends RowTrigger {
  @Override
  void check(Connection connection, @Nullable Row before, @Nullable Row after) throws SQLException {
    if (after == null) {
      throw forbidden("tour_field rows are never deleted");
    }
    if (!OwnWrites.now()) {
      throw forbidden("tour_field rows are written by the change they tell of, and by nobody");
    }
  }
}
