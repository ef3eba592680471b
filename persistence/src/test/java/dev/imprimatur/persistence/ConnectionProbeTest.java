package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.store.ConnectionReport;
import dev.imprimatur.engine.store.ConnectionReport.Blocked;
import dev.imprimatur.engine.store.ConnectionReport.Ready;
import dev.imprimatur.engine.store.Obstacle;
import dev.imprimatur.persistence.migration.Schema;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a look at a database tells, on a real server, on none, and on what is none.
class ConnectionProbeTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String PASSWORD = GuardedServer.PASSWORD;

  private static GuardedServer server;

  @BeforeAll
  static void start() {
    server = GuardedServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ConnectionReport probe(DatabaseConfig config) {
    return new ConnectionProbe(config, LIMIT, InstantSource.system()).run(() -> false);
  }

  private static Blocked blocked(DatabaseConfig config) {
    ConnectionReport report = probe(config);
    assertThat(report).isInstanceOf(Blocked.class);
    assertThat(report.toString()).doesNotContain(PASSWORD, "hush-hush");
    return (Blocked) report;
  }

  private static DatabaseConfig at(String hostAndPort, String more) {
    return new DatabaseConfig(
        "jdbc:postgresql://" + hostAndPort + "/x" + more, "u", "hush-hush", "u", 1);
  }

  @Test
  void aReviewerIsToldWhatThereIs() {
    var report = (Ready) probe(server.config(server.migrated(), GuardedServer.EDITOR, PASSWORD));
    assertThat(report.product()).startsWith("PostgreSQL 1");
    assertThat(report.user()).isEqualTo(GuardedServer.EDITOR);
    assertThat(report.roles()).contains("imprimatur_reviewer");
    assertThat(report.schema()).isEqualTo(Schema.LATEST);
    assertThat(report.tls()).isEmpty();
    assertThat(report.pooled()).isFalse();
    assertThat(report.ahead().abs()).isLessThan(Duration.ofSeconds(2));
    assertThat(report.where().port()).isEqualTo(server.port());
  }

  @Test
  void nothingListens() {
    int port = FakeServer.freePort();
    Blocked refused = blocked(at("localhost:" + port, ""));
    assertThat(refused.obstacle()).isEqualTo(Obstacle.REFUSED);
    assertThat(refused.where().port()).isEqualTo(port);
  }

  @Test
  void aHostThatIsNotThere() {
    Blocked unknown = blocked(at("no-such-host.invalid:5432", ""));
    assertThat(unknown.obstacle()).isEqualTo(Obstacle.HOST_NOT_FOUND);
    assertThat(unknown.where().host()).isEqualTo("no-such-host.invalid");
  }

  @Test
  void aWrongPasswordAndNone() {
    String name = server.migrated();
    assertThat(blocked(server.config(name, GuardedServer.EDITOR, "hush-hush")).obstacle())
        .isEqualTo(Obstacle.WRONG_PASSWORD);
    assertThat(blocked(server.config(name, "nobody", "hush-hush")).obstacle())
        .isEqualTo(Obstacle.WRONG_PASSWORD);
    assertThat(blocked(server.config(name, GuardedServer.EDITOR, null)).obstacle())
        .isEqualTo(Obstacle.NO_PASSWORD);
  }

  @Test
  void aMissingDatabase() {
    Blocked missing = blocked(server.config("elsewhere", GuardedServer.EDITOR, PASSWORD));
    assertThat(missing.obstacle()).isEqualTo(Obstacle.NO_DATABASE);
    assertThat(missing.where().database()).isEqualTo("elsewhere");
  }

  @Test
  void noRoleOfOurs() {
    Blocked stranger = blocked(server.config(server.migrated(), GuardedServer.STRANGER, PASSWORD));
    assertThat(stranger.obstacle()).isEqualTo(Obstacle.NO_ROLE);
    assertThat(stranger.where().user()).isEqualTo(GuardedServer.STRANGER);
  }

  @Test
  void anEmptyDatabase() {
    String name = server.empty();
    assertThat(blocked(server.config(name, GuardedServer.STRANGER, PASSWORD)).obstacle())
        .isEqualTo(Obstacle.EMPTY);
    var owner = (Ready) probe(server.config(name, "postgres", null));
    assertThat(owner.schema()).isEmpty();
    assertThat(((Ready) probe(server.config(name, "postgres", null))).schema())
        .as("looking changes nothing")
        .isEmpty();
  }

  @Test
  void anOlderAndANewerSchemaAndAHalfOne() {
    String behind = server.migrated();
    server.execute(behind, "DELETE FROM flyway_schema_history WHERE version >= '004'");
    Blocked old = blocked(server.config(behind, GuardedServer.EDITOR, PASSWORD));
    assertThat(old.obstacle()).isEqualTo(Obstacle.BEHIND);
    assertThat(old.found()).isEqualTo("003");
    assertThat(old.wanted()).isEqualTo(Schema.LATEST);

    String newer = server.migrated();
    server.execute(newer, history("900", true));
    Blocked later = blocked(server.config(newer, GuardedServer.EDITOR, PASSWORD));
    assertThat(later.obstacle()).isEqualTo(Obstacle.NEWER);
    assertThat(later.found()).isEqualTo("900");

    String half = server.migrated();
    server.execute(half, history("901", false));
    assertThat(blocked(server.config(half, GuardedServer.EDITOR, PASSWORD)).obstacle())
        .isEqualTo(Obstacle.HALF_MIGRATED);
  }

  private static String history(String version, boolean success) {
    return "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
        + " execution_time, success) VALUES (900, '%s', 'later', 'SQL', 'V.sql', 'x', 1, %s)"
            .formatted(version, success);
  }

  @Test
  void tlsThatIsAskedForOnEitherSide() {
    String name = server.migrated();
    var config =
        new DatabaseConfig(
            server.url(name) + "?sslmode=require", GuardedServer.EDITOR, PASSWORD, "", 1);
    assertThat(blocked(config).obstacle()).isEqualTo(Obstacle.NO_TLS);
    assertThat(blocked(server.config(name, GuardedServer.TLS_ONLY, PASSWORD)).obstacle())
        .isEqualTo(Obstacle.TLS_REQUIRED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "J\u0000\u0000\u0000\n8.0.36\u0000",
        "220 mail ESMTP\r\n",
        "N\u0000\u0000"
      })
  void whatIsNoPostgres(String greeting) {
    for (String mode : new String[] {"", "?sslmode=disable", "?sslmode=require"}) {
      try (FakeServer other = FakeServer.saying(greeting)) {
        Blocked report = blocked(at("127.0.0.1:" + other.port(), mode));
        // One that only says No to TLS is taken at its word where TLS is asked for.
        Obstacle expected =
            greeting.startsWith("N") && mode.contains("require")
                ? Obstacle.NO_TLS
                : Obstacle.NOT_POSTGRESQL;
        assertThat(report.obstacle()).as("%s %s", mode, report).isEqualTo(expected);
      }
    }
  }

  @Test
  void aServerThatNeverAnswers() {
    try (FakeServer silent = FakeServer.silent()) {
      long start = System.nanoTime();
      var probe =
          new ConnectionProbe(
              at("127.0.0.1:" + silent.port(), ""), Duration.ofSeconds(1), InstantSource.system());
      assertThat(((Blocked) probe.run(() -> false)).obstacle()).isEqualTo(Obstacle.TIMEOUT);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void whoeverCallsItOffNeedNotWait() {
    try (FakeServer silent = FakeServer.silent()) {
      var asked = new AtomicInteger();
      var probe =
          new ConnectionProbe(
              at("127.0.0.1:" + silent.port(), ""), Duration.ofMinutes(1), InstantSource.system());
      assertThat(probe.run(() -> asked.incrementAndGet() > 3))
          .isEqualTo(new ConnectionReport.Cancelled());
    }
  }

  @Test
  void anAddressThatIsNone() {
    var config =
        new DatabaseConfig("jdbc:postgresql://h:port/x?password=hush-hush", null, null, "", 1);
    assertThat(blocked(config).obstacle()).isEqualTo(Obstacle.BAD_ADDRESS);
  }

  @Test
  void whichServersAreTooOld() {
    assertThat(ConnectionProbe.tooOld(14)).isTrue();
    assertThat(ConnectionProbe.tooOld(15)).isFalse();
  }
}
