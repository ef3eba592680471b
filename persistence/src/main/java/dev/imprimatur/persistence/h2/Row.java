package dev.imprimatur.persistence.h2;

import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A row as H2 hands it to a trigger, its values by the names of their columns.
final class Row {
  private final String table;
  private final Map<String, Integer> columns;
  private final @Nullable Object[] values;

  Row(String table, Map<String, Integer> columns, @Nullable Object[] values) {
    this.table = table;
    this.columns = columns;
    this.values = values;
  }

  private int index(String column) throws SQLException {
    Integer index = columns.get(column);
    if (index == null) {
      throw new SQLException("table " + table + " has no column " + column);
    }
    return index;
  }

  @Nullable Object get(String column) throws SQLException {
    return values[index(column)];
  }

  /// Changes what is about to be written; in a trigger that fires before.
  void set(String column, @Nullable Object value) throws SQLException {
    values[index(column)] = value;
  }

  boolean has(String column) throws SQLException {
    return get(column) != null;
  }

  boolean is(String column, String value) throws SQLException {
    return value.equals(get(column));
  }

  /// A number of a column that must not be null; 0 for null, which the column refuses.
  long number(String column) throws SQLException {
    return get(column) instanceof Number n ? n.longValue() : 0;
  }

  /// A time of a column that must not be null.
  OffsetDateTime time(String column) throws SQLException {
    if (get(column) instanceof OffsetDateTime time) {
      return time;
    }
    throw new SQLException(table + " row has no time in " + column, "23502");
  }

  /// Whether another row has the same in these columns.
  boolean sameIn(Row other, Iterable<String> names) throws SQLException {
    for (String name : names) {
      if (!Objects.deepEquals(get(name), other.get(name))) {
        return false;
      }
    }
    return true;
  }

  /// Whether another row has the same in all columns but these.
  boolean sameBut(Row other, Set<String> names) throws SQLException {
    for (String name : columns.keySet()) {
      if (!names.contains(name) && !Objects.deepEquals(get(name), other.get(name))) {
        return false;
      }
    }
    return true;
  }
}
