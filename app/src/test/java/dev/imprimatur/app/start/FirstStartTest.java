package dev.imprimatur.app.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.app.wiring.Home;
import dev.imprimatur.app.wiring.SettingSources;
import dev.imprimatur.app.wiring.Surroundings;
import dev.imprimatur.fxml.ConsoleStart;
import dev.imprimatur.fxml.WindowHands;
import dev.imprimatur.persistence.FakeServer;
import dev.imprimatur.persistence.GuardedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first start and the second, over real databases: what a user sees and presses.
class FirstStartTest {
  private static GuardedServer server;

  @TempDir Path folder;

  private Map<String, String> environment;
  private @Nullable WindowHands window;

  @BeforeAll
  static void startServer() {
    server = GuardedServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void home() {
    environment = new HashMap<>(Map.of("IMPRIMATUR_HOME", folder.resolve("home").toString()));
  }

  @AfterEach
  void close() {
    if (window != null) {
      window.close();
    }
  }

  private WindowHands open(WindowDatabases.Asked asked) {
    var around = new Surroundings(environment, folder, "editor", System.out, System.err, 0, false);
    Home home = Home.of(environment, folder);
    var databases =
        new WindowDatabases(
            around,
            home,
            asked,
            () -> new SettingSources(Map.of(), environment, home.configFile()),
            grace -> {});
    WindowHands opened =
        WindowHands.open(
            new ConsoleStart(
                databases,
                home.config().resolve("window.properties"),
                InstantSource.system(),
                ZoneId.of("UTC"),
                Duration.ZERO));
    window = opened;
    return opened;
  }

  private WindowHands open() {
    return open(new WindowDatabases.Asked(null, false));
  }

  private void end(WindowHands opened) {
    opened.closeWindow();
    await().atMost(WindowHands.SOON).until(() -> !opened.isOpen());
    opened.close();
    window = null;
  }

  private void fill(WindowHands opened, String database, String user, String password) {
    opened.awaitFocus("#start-alone-go");
    opened.type("#start-host", "localhost");
    opened.type("#start-port", String.valueOf(server.port()));
    opened.type("#start-database", database);
    opened.type("#start-user", user);
    opened.type("#start-password", password);
  }

  @Test
  void enterAloneFillsTheInboxWithTheSamplesEscalations() throws IOException {
    WindowHands first = open();
    first.awaitFocus("#start-alone-go");
    first.press(KeyCode.ENTER);
    first.awaitShown("#inbox-table");
    // Nine articles, seven of them for both reasons.
    first.awaitText("#inbox-count", "16"::equals);
    first.awaitText("#articles-count", "16"::equals);
    first.awaitText("#status-text", t -> t.contains("Nothing running"));
    first.picture("start-samples-inbox");
    end(first);
    assertThat(folder.resolve("home/samples.pending")).doesNotExist();

    // What was chosen is opened again without a question, and nothing is loaded twice.
    WindowHands second = open();
    second.awaitShown("#status-database");
    second.awaitText("#articles-count", "16"::equals);
    second.awaitText("#inbox-count", "16"::equals);

    // And back, to another.
    second.fire("#status-database");
    second.confirm();
    second.awaitFocus("#start-alone-go");
    second.awaitText("#start-alone .label", t -> t.contains("already"));
    end(second);
  }

  @Test
  void samplesThatACrashLeftAreLoadedAtTheNextStart() throws IOException {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home/samples.pending"), "");
    Files.writeString(folder.resolve("home/database.properties"), "database=local\n");
    WindowHands next = open();
    next.awaitText("#articles-count", "16"::equals);
    end(next);
  }

  @Test
  void samplesWithoutAsking() {
    WindowHands scripted = open(new WindowDatabases.Asked(null, true));
    scripted.awaitText("#articles-count", "16"::equals);
    end(scripted);
    assertThat(folder.resolve("home/database.properties")).doesNotExist();
  }

  @Test
  void aTeamsDatabaseIsTestedOpenedAndRememberedWithoutItsPassword() throws IOException {
    String name = server.migrated();
    WindowHands first = open();
    fill(first, name, GuardedServer.EDITOR, GuardedServer.PASSWORD);
    first.fire("#start-test");
    first.awaitText("#start-results .label", t -> t.contains("Signed in as editor_a"));
    first.awaitFocus("#start-connect");
    first.press(KeyCode.ENTER);
    first.awaitShown("#status-database");
    first.awaitText("#status-person", t -> t.contains("editor_a") && t.contains("reviewer"));
    first.awaitText("#status-database", t -> t.contains(name));
    assertThat(first.everything()).doesNotContain(GuardedServer.PASSWORD);
    end(first);
    assertNowhere(GuardedServer.PASSWORD);

    WindowHands second = open();
    second.awaitFocus("#start-password");
    assertThat(second.typed("#start-user")).isEqualTo(GuardedServer.EDITOR);
    assertThat(second.typed("#start-database")).isEqualTo(name);
    second.write(GuardedServer.PASSWORD);
    second.press(KeyCode.ENTER);
    second.awaitShown("#status-database");
    end(second);

    // Where the environment knows the password, nothing is asked.
    environment.put("IMPRIMATUR_DB_PASSWORD", GuardedServer.PASSWORD);
    WindowHands third = open();
    third.awaitShown("#status-database");
    end(third);
  }

  private void assertNowhere(String secret) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readAllBytes(file)).as("%s", file).isNotNull();
        assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
            .as("%s", file)
            .doesNotContain(secret);
      }
    }
  }

  @Test
  void aRefusedConnectionAndAWrongPasswordAreSaidAndCanBeMended() {
    String name = server.migrated();
    WindowHands opened = open();
    fill(opened, name, GuardedServer.EDITOR, "hush-hush");
    opened.type("#start-port", String.valueOf(FakeServer.freePort()));
    opened.fire("#start-connect");
    opened.awaitText("#start-trouble-text", t -> t.contains("refused"));
    opened.type("#start-port", String.valueOf(server.port()));
    opened.fire("#start-connect");
    opened.awaitText("#start-trouble-text", t -> t.contains("password is wrong"));
    assertThat(opened.typed("#start-details")).doesNotContain("hush-hush");
    opened.awaitFocus("#start-password");
    opened.type("#start-password", GuardedServer.PASSWORD);
    opened.press(KeyCode.ENTER);
    opened.awaitShown("#status-database");
    end(opened);
  }

  @Test
  void anOpeningIsCalledOff() {
    try (FakeServer silent = FakeServer.silent()) {
      WindowHands opened = open();
      fill(opened, "x", "u", "hush-hush");
      opened.type("#start-host", "127.0.0.1");
      opened.type("#start-port", String.valueOf(silent.port()));
      opened.fire("#start-connect");
      await().atMost(WindowHands.SOON).until(() -> silent.guests() > 0);
      opened.awaitFocus("#start-opening-cancel");
      opened.press(KeyCode.ESCAPE);
      opened.awaitFocus("#start-alone-go");
      // And what comes next is not held up.
      opened.press(KeyCode.ENTER);
      opened.awaitShown("#status-database");
      end(opened);
    }
  }

  @Test
  void theWindowClosesWhileItOpens() {
    try (FakeServer silent = FakeServer.silent()) {
      WindowHands opened =
          open(
              new WindowDatabases.Asked(
                  "jdbc:postgresql://u:hush-hush@127.0.0.1:" + silent.port() + "/x", false));
      await().atMost(WindowHands.SOON).until(() -> silent.guests() > 0);
      end(opened);
    }
  }

  @Test
  void whatWasNamedAndCanNotBeOpenedIsSaidInTheWindow() {
    int port = FakeServer.freePort();
    WindowHands opened =
        open(
            new WindowDatabases.Asked(
                "jdbc:postgresql://u:hush-hush@localhost:" + port + "/x?sslmode=disable", false));
    opened.awaitText("#start-trouble-text", t -> t.contains("refused"));
    assertThat(opened.typed("#start-host")).isEqualTo("localhost");
    assertThat(opened.everything() + opened.typed("#start-details")).doesNotContain("hush-hush");
    end(opened);

    WindowHands other = open(new WindowDatabases.Asked("mysql://x", false));
    other.awaitText("#start-trouble-text", t -> t.contains("is no database that is known"));
    end(other);
  }

  @Test
  void aSettingThatIsWrongIsSaidInTheWindow() throws IOException {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home/config.properties"), "review.aeo-threshold=900\n");
    WindowHands opened = open(new WindowDatabases.Asked(null, true));
    opened.awaitText("#start-trouble-text", t -> t.contains("review.aeo-threshold"));
    Files.delete(folder.resolve("home/config.properties"));
    opened.fire("#start-retry");
    opened.awaitShown("#status-database");
    end(opened);
  }
}
