package dev.imprimatur.persistence.migration;

import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.persistence.dialect.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// The schema's history: what a database has, and what this release wants.
public final class Schema {
  /// The newest migration of this release. A test holds it equal to the newest file.
  public static final String LATEST = "004";

  private Schema() {}

  /// Where a database stands.
  public enum State {
    EMPTY,
    BEHIND,
    CURRENT
  }

  /// Looks where a database stands, without changing it.
  ///
  /// @throws StoreException.WrongSchema if a newer release has migrated it, or a migration failed
  ///   half-way
  public static State state(Connection connection, String url) throws SQLException {
    List<String> versions = new ArrayList<>();
    try (ResultSet table =
        connection
            .getMetaData()
            .getTables(null, connection.getSchema(), "flyway_schema_history", null)) {
      if (!table.next()) {
        return State.EMPTY;
      }
    }
    try (Statement query = connection.createStatement();
        ResultSet rows =
            query.executeQuery(
                "SELECT \"version\", \"success\" FROM \"flyway_schema_history\" WHERE \"version\" IS NOT NULL ORDER BY \"installed_rank\"")) {
      while (rows.next()) {
        if (!rows.getBoolean(2)) {
          throw new StoreException.WrongSchema(
              "database "
                  + url
                  + ": migration "
                  + rows.getString(1)
                  + " failed half-way. Restore a backup, or mend it and run 'imprimatur migrate'.",
              null);
        }
        versions.add(rows.getString(1));
      }
    }
    int newest = versions.stream().mapToInt(Schema::number).max().orElse(0);
    if (newest > number(LATEST)) {
      throw new StoreException.WrongSchema(
          "database "
              + url
              + " was migrated by a newer release (schema "
              + newest
              + ", this release knows "
              + number(LATEST)
              + "). Install the newer release; nothing was changed.",
          null);
    }
    return newest == number(LATEST)
        ? State.CURRENT
        : versions.isEmpty() ? State.EMPTY : State.BEHIND;
  }

  /// Brings a database to what this release wants.
  ///
  /// @return how many migrations were run
  public static int migrate(DataSource owner, Dialect dialect, String schema, String url) {
    try {
      return Flyway.configure(Schema.class.getClassLoader())
          .dataSource(owner)
          .locations("classpath:db/migration-common", "classpath:" + dialect.migrationFolder())
          .placeholders(Map.of("stored", dialect.generatedStored(), "schema", schema))
          .loggers("slf4j")
          .load()
          .migrate()
          .migrationsExecuted;
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
