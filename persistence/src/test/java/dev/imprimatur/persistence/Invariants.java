package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.audit.AuditTrail;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/// What must hold after each failure (docs/faults.md), read from the tables by plain SQL and not by
/// the code that is under test; only the audit's chain is checked by the engine's own reckoning.
public final class Invariants {
  /// Counters of effects that may happen once are called so.
  public static final String ONCE = "once:";

  private static final String ENDED = "('COMPLETED', 'FAILED', 'CANCELLED')";

  private final TestDatabase database;

  private Invariants(TestDatabase database) {
    this.database = database;
  }

  /// Everything that was begun has ended, and all is whole.
  public static void holdAtTheEnd(TestDatabase database) {
    var invariants = new Invariants(database);
    invariants.everythingHasEnded();
    invariants.hold();
    invariants.noLockIsLeft();
  }

  /// All is whole, whatever is still under way.
  public static void holdMeanwhile(TestDatabase database) {
    new Invariants(database).hold();
  }

  /// Every row that is final now.
  ///
  /// @return what it says, by what it is
  public static Map<String, String> ended(TestDatabase database) {
    Map<String, String> rows = new TreeMap<>();
    var invariants = new Invariants(database);
    rows.putAll(
        invariants.rows(
            "job",
            "SELECT CAST(id AS varchar), status || ' ' || attempts || ' ' || coalesce(last_error, '') || ' '"
                + " || CAST(finished_at AS varchar) || ' ' || coalesce(CAST(result AS varchar), '')"
                + " FROM job_all WHERE status IN "
                + ENDED));
    rows.putAll(
        invariants.rows(
            "run",
            "SELECT CAST(id AS varchar), status || ' ' || CAST(finished_at AS varchar)"
                + " FROM evaluation_run WHERE status <> 'in_progress'"));
    rows.putAll(
        invariants.rows(
            "escalation",
            "SELECT CAST(id AS varchar), status || ' ' || resolved_by || ' ' || CAST(resolved_at AS varchar)"
                + " FROM escalation WHERE status <> 'pending'"));
    rows.putAll(
        invariants.rows(
            "suggestion",
            "SELECT CAST(id AS varchar), status || ' ' || decided_by FROM rewrite_suggestion WHERE status <> 'pending'"));
    rows.putAll(
        invariants.rows(
            "batch",
            "SELECT CAST(id AS varchar), status || ' ' || CAST(ended_at AS varchar) FROM batch WHERE ended_at IS NOT NULL"));
    return rows;
  }

  /// What was final then is as it was.
  public static void unchanged(TestDatabase database, Map<String, String> then) {
    assertThat(ended(database)).as("what had ended").containsAllEntriesOf(then);
  }

  /// The same through a database that is open.
  public static void holdMeanwhile(TestDatabase database, Database open) {
    new Invariants(database).hold(open);
  }

  private void everythingHasEnded() {
    none("jobs that have not ended", "job_all WHERE status NOT IN " + ENDED);
    none(
        "deliveries that are still to be made",
        "outbox_delivery WHERE acked_at IS NULL AND dead_at IS NULL AND skipped_at IS NULL");
    none("runs that have not ended", "evaluation_run WHERE status = 'in_progress'");
    none("rewrites that have not ended", "rewrite_cycle WHERE status = 'running'");
  }

  private void hold() {
    try (Database open = database.open()) {
      hold(open);
    }
  }

  private void hold(Database open) {
    jobs();
    effects();
    fanIns();
    batches();
    assertThat(new AuditTrail(open.people()).verify().flaws()).as("the audit's chain").isEmpty();
  }

  private void jobs() {
    none(
        "jobs in two places",
        "(SELECT workspace_id, id FROM job_all GROUP BY workspace_id, id HAVING count(*) > 1) twice");
    none(
        "request ids with two jobs",
        "(SELECT workspace_id, client_request_id FROM job_all WHERE client_request_id IS NOT NULL"
            + " GROUP BY workspace_id, client_request_id HAVING count(*) > 1) twice");
    none("jobs tried too often", "job_all WHERE attempts - handed_back > max_attempts");
    none(
        "running jobs that nobody holds", "job_all WHERE status = 'RUNNING' AND locked_by IS NULL");
    none(
        "ended jobs without a time",
        "job_all WHERE (status IN " + ENDED + ") <> (finished_at IS NOT NULL)");
  }

  private void effects() {
    none("effects that happened twice", "job_counter WHERE name LIKE 'once:%' AND count_value > 1");
    none(
        "facts with two events",
        "(SELECT event_key FROM outbox_event GROUP BY event_key HAVING count(*) > 1) twice");
    none(
        "facts applied twice",
        "(SELECT i.consumer, e.event_key FROM inbox i JOIN outbox_event e ON e.id = i.event_id"
            + " GROUP BY i.consumer, e.event_key HAVING count(*) > 1) twice");
    none(
        "deliveries acknowledged and not sent",
        "outbox_delivery WHERE acked_at IS NOT NULL AND sent_at IS NULL");
    none(
        "deliveries with two ends",
        "outbox_delivery WHERE (acked_at IS NOT NULL AND dead_at IS NOT NULL)"
            + " OR (acked_at IS NOT NULL AND skipped_at IS NOT NULL) OR (dead_at IS NOT NULL AND skipped_at IS NOT NULL)");
  }

  private void fanIns() {
    none("fan-ins below nothing", "run_fan_in WHERE remaining < 0");
    none(
        "runs that ended with parts out",
        "evaluation_run r JOIN run_fan_in f ON f.run_id = r.id WHERE r.status <> 'in_progress' AND f.remaining <> 0");
    none(
        "runs whose parts are in and which go on",
        "evaluation_run r JOIN run_fan_in f ON f.run_id = r.id WHERE r.status = 'in_progress' AND f.remaining = 0");
    none(
        "counters that differ from the parts that are out",
        "run_fan_in f WHERE f.remaining <> (SELECT count(*) FROM run_part p WHERE p.run_id = f.run_id AND p.status = 'pending')");
    none(
        "ended runs that did not tell it once",
        "evaluation_run r WHERE r.status <> 'in_progress' AND 1 <> (SELECT count(*) FROM outbox_event e"
            + " WHERE e.event_key = 'run:' || CAST(r.id AS varchar) || ':finalised')");
  }

  private void batches() {
    String counted =
        "(SELECT count(*) FROM comparison c WHERE c.batch_id = b.id AND NOT c.late AND c.status = ";
    none(
        "batches whose counts differ from their comparisons",
        "batch b WHERE b.sent <> (SELECT count(*) FROM comparison c WHERE c.batch_id = b.id) OR b.completed <> "
            + counted
            + "'COMPLETED') OR b.failed <> "
            + counted
            + "'FAILED')");
    String told =
        "(SELECT count(*) FROM outbox_event e WHERE e.event_key = 'batch:' || CAST(b.id AS varchar) || ";
    for (String fact : new String[] {"':completed'", "':result'", "':consumption'"}) {
      none(
          "batches that did not tell their end once",
          "batch b WHERE (CASE WHEN b.state = 'COMPLETED' THEN 1 ELSE 0 END) <> "
              + told
              + fact
              + ")");
    }
    none(
        "ranked batches without a place for each text",
        "batch b WHERE (CASE WHEN b.state = 'COMPLETED' THEN b.texts ELSE 0 END)"
            + " <> (SELECT count(*) FROM batch_result r WHERE r.batch_id = b.id)");
  }

  /// H2's locks are its process's and go with it. A connection to PostgreSQL that was just cut may
  /// take the server a moment.
  private void noLockIsLeft() {
    if (database.kind() == TestDatabase.Kind.POSTGRES) {
      Awaitility.await("locks are let go")
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() ->
              none(
                  "locks of others",
                  "pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
                      + " WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()"
                      + " AND a.backend_type = 'client backend' AND l.locktype <> 'virtualxid'"));
    }
  }

  private void none(String what, String from) {
    assertThat(database.count("SELECT count(*) FROM " + from)).as(what).isZero();
  }

  private Map<String, String> rows(String prefix, String sql) {
    Map<String, String> rows = new TreeMap<>();
    try (Connection owner = database.owner();
        Statement query = owner.createStatement();
        ResultSet found = query.executeQuery(sql)) {
      while (found.next()) {
        rows.put(prefix + " " + found.getString(1), found.getString(2));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
    return rows;
  }
}
