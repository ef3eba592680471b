package dev.imprimatur.fxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.persistence.Children;
import dev.imprimatur.persistence.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two reviewers, two processes, one PostgreSQL, one escalation.
class TwoConsolesTest {
  private static final Duration START = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void theSecondDecisionIsToldWhoWasFirst() throws Exception {
    TestDatabase database = TestDatabase.migrated(TestDatabase.Kind.POSTGRES);
    try (var robot =
        ConsoleRobot.over(
            database, database.openAs(TestDatabase.EDITOR_A), TestDatabase.EDITOR_A)) {
      robot.evaluate("A tent for two", Samples.text("A tent for two", "ai=0.81 aeo=71"));
      Path output = folder.resolve("output.txt");
      Process other =
          Children.start(
              List.of(
                  "-Xmx768m",
                  "-Dglass.platform=Headless",
                  "-Dprism.order=sw",
                  "-Dtestfx.robot=glass",
                  "--enable-native-access=ALL-UNNAMED"),
              ConsoleChild.class,
              output,
              database.configAs(TestDatabase.EDITOR_B).url(),
              TestDatabase.EDITOR_B,
              folder.toString());
      try {
        var inbox = new InboxHand(robot);
        robot.show(folder.resolve("mine"));
        inbox.awaitRows(1);
        await()
            .atMost(START)
            .failFast(() -> assertThat(other.isAlive()).as(Files.readString(output)).isTrue())
            .until(() -> Files.exists(folder.resolve("asked")));
        robot.press(KeyCode.X);
        inbox.because("Too thin.", "two-consoles-first");
        inbox.awaitRows(0);
        Files.writeString(folder.resolve("go-on"), "");
        await().atMost(START).until(() -> Files.exists(folder.resolve("told")));
        assertThat(Files.readString(folder.resolve("told")))
            .contains("editor_a resolved it (Rejected) on")
            .contains("Resolve: Override", "Reason: It is fine.")
            .contains("Resolved as Rejected by editor_a", "Reason: Too thin.");
        assertThat(other.waitFor()).isZero();
      } finally {
        other.destroyForcibly();
      }
      Escalation decided =
          robot
              .engine()
              .review()
              .escalations()
              .list(Escalation.Status.RESOLVED, 10)
              .getFirst()
              .row()
              .escalation();
      assertThat(decided.resolution().by()).isEqualTo(TestDatabase.EDITOR_A);
      assertThat(decided.revision()).isEqualTo(2);
    }
  }

  @Test
  void whatIsDoneElsewhereShowsWithinASecond() {
    TestDatabase database = TestDatabase.migrated(TestDatabase.Kind.POSTGRES);
    try (var robot =
            ConsoleRobot.over(
                database, database.openAs(TestDatabase.EDITOR_A), TestDatabase.EDITOR_A);
        var other = database.openAs(TestDatabase.EDITOR_B)) {
      robot.evaluate("A tent for two", Samples.text("A tent for two", "ai=0.81 aeo=71"));
      var inbox = new InboxHand(robot);
      robot.show(folder);
      inbox.awaitRows(1);
      Escalation seen = inbox.selected().row().escalation();
      var elsewhere = dev.imprimatur.persistence.Bench.on(other).engine().review().escalations();
      elsewhere.claim(seen.id(), seen.revision());
      ConsoleRobot.awaitWithinASecond(
          () -> TestDatabase.EDITOR_B.equals(inbox.selected().claimHolder()));
      elsewhere.resolve(seen.id(), null, Escalation.Outcome.FALSE_ALARM, "A list.");
      ConsoleRobot.awaitWithinASecond(() -> inbox.rows() == 0);
    }
  }
}
