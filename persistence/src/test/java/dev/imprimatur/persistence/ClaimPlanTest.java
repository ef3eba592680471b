package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.NewJob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// On PostgreSQL claims and ends look up what they take by its key, and don't read all that waits,
/// also where they were planned when the queue had just been found empty.
class ClaimPlanTest extends BenchContract {
  private static final int WAITING = 3_000;

  @Override
  TestDatabase.Kind kind() {
    return TestDatabase.Kind.POSTGRES;
  }

  @Override
  Bench bench(Database open) {
    return Bench.on(open);
  }

  @Test
  void whatIsTakenIsLookedUp() throws SQLException {
    try (Connection owner = database.owner();
        Statement statement = owner.createStatement()) {
      put(WAITING);
      statement.execute("DELETE FROM job");
      statement.execute("VACUUM (TRUNCATE off, ANALYZE) job");
      put(WAITING);
      long before = read(statement);
      List<String> ids = claim(statement, 100);
      assertThat(ids).hasSize(100);
      assertThat(read(statement) - before).as("read to claim").isLessThan(WAITING);

      before = read(statement);
      int ended = 0;
      try (ResultSet rows = statement.executeQuery(end(ids))) {
        while (rows.next()) {
          ended++;
        }
      }
      assertThat(ended).isEqualTo(100);
      assertThat(read(statement) - before).as("read to end").isLessThan(WAITING);
    }
  }

  private static List<String> claim(Statement statement, int most) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (ResultSet claimed =
        statement.executeQuery(
            "SELECT id FROM imprimatur_claim_jobs(ARRAY['diagnostic.noop'], true, ARRAY[]::varchar[], "
                + most
                + ", 'w', NULL, NULL, NULL)")) {
      while (claimed.next()) {
        ids.add(claimed.getString(1));
      }
    }
    return ids;
  }

  private static String end(List<String> ids) {
    return "SELECT * FROM imprimatur_end_jobs(array_fill('main'::varchar, ARRAY[%1$d]), '{%2$s}'::uuid[],"
            .formatted(ids.size(), String.join(",", ids))
        + " array_fill(1, ARRAY[%1$d]), array_fill(NULL::jsonb, ARRAY[%1$d]), 'COMPLETED', NULL, NULL)"
            .formatted(ids.size());
  }

  private void put(int count) {
    bench
        .engine()
        .queue()
        .enqueue(
            IntStream.range(0, count)
                .mapToObj(n -> NewJob.of("main", "diagnostic.noop", Json.object()))
                .toList());
  }

  /// Rows of the table and entries of its key that were read so far.
  private static long read(Statement statement) throws SQLException {
    statement.execute("SELECT pg_stat_force_next_flush()");
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT t.seq_tup_read + i.idx_tup_read FROM pg_stat_user_tables t JOIN pg_stat_user_indexes i"
                + " ON i.relid = t.relid WHERE i.indexrelname = 'job_pk'")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
