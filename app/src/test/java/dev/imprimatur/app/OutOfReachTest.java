package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.persistence.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a command stands on is not there: one clear line, status 3, and never a password.
class OutOfReachTest {
  @TempDir Path folder;

  @Test
  void aServerThatIsDown() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String url = "jdbc:postgresql://localhost:" + port + "/x?user=u&password=hush-hush";
    var result = new Terminal(folder).run("articles", "--db", url, "--json").exits(3);
    assertThat(result.out() + result.err()).contains("refused").doesNotContain("hush-hush");
    assertThat(result.json().path("code").asString()).isEqualTo("database_unavailable");
    var doctor = new Terminal(folder).run("doctor", "--db", url).exits(1);
    assertThat(doctor.out())
        .contains("Nothing listens at localhost, port " + port, "Correct host and port")
        .doesNotContain("hush-hush");
    new Terminal(folder)
        .with("IMPRIMATUR_DB_PASSWORD", "hush-hush")
        .run("articles", "--db", "jdbc:postgresql://u@localhost:" + port + "/x")
        .exits(3)
        .says("no connection");
  }

  @Test
  void aWrongPassword() throws IOException, SQLException {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE ROLE editor_x LOGIN PASSWORD 'right'");
        statement.execute(
            "COPY (SELECT unnest(ARRAY['host all postgres all trust', 'host all all all scram-sha-256'])) TO '"
                + text(statement, "SHOW hba_file")
                + "'");
        statement.execute("SELECT pg_reload_conf()");
      }
      String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
      var terminal = new Terminal(folder);
      terminal.run("migrate", "--db", url + "?user=postgres").exits(0);
      for (String with :
          List.of(
              url + "?user=editor_x&password=hush-hush",
              url.replace("//", "//editor_x:hush-hush@"))) {
        var result = terminal.run("articles", "--db", with).exits(3);
        result.says("password authentication failed", "Check user and password");
        assertThat(result.err()).doesNotContain("hush-hush");
      }
      // The right password, and no role of ours.
      terminal.with("IMPRIMATUR_DB_USER", "editor_x").with("PGPASSWORD", "right");
      terminal
          .run("articles", "--db", url)
          .exits(3)
          .says("permission denied", "imprimatur_reviewer");
    }
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.Kind.class)
  void aDatabaseOfANewerRelease(TestDatabase.Kind kind) {
    try (TestDatabase database = TestDatabase.migrated(kind)) {
      database.execute(
          "INSERT INTO \"flyway_schema_history\" (\"installed_rank\", \"version\", \"description\", \"type\", \"script\","
              + " \"installed_by\", \"execution_time\", \"success\")"
              + " VALUES (900, '900', 'later', 'SQL', 'V900__later.sql', 'x', 1, true)");
      var terminal = new Terminal(folder).always("--db", database.url());
      terminal.run("articles").exits(3).says("newer release", "900");
      terminal.run("migrate").exits(3).says("newer release");
      assertThat(terminal.run("doctor", "--json").exits(1).json().path("healthy").asBoolean())
          .isFalse();
    }
  }

  @Test
  void aDataDirectoryThatCanNotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    new Terminal(folder)
        .with("IMPRIMATUR_HOME", file.resolve("below").toString())
        .run("articles")
        .exits(3)
        .says("data directory", file.toString(), "IMPRIMATUR_HOME");
  }

  @Test
  void aSecondProcessOnTheSameFile() throws IOException, InterruptedException {
    String url = "jdbc:h2:file:" + folder.resolve("shared");
    Process first = child("worker", "--db", url);
    try (BufferedReader err = first.errorReader(StandardCharsets.UTF_8)) {
      String line = err.readLine();
      while (line != null && !line.contains("starts")) {
        line = err.readLine();
      }
      assertThat(line).as("the first process has the file").isNotNull();
      new Terminal(folder).run("articles", "--db", url).exits(3).says("open in another process");
      // SIGTERM: it puts everything away and says what it did.
      first.toHandle().destroy();
      assertThat(first.waitFor()).isEqualTo(143);
      assertThat(new String(first.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("has taken 0 jobs");
    } finally {
      first.destroyForcibly();
    }
    new Terminal(folder).run("articles", "--db", url).exits(0);
  }

  private Process child(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "dev.imprimatur.app.Main"));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command);
    builder.environment().put("IMPRIMATUR_HOME", folder.resolve("home").toString());
    return builder.start();
  }
}
