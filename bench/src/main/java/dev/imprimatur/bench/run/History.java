package dev.imprimatur.bench.run;

import dev.imprimatur.engine.json.Json;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;

/// Databases full of finished jobs, from which runs start. The first jobs are really run. Ours runs
/// them all, so that they lie wherever it keeps them; of others the rows are then multiplied.
final class History {
  private static final int REAL = 1_000;

  /// Where a system keeps finished jobs; systems that delete them are not here.
  private record Table(String name, String key) {}

  private static final Map<String, Table> TABLES =
      Map.of(
          "jobrunr", new Table("jobrunr_jobs", "id"),
          "pg-boss", new Table("pgboss.job", "id"));

  private History() {}

  static boolean kept(Variant variant) {
    return variant.ours() || TABLES.containsKey(variant.system());
  }

  static String database(Variant variant) {
    return database(variant.system());
  }

  static String database(String system) {
    return "bench_history_" + system.replace('-', '_').toLowerCase(Locale.ROOT);
  }

  static void make(Server server, Variant variant, Places places, int jobs)
      throws IOException, SQLException {
    String url = server.create(database(variant), "template0");
    int really = variant.ours() ? jobs : Math.min(REAL, jobs);
    try (Child child = Child.start(variant, url, really, places)) {
      child.tell("open");
      child.tell("start");
      int step = Math.min(really, 50_000);
      for (int from = 0; from < really; from += step) {
        int count = Math.min(step, really - from);
        child.tell(Json.object().put("do", "enqueue").put("from", from).put("count", count));
        child.tell(
            Json.object().put("do", "await").put("count", from + count).put("stallSeconds", 60));
      }
      child.tell("stop");
      child.tell("close");
    }
    Table table = TABLES.get(variant.system());
    if (table != null) {
      multiply(url, table, jobs / really - 1);
    }
    Server.execute(url, "VACUUM ANALYZE");
  }

  private static void multiply(String url, Table table, int times) throws SQLException {
    String columns =
        Server.ask(
            url,
            """
            SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
            WHERE attrelid = '%s'::regclass AND attnum > 0 AND NOT attisdropped
              AND attname <> '%s' AND attgenerated = '' AND attidentity = ''
            """
                .formatted(table.name(), table.key()));
    String type =
        Server.ask(
            url,
            "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = '%s'::regclass AND attname = '%s'"
                .formatted(table.name(), table.key()));
    Server.execute(
        url,
        "INSERT INTO %1$s (%2$s, %3$s) SELECT CAST(CAST(gen_random_uuid() AS text) AS %5$s), %3$s FROM %1$s, generate_series(1, %4$d)"
            .formatted(table.name(), table.key(), columns, times, type));
  }
}
