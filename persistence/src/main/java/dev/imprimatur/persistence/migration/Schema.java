package dev.imprimatur.persistence.migration;

import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.persistence.dialect.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// The schema's history: what a database has, and what this release wants.
public final class Schema {
  /// The newest migration of this release. A test holds it equal to the newest file.
  public static final String LATEST = "023";

  private Schema() {}

  /// Where a database stands.
  public enum State {
    EMPTY,
    BEHIND,
    CURRENT,
    /// A newer release has migrated it.
    NEWER,
    /// A migration failed half-way.
    BROKEN
  }

  /// What was found.
  ///
  /// @param version the newest migration, or the one that failed; empty in an empty database
  public record Found(State state, String version) {}

  /// Looks where a database stands, without changing it.
  public static Found look(Connection connection) throws SQLException {
    Found found = history(connection);
    boolean half = found.state() == State.BEHIND || found.state() == State.BROKEN;
    return half && BeingMade.is(connection) ? new Found(State.EMPTY, "") : found;
  }

  private static Found history(Connection connection) throws SQLException {
    try (ResultSet table =
        connection
            .getMetaData()
            .getTables(null, connection.getSchema(), "flyway_schema_history", null)) {
      if (!table.next()) {
        return new Found(State.EMPTY, "");
      }
    }
    String newest = "";
    try (Statement query = connection.createStatement();
        ResultSet rows =
            query.executeQuery(
                "SELECT \"version\", \"success\" FROM \"flyway_schema_history\" WHERE \"version\" IS NOT NULL ORDER BY \"installed_rank\"")) {
      while (rows.next()) {
        String version = rows.getString(1);
        if (!rows.getBoolean(2)) {
          return new Found(State.BROKEN, version);
        }
        newest = newest.isEmpty() || number(version) > number(newest) ? version : newest;
      }
    }
    if (newest.isEmpty()) {
      return new Found(State.EMPTY, "");
    }
    int order = Integer.compare(number(newest), number(LATEST));
    return new Found(order == 0 ? State.CURRENT : order < 0 ? State.BEHIND : State.NEWER, newest);
  }

  /// Looks where a database stands that this release is to work on.
  ///
  /// @throws StoreException.WrongSchema if a newer release has migrated it, or a migration failed
  ///   half-way
  public static State state(Connection connection, String url) throws SQLException {
    Found found = look(connection);
    return switch (found.state()) {
      case BROKEN ->
          throw new StoreException.WrongSchema(
              "database "
                  + url
                  + ": migration "
                  + found.version()
                  + " failed half-way. Restore a backup, or mend it and run 'imprimatur migrate'.",
              null);
      case NEWER ->
          throw new StoreException.WrongSchema(
              "database "
                  + url
                  + " was migrated by a newer release (schema "
                  + number(found.version())
                  + ", this release knows "
                  + number(LATEST)
                  + "). Install the newer release; nothing was changed.",
              null);
      case EMPTY, BEHIND, CURRENT -> found.state();
    };
  }

  /// Brings a local database, which no other process has open, to what this release wants.
  ///
  /// @throws StoreException as [#state] and [#migrate] do
  public static void prepare(DataSource owner, Dialect dialect, String url) throws SQLException {
    // Others of this process see what this one makes while it is half made.
    synchronized (Schema.class) {
      try (Connection connection = owner.getConnection()) {
        String schema = connection.getSchema();
        State state = state(connection, url);
        if (state == State.EMPTY) {
          BeingMade.begin(connection, url);
        }
        if (state != State.CURRENT) {
          migrate(owner, dialect, schema, url);
        }
        BeingMade.end(connection);
      }
    }
  }

  /// Brings a database to what this release wants.
  public static void migrate(DataSource owner, Dialect dialect, String schema, String url) {
    try {
      Flyway.configure(Schema.class.getClassLoader())
          .dataSource(owner)
          .locations("classpath:db/migration-common", "classpath:" + dialect.migrationFolder())
          .placeholders(Map.of("stored", dialect.generatedStored(), "schema", schema))
          .loggers("slf4j")
          .load()
          .migrate();
    } catch (FlywayException e) {
      SQLException sql = dev.imprimatur.persistence.dialect.SqlStates.find(e);
      if (sql != null && "42501".equals(sql.getSQLState())) {
        throw new StoreException.Forbidden(
            "database "
                + url
                + " must be migrated by its owner with the right to create roles: "
                + dev.imprimatur.persistence.dialect.SqlStates.line(sql),
            e);
      }
      if (sql != null
          && dialect.translate(sql, url) instanceof StoreException.Unavailable unavailable) {
        throw unavailable;
      }
      throw new StoreException.WrongSchema(
          "database " + url + " could not be migrated: " + e.getMessage(), e);
    }
  }

  private static int number(String version) {
    try {
      return Integer.parseInt(version);
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }
}
