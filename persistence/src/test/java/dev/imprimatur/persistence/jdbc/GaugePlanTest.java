package dev.imprimatur.persistence.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.persistence.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/// The query behind the figures is asked every few seconds: it must not read the history, however
/// long that is.
class GaugePlanTest {
  private static final int ENDED = 60_000;

  private static final String FILL =
      """
      INSERT INTO job_history (workspace_id, id, kind, payload, seq, status, priority, run_at, attempts, handed_back,
        max_attempts, actor_id, enqueued_at, started_at, finished_at, progress, cancel_requested)
      SELECT 'w', %s, 'test.ended', '{}' %s, 1000000 + x, 'COMPLETED', 0, CURRENT_TIMESTAMP, 1, 0, 5, 'editor',
        CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP - INTERVAL '1' SECOND * (60000 - x), 1, false
      FROM %s AS s(x) ORDER BY x
      """;

  @Test
  void onH2TheHistoryIsReadByWhenJobsEnded() throws SQLException {
    try (TestDatabase database = TestDatabase.migrated(TestDatabase.Kind.H2)) {
      database.execute(FILL.formatted("random_uuid()", "", "SYSTEM_RANGE(1, " + ENDED + ")"));
      database.execute("ANALYZE");
      String plan = plan(database, "DATEADD('MINUTE', -1, CURRENT_TIMESTAMP)");
      assertThat(plan).contains("job_history_finished").doesNotContain("job_history.tablescan");
    }
  }

  @Test
  void onPostgresTheHistoryIsReadByWhenJobsEnded() throws SQLException {
    try (TestDatabase database = TestDatabase.migrated(TestDatabase.Kind.POSTGRES)) {
      database.execute(
          FILL.formatted("gen_random_uuid()", "::jsonb", "generate_series(1, " + ENDED + ")"));
      // Autovacuum does this on a server that runs.
      database.execute("VACUUM ANALYZE job_history");
      String plan = plan(database, "CURRENT_TIMESTAMP - INTERVAL '1 minute'");
      assertThat(plan).contains("job_history_finished").doesNotContain("seq scan on job_history");
    }
  }

  private static String plan(TestDatabase database, String minuteAgo) throws SQLException {
    String sql =
        JdbcGaugeStore.FIGURES
            .replace(":most", "100000")
            .replace(":minute_ago", minuteAgo)
            .replace(":long_ago", minuteAgo);
    var plan = new StringBuilder();
    try (Connection connection = database.owner();
        Statement statement = connection.createStatement();
        ResultSet rs = statement.executeQuery("EXPLAIN " + sql)) {
      while (rs.next()) {
        plan.append(rs.getString(1)).append('\n');
      }
    }
    return plan.toString().toLowerCase(java.util.Locale.ROOT);
  }
}
