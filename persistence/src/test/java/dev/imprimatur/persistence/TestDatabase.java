package dev.imprimatur.persistence;

import dev.imprimatur.persistence.dialect.H2Users;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/// A fresh, empty database for a test: a H2 file of its own, or a database of its own on one
/// embedded PostgreSQL.
public final class TestDatabase implements AutoCloseable {
  /// Which product.
  public enum Kind {
    H2(H2Users.APP, H2Users.WORKER),
    POSTGRES(EDITOR_A, TestDatabase.WORKER);

    private final String person;
    private final String worker;

    Kind(String person, String worker) {
      this.person = person;
      this.worker = worker;
    }

    /// As whom people's writes reach the database.
    public String person() {
      return person;
    }

    /// As whom automation's do.
    public String worker() {
      return worker;
    }
  }

  /// Login roles that every test database on PostgreSQL knows.
  public static final String EDITOR_A = "editor_a";

  public static final String EDITOR_B = "editor_b";
  public static final String WORKER = "worker_1";
  public static final String READER = "reader_1";

  private final Kind kind;
  private final String url;
  private final Path folder;

  private TestDatabase(Kind kind, String url, Path folder) {
    this.kind = kind;
    this.url = url;
    this.folder = folder;
  }

  /// A database that nobody has touched.
  public static TestDatabase empty(Kind kind) {
    try {
      Path folder = Files.createTempDirectory("imprimatur-test-");
      if (kind == Kind.H2) {
        return new TestDatabase(kind, "jdbc:h2:file:" + folder.resolve("db"), folder);
      }
      String name = newName();
      Server.execute("CREATE DATABASE " + name);
      return new TestDatabase(kind, Server.url(name), folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A database on a PostgreSQL of the test's own.
  public static TestDatabase at(String url) {
    try {
      return new TestDatabase(Kind.POSTGRES, url, Files.createTempDirectory("imprimatur-test-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A H2 file in a folder of the test's own; what is in it goes with the database.
  public static TestDatabase in(Path folder) {
    return new TestDatabase(Kind.H2, "jdbc:h2:file:" + folder.resolve("db"), folder);
  }

  /// A database with the schema in place: a copy of one that was migrated once for this JVM, as
  /// migrating takes a good part of a second and is done hundreds of times.
  public static TestDatabase migrated(Kind kind) {
    try {
      Path folder = Files.createTempDirectory("imprimatur-test-");
      if (kind == Kind.H2) {
        Files.copy(H2Template.FILE, folder.resolve("db.mv.db"));
        return new TestDatabase(kind, "jdbc:h2:file:" + folder.resolve("db"), folder);
      }
      String name = newName();
      Server.execute("CREATE DATABASE " + name + " TEMPLATE " + PostgresTemplate.NAME);
      return new TestDatabase(kind, Server.url(name), folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String newName() {
    return "t_" + UUID.randomUUID().toString().replace("-", "");
  }

  public Kind kind() {
    return kind;
  }

  /// What the command line would be given.
  public String url() {
    return url;
  }

  /// Opens it as its owner.
  public Database open() {
    return Database.open(config());
  }

  /// Opens it as its owner, with this person signing on H2.
  public DatabaseConfig config() {
    return new DatabaseConfig(url, null, null, "editor", 20);
  }

  /// Opens it as a login role of PostgreSQL; on H2 that name signs.
  public Database openAs(String login) {
    return Database.open(configAs(login));
  }

  /// What opens it as a login role.
  public DatabaseConfig configAs(String login) {
    return kind == Kind.H2
        ? new DatabaseConfig(url, null, null, login, 8)
        : new DatabaseConfig(url.replaceAll("\\?.*", ""), login, "secret", login, 8);
  }

  /// A plain connection as the one who owns the schema.
  public Connection owner() throws SQLException {
    return kind == Kind.H2 ? plain(H2Users.OWNER) : DriverManager.getConnection(url);
  }

  /// A plain connection as a user within H2 or a login role of PostgreSQL.
  public Connection plain(String user) throws SQLException {
    return kind == Kind.H2
        ? DriverManager.getConnection(
            url
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;MAX_COMPACT_TIME=0",
            user,
            "")
        : DriverManager.getConnection(url.replaceAll("\\?.*", ""), user, "secret");
  }

  /// One number, read as the owner.
  public long count(String sql) {
    try (Connection connection = owner();
        Statement statement = connection.createStatement();
        ResultSet rs = statement.executeQuery(sql)) {
      rs.next();
      return rs.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /// Runs a statement as the owner.
  public int execute(String sql) {
    try (Connection connection = owner();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    try (var files = Files.walk(folder)) {
      for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A H2 file that was migrated and closed.
  private static final class H2Template {
    private static final Path FILE = make();

    private static Path make() {
      try (TestDatabase made = empty(Kind.H2)) {
        made.open().close();
        Path file = Files.createTempFile("imprimatur-template-", ".mv.db");
        file.toFile().deleteOnExit();
        return Files.copy(
            made.folder.resolve("db.mv.db"), file, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// A database on the PostgreSQL of this JVM that was migrated, and that nobody is connected to.
  private static final class PostgresTemplate {
    private static final String NAME = make();

    private static String make() {
      String name = "template_migrated";
      Server.execute("CREATE DATABASE " + name);
      try (TestDatabase made = at(Server.url(name))) {
        made.open().close();
      }
      Server.logins();
      return name;
    }
  }

  /// One PostgreSQL for all tests of a JVM.
  private static final class Server {
    private static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        // Tests kill clients, never the server, so it need not wait for the disk.
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            // As in use: what is acknowledged is in the log.
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "300")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static String url(String name) {
      return POSTGRES.getJdbcUrl("postgres", name);
    }

    static void execute(String sql) {
      try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(sql, e);
      }
    }

    static void logins() {
      execute(
          """
          DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'editor_a') THEN
              CREATE ROLE editor_a LOGIN PASSWORD 'secret' IN ROLE imprimatur_reviewer;
              CREATE ROLE editor_b LOGIN PASSWORD 'secret' IN ROLE imprimatur_reviewer;
              CREATE ROLE worker_1 LOGIN PASSWORD 'secret' IN ROLE imprimatur_worker;
              CREATE ROLE reader_1 LOGIN PASSWORD 'secret' IN ROLE imprimatur_reader;
            END IF;
          END $$
          """);
    }
  }
}
