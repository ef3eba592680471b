package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.persistence.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A hundred thousand escalations in the inbox, and how long the FX thread is busy with any one
/// thing meanwhile. The figures are reported; a limit is held where one is given with
/// `-Dimprimatur.test.fx-limit=MILLIS`, as on a quiet machine.
class LongInboxTest {
  private static final int ARTICLES = 20_000;

  /// Every article has one version, and every version an escalation of each of five reasons.
  private static final String[] FILL = {
    """
    INSERT INTO article (id, source_key, title, latest_version, revision, created_at)
    SELECT CAST('00000000-0000-4000-8000-' || LPAD(CAST(x AS varchar), 12, '0') AS uuid), 'test:' || x,
           'Article ' || MOD(x * 7919, 20000), 1, 1, CURRENT_TIMESTAMP
    FROM SYSTEM_RANGE(1, %d) AS s(x)
    """,
    """
    INSERT INTO article_version (id, article_id, number, title, media_type, body, metadata, content_hash, origin, path,
                                 actor_kind, actor_id, created_at)
    SELECT CAST('00000000-0000-4000-8001-' || LPAD(CAST(x AS varchar), 12, '0') AS uuid),
           CAST('00000000-0000-4000-8000-' || LPAD(CAST(x AS varchar), 12, '0') AS uuid), 1, 'Article ' || MOD(x * 7919, 20000),
           'text/markdown', 'Text', '{}', RPAD('0', 64, '0'), 'import', '', 'HUMAN', 'editor', CURRENT_TIMESTAMP
    FROM SYSTEM_RANGE(1, %d) AS s(x)
    """,
    """
    INSERT INTO escalation (id, article_id, version_id, reason, details, raised_at)
    SELECT RANDOM_UUID(), CAST('00000000-0000-4000-8000-' || LPAD(CAST(x AS varchar), 12, '0') AS uuid),
           CAST('00000000-0000-4000-8001-' || LPAD(CAST(x AS varchar), 12, '0') AS uuid), reason, '{}',
           DATEADD('SECOND', -x, CURRENT_TIMESTAMP)
    FROM SYSTEM_RANGE(1, %d) AS s(x)
    CROSS JOIN (VALUES ('score_regression'), ('likely_ai_generated'), ('poor_quality'), ('rewrite_cap'),
                       ('approved_rewrite_attempt')) AS r(reason)
    """
  };

  @TempDir Path folder;

  private ConsoleRobot robot;
  private InboxHand inbox;

  @BeforeEach
  void open() throws SQLException {
    TestDatabase database = TestDatabase.migrated(TestDatabase.Kind.H2);
    try (Connection owner = database.owner();
        Statement statement = owner.createStatement()) {
      for (String sql : FILL) {
        statement.execute(sql.formatted(ARTICLES));
      }
    }
    robot = ConsoleRobot.on(database);
    inbox = new InboxHand(robot);
  }

  @AfterEach
  void close() {
    robot.close();
  }

  @Test
  void aHundredThousandEscalationsStaySmooth() {
    try (FxWatch watch = FxWatch.start()) {
      robot.show(folder);
      inbox.awaitRows(5 * ARTICLES);
      robot.awaitText("#inbox-count", "100,000"::equals);
      // Showing the first window of a process loads classes and styles; that is told apart.
      watch.report("opening the window", false);

      for (int i = 0; i < 30; i++) {
        robot.press(KeyCode.J);
      }
      inbox.awaitSelected(d -> true);
      watch.report("thirty rows down", true);
      robot.press(KeyCode.END);
      awaitSelectedPlace(5 * ARTICLES - 1);
      robot.press(KeyCode.PAGE_UP);
      robot.press(KeyCode.PAGE_UP);
      robot.press(KeyCode.HOME);
      awaitSelectedPlace(0);
      watch.report("to the end and back", true);
      for (int i = 1; i <= 40; i++) {
        int to = i * 2_499;
        fx(() -> {
          inbox.table().scrollTo(to);
          return null;
        });
      }
      robot.awaitShown("#inbox-table .table-row-cell");
      watch.report("dragged through", true);
      robot.picture("inbox-long");
      watch.report("pictures", false);

      fx(() -> {
        inbox.table().getSortOrder().setAll(inbox.table().getColumns().get(1));
        return null;
      });
      robot.press(KeyCode.HOME);
      inbox.awaitSelected(d -> d.row().articleTitle().equals("Article 0"));
      watch.report("sorted by title", true);
      robot.type("#inbox-search", "poor 199");
      await().atMost(SOON).until(() -> inbox.rows() > 0 && inbox.rows() < 1_000);
      watch.report("searched", true);
      robot.type("#inbox-search", "");
      inbox.awaitRows(5 * ARTICLES);
      watch.report("all again", true);
      robot.press(KeyCode.X);
      inbox.because("Not for us.", "reject-dialog");
      inbox.awaitRows(5 * ARTICLES - 1);
      watch.report("one decided", true);
    }
  }

  private void awaitSelectedPlace(int place) {
    await()
        .atMost(SOON)
        .until(() ->
            fx(() -> inbox.table().getSelectionModel().getSelectedIndex() == place)
                && inbox.selected() != null);
  }
}
