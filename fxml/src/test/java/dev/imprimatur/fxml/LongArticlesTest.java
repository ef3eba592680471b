package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.review.ArticleQuery;
import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.persistence.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A hundred thousand articles in the room, how long the database takes to put them in order, and
/// how long the FX thread is busy with any one thing meanwhile. The figures are reported; a limit
/// is held where one is given with `-Dimprimatur.test.fx-limit=MILLIS`, as on a quiet machine.
class LongArticlesTest {
  private static final int ARTICLES = 100_000;

  /// Every article has one version, and every version a completed run.
  private static final String[] FILL = {
    """
    INSERT INTO article (id, source_key, title, latest_version, revision, created_at)
    SELECT CAST('00000000-0000-4000-8000-' || LPAD(CAST(x AS varchar), 12, '0') AS uuid), 'test:' || x,
           'Article ' || MOD(CAST(x AS bigint) * 7919, 100000), 1, 1, CURRENT_TIMESTAMP
    FROM %s AS s(x)
    """,
    """
    INSERT INTO article_version (id, article_id, number, title, media_type, body, metadata, content_hash, origin, path,
                                 actor_kind, actor_id, created_at)
    SELECT CAST('00000000-0000-4000-8001-' || LPAD(CAST(x AS varchar), 12, '0') AS uuid),
           CAST('00000000-0000-4000-8000-' || LPAD(CAST(x AS varchar), 12, '0') AS uuid), 1, 'Article',
           'text/markdown', 'Text', CAST('{}' AS json_document), RPAD('0', 64, '0'), 'import', '', 'HUMAN', 'editor',
           CURRENT_TIMESTAMP
    FROM %s AS s(x)
    """,
    """
    INSERT INTO evaluation_run (id, article_id, version_id, status, providers, fingerprint, forced, actor_id, started_at,
                                finished_at, ai_detector_avg, aeo_avg)
    SELECT CAST('00000000-0000-4000-8002-' || LPAD(CAST(x AS varchar), 12, '0') AS uuid),
           CAST('00000000-0000-4000-8000-' || LPAD(CAST(x AS varchar), 12, '0') AS uuid),
           CAST('00000000-0000-4000-8001-' || LPAD(CAST(x AS varchar), 12, '0') AS uuid), 'completed',
           CAST('{}' AS json_document), RPAD('0', 64, '0'), true, 'editor', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP,
           MOD(x * 31, 101), MOD(x * 17, 101)
    FROM %s AS s(x)
    """
  };

  @TempDir Path folder;

  private static TestDatabase filled(TestDatabase.Kind kind) throws SQLException {
    TestDatabase database = TestDatabase.migrated(kind);
    String range = kind == TestDatabase.Kind.H2 ? "SYSTEM_RANGE(1, %d)" : "generate_series(1, %d)";
    try (Connection owner = database.owner();
        Statement statement = owner.createStatement()) {
      for (String sql : FILL) {
        statement.execute(sql.formatted(range.formatted(ARTICLES)));
      }
    }
    return database;
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.Kind.class)
  void theDatabasePutsThemInOrder(TestDatabase.Kind kind) throws SQLException {
    try (ConsoleRobot robot = ConsoleRobot.on(filled(kind))) {
      var articles = robot.engine().review().articles();
      for (ArticleQuery.Sort sort : ArticleQuery.Sort.values()) {
        long before = System.nanoTime();
        List<UUID> order = articles.order(new ArticleQuery(ArticleQuery.Show.ALL, "", sort, false));
        report("%s, order by %s", before, kind, sort);
        assertThat(order).hasSize(ARTICLES).doesNotHaveDuplicates();
      }
      for (ArticleQuery.Show show : ArticleQuery.Show.values()) {
        long before = System.nanoTime();
        articles.order(new ArticleQuery(show, "99", ArticleQuery.Sort.TITLE, false));
        report("%s, search within %s", before, kind, show);
      }
      List<UUID> some = articles.order(ArticleQuery.NEWEST).subList(50_000, 50_060);
      long before = System.nanoTime();
      assertThat(articles.rows(some)).hasSize(60);
      report("%s, sixty rows", before, kind);
    }
  }

  private static void report(String what, long since, Object... values) {
    System.out.printf(what + ": %d ms%n", append(values, (System.nanoTime() - since) / 1_000_000));
  }

  private static Object[] append(Object[] values, Object last) {
    Object[] all = java.util.Arrays.copyOf(values, values.length + 1);
    all[values.length] = last;
    return all;
  }

  @Test
  void aHundredThousandArticlesStaySmooth() throws SQLException {
    try (ConsoleRobot robot = ConsoleRobot.on(filled(TestDatabase.Kind.H2));
        FxWatch watch = FxWatch.start()) {
      robot.show(folder);
      robot.fire("#nav-articles");
      TableView<Slot<ArticleRow>> table = robot.table("#articles-table");
      await().atMost(SOON).until(() -> fx(() -> table.getItems().size()) == ARTICLES);
      robot.awaitShown("#article-title");
      watch.report("opening the window", false);
      for (int i = 0; i < 30; i++) {
        robot.press(KeyCode.J);
      }
      watch.report("thirty rows down", true);
      robot.press(KeyCode.END);
      await()
          .atMost(SOON)
          .until(() -> fx(() -> table.getSelectionModel().getSelectedIndex()) == ARTICLES - 1);
      robot.awaitText("#articles-table .table-cell", t -> t.startsWith("Article"));
      watch.report("to the end", true);
      for (int i = 1; i <= 40; i++) {
        int to = i * 2_499;
        fx(() -> {
          table.scrollTo(to);
          return null;
        });
      }
      robot.awaitShown("#articles-table .table-row-cell");
      watch.report("dragged through", true);
      fx(() -> {
        table.getSortOrder().setAll(List.of(table.getColumns().getFirst()));
        return null;
      });
      await()
          .atMost(SOON)
          .until(() ->
              fx(() -> table.getItems().getFirst().id()).toString().endsWith("-000000100000"));
      watch.report("sorted by title", true);
      robot.type("#articles-search", "9999");
      await().atMost(SOON).until(() -> fx(() -> table.getItems().size()) < 100);
      watch.report("searched", true);
    }
  }
}
