package dev.imprimatur.persistence;

import dev.imprimatur.engine.audit.Actor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// What an open database is, for whoever looks for what is wrong with it.
///
/// @param product with its version, such as `PostgreSQL 18.1`
/// @param actor who is signed in, and whether as a person
/// @param roles those of Imprimatur's roles that the login has, by name; empty on H2, which has no
///   logins
/// @param schema the newest migration that was run, such as `005`
/// @param pooledByTransaction whether a pooler hands one server connection to several of ours, so
///   that notifications and session locks do not work
public record DatabaseFacts(
    String product, Actor actor, List<String> roles, String schema, boolean pooledByTransaction) {

  private static final String ROLES =
      "SELECT rolname FROM pg_roles WHERE rolname IN ('imprimatur_reader', 'imprimatur_worker', 'imprimatur_reviewer',"
          + " 'imprimatur_admin') AND pg_has_role(session_user, oid, 'MEMBER') ORDER BY rolname";
  private static final String SERVER_PROCESS = "SELECT pg_backend_pid()";
  private static final String SCHEMA =
      "SELECT max(\"version\") FROM \"flyway_schema_history\" WHERE \"success\"";

  static DatabaseFacts read(Link link, Actor actor) throws SQLException {
    try (Connection one = link.owner().getConnection()) {
      var meta = one.getMetaData();
      String product = meta.getDatabaseProductName() + " " + meta.getDatabaseProductVersion();
      String schema = text(one, SCHEMA);
      if (link.exclusive()) {
        return new DatabaseFacts(product, actor, List.of(), schema, false);
      }
      try (Connection other = link.owner().getConnection()) {
        return new DatabaseFacts(product, actor, roles(one), schema, shared(one, other));
      }
    }
  }

  /// Those of Imprimatur's roles that the login has.
  static List<String> roles(Connection connection) throws SQLException {
    return texts(connection, ROLES);
  }

  /// Whether a pooler stands between: two connections that are open at the same time have two
  /// servers, unless something shares one between them.
  static boolean shared(Connection one, Connection other) throws SQLException {
    return text(one, SERVER_PROCESS).equals(text(other, SERVER_PROCESS));
  }

  /// One value as text; empty if there is none.
  static String text(Connection connection, String sql) throws SQLException {
    return String.join("", texts(connection, sql));
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(String.valueOf(rows.getString(1)));
      }
      return texts;
    }
  }
}
