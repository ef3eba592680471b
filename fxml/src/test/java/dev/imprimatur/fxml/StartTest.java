package dev.imprimatur.fxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.store.ConnectionReport.Blocked;
import dev.imprimatur.engine.store.Obstacle;
import dev.imprimatur.fxml.start.Beginning;
import dev.imprimatur.fxml.start.Choice;
import dev.imprimatur.fxml.start.FakeDatabases;
import dev.imprimatur.fxml.start.OpenDatabase;
import dev.imprimatur.fxml.start.Opening;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The start as it is driven by keyboard, over databases that answer as the test wants it. Pictures
/// are left in `target/screens`.
class StartTest {
  @TempDir Path folder;

  private final FakeDatabases databases = new FakeDatabases();
  private WindowHands window;

  @AfterEach
  void close() {
    if (window != null) {
      window.close();
    }
  }

  private void open() {
    window =
        WindowHands.open(
            new ConsoleStart(
                databases,
                folder.resolve("window.properties"),
                InstantSource.system(),
                ZoneId.of("UTC"),
                Duration.ZERO));
  }

  private void fillForm() {
    window.type("#start-host", "db.example");
    window.type("#start-user", "editor_a");
    window.type("#start-password", "hush-hush");
  }

  @Test
  void enterAloneStartsWorkingAloneWithTheSamples() {
    databases.holds();
    open();
    window.awaitFocus("#start-alone-go");
    assertThat(window.isDefault("#start-alone-go")).isTrue();
    assertThat(window.isDefault("#start-connect .button")).isFalse();
    window.picture("start-first");
    window.press(KeyCode.ENTER);
    window.awaitShown("#start-opening");
    assertThat(databases.asked()).containsExactly(new Choice.Local(true));
    window.awaitText("#start-opening-step", t -> t.contains("sample articles"));
    window.awaitFocus("#start-opening-cancel");
    window.picture("start-opening");
    window.press(KeyCode.ESCAPE);
    window.awaitShown("#start-alone-go");
    window.awaitFocus("#start-alone-go");
  }

  /// A scene whose root was changed looks for a first focus of its own, in a later pulse: here when
  /// all has long been shown.
  @Test
  void whereTheSceneWouldBeginIsWhereOneBegins() {
    open();
    window.awaitFocus("#start-alone-go");
    List<Node> owners = window.lookForFirstFocus();
    await()
        .atMost(WindowHands.SOON)
        .untilAsserted(() ->
            assertThat(owners)
                .as("the scene chose for itself")
                .contains(window.node("#start-alone-go", Node.class)));
    assertThat(owners).doesNotContain(window.node("#start-samples", Node.class));
    window.awaitFocus("#start-alone-go");
    // Whoever goes there by himself stays.
    window.tabTo("#start-samples");
    window.press(KeyCode.CONTROL);
    window.awaitFocus("#start-samples");
  }

  @Test
  void theFormIsFilledByKeyboardAndTested() {
    open();
    window.awaitFocus("#start-alone-go");
    window.type("#start-url", "");
    window.write("postgresql://editor_a:hush-hush@db.example/imprimatur");
    window.press(KeyCode.TAB);
    assertThat(window.typed("#start-host")).isEqualTo("db.example");
    assertThat(window.typed("#start-password")).isEqualTo("hush-hush");
    assertThat(window.typed("#start-url")).isEqualTo("jdbc:postgresql://db.example/imprimatur");
    window.picture("start-connect");

    databases.reports(
        FakeDatabases.ready(
            List.of("imprimatur_reviewer", "imprimatur_worker"), "004", "TLSv1.3", false));
    window.fire("#start-test");
    window.awaitShown("#result-schema");
    window.awaitFocus("#start-connect");
    window.picture("start-test-ok");
    databases.reports(FakeDatabases.ready(List.of("imprimatur_reader"), "", "", true));
    window.fire("#start-test");
    window.awaitShown("#result-pooler");
    window.picture("start-test-warnings");

    databases.reports(FakeDatabases.blocked(Obstacle.REFUSED));
    window.fire("#start-test");
    window.awaitText("#start-results .label", t -> t.contains("refused"));
    window.picture("start-test-refused");
    databases.reports(
        new Blocked(
            Obstacle.WRONG_PASSWORD,
            FakeDatabases.WHERE,
            "",
            "",
            "password authentication failed"));
    window.fire("#start-test");
    window.awaitText("#start-results .label", t -> t.contains("password is wrong"));
    window.picture("start-test-wrong-password");
    assertThat(window.everything()).doesNotContain("hush-hush");
  }

  @Test
  void escapeCallsATestOff() {
    databases.holds();
    open();
    window.awaitFocus("#start-alone-go");
    fillForm();
    window.fire("#start-test");
    window.awaitShown("#start-testing");
    window.picture("start-testing");
    window.press(KeyCode.ESCAPE);
    window.awaitGone("#start-testing");
    window.awaitFocus("#start-test");
    assertThat(window.shown("#start-results")).isFalse();
  }

  @Test
  void enterInTheFormConnectsAndAFailureStaysInSight() {
    databases.opens(new Opening.Blocked(FakeDatabases.blocked(Obstacle.NO_ROLE)));
    open();
    window.awaitFocus("#start-alone-go");
    fillForm();
    assertThat(window.isDefault("#start-connect .button")).isTrue();
    window.press(KeyCode.ENTER);
    window.awaitShown("#start-trouble");
    assertThat(databases.asked()).singleElement().isInstanceOf(Choice.Server.class);
    window.awaitText("#start-trouble-mend", t -> t.contains("GRANT imprimatur_reviewer"));
    window.awaitFocus("#start-password");
    window.picture("start-failed");
    window.fire("#start-details-show");
    window.awaitShown("#start-details");
    assertThat(window.typed("#start-details")).contains("no_role").doesNotContain("hush-hush");
    window.picture("start-failed-details");
  }

  @Test
  void aRememberedServerAsksForThePasswordOnly() {
    databases.beginsWith(
        new Beginning.Fill("jdbc:postgresql://db.example:5432/imprimatur", "editor_a", true));
    open();
    window.awaitFocus("#start-password");
    // The scene would begin elsewhere, and is not let.
    List<Node> owners = window.lookForFirstFocus();
    await()
        .atMost(WindowHands.SOON)
        .untilAsserted(() ->
            assertThat(owners)
                .as("the scene chose for itself")
                .contains(window.node("#start-alone-go", Node.class)));
    window.awaitFocus("#start-password");
    assertThat(window.typed("#start-user")).isEqualTo("editor_a");
    window.write("secret");
    window.press(KeyCode.ENTER);
    await().until(() -> databases.asked().size() == 1);
    assertThat(((Choice.Server) databases.asked().getFirst()).password().reveal())
        .isEqualTo("secret");
  }

  @Test
  void theWayToAnotherDatabaseAndTheEnd() {
    try (TestDatabase database = TestDatabase.migrated(TestDatabase.Kind.H2);
        Bench bench = Bench.on(database.open())) {
      var closed = new AtomicInteger();
      var mayClose = new CountDownLatch(1);
      databases.opens(
          new Opening.Opened(
              new OpenDatabase(
                  bench.engine(),
                  null,
                  "editor",
                  List.of("reviewer"),
                  () -> {
                    closed.incrementAndGet();
                    awaitLatch(mayClose);
                  })));
      open();
      window.awaitFocus("#start-alone-go");
      window.press(KeyCode.ENTER);
      window.awaitShown("#status-database");
      window.fire("#status-database");
      window.confirm();
      window.awaitShown("#finishing");
      window.picture("start-finishing");
      mayClose.countDown();
      window.awaitShown("#start-alone-go");
      assertThat(closed).hasValue(1);
      window.awaitText("#start-alone .label", t -> t.contains("already"));

      window.press(KeyCode.ENTER);
      window.awaitShown("#status-database");
      window.closeWindow();
      await().until(() -> !window.isOpen());
      assertThat(closed).hasValue(2);
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      // A test that fails before it lets this go must still come to its end.
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
