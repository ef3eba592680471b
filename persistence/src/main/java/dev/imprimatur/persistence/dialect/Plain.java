package dev.imprimatur.persistence.dialect;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/// Statements by plain JDBC, for the few that run once per job or claim: Jdbi's binding costs more
/// there than the database does (docs/benchmarks.md).
final class Plain {
  private Plain() {}

  /// Sets parameters, counted from 1.
  @FunctionalInterface
  interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  /// Sets the parameters for one element.
  @FunctionalInterface
  interface ElementBinder<E> {
    void bind(PreparedStatement statement, E element) throws SQLException;
  }

  /// The rows of a query.
  static <T> List<T> query(Handle handle, String sql, Binder binder, Dialect.Reader<T> reader) {
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      binder.bind(statement);
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(reader.read(result));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException(e.getMessage(), e, null);
    }
  }

  /// Runs a query once per element.
  ///
  /// @return the elements for which it found something
  static <E> List<E> found(Handle handle, String sql, List<E> elements, ElementBinder<E> binder) {
    if (elements.isEmpty()) {
      return List.of();
    }
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      List<E> found = new ArrayList<>();
      for (E element : elements) {
        binder.bind(statement, element);
        try (ResultSet result = statement.executeQuery()) {
          if (result.next()) {
            found.add(element);
          }
        }
      }
      return found;
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException(e.getMessage(), e, null);
    }
  }

  /// Runs a statement once per element.
  ///
  /// @return the elements whose statement touched one row
  static <E> List<E> touching(
      Handle handle, String sql, List<E> elements, ElementBinder<E> binder) {
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      for (E element : elements) {
        binder.bind(statement, element);
        statement.addBatch();
      }
      int[] counts = statement.executeBatch();
      List<E> touched = new ArrayList<>();
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] == 1) {
          touched.add(elements.get(i));
        }
      }
      return touched;
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException(e.getMessage(), e, null);
    }
  }
}
