package dev.imprimatur.persistence;

import static dev.imprimatur.persistence.Bench.decided;
import static dev.imprimatur.persistence.Bench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What the database refuses by plain SQL, whatever code runs (kernel.md §7).
class GrantsTest {
  private static final String VERSION =
      "INSERT INTO article_version (id, article_id, number, title, media_type, body, metadata, content_hash, origin, path,"
          + " actor_kind, actor_id, created_at) SELECT '%s', article_id, 99, 't', 'text/plain', 'b', '{}', content_hash,"
          + " 'edit', '', 'HUMAN', 'somebody', created_at FROM article_version";
  private static final String APPROVAL =
      "INSERT INTO approval (id, article_id, version_id, content_hash, actor_kind, actor_id, approved_at)"
          + " SELECT '%s', article_id, id, content_hash, 'HUMAN', 'somebody', created_at FROM article_version";
  private static final String RESOLVE =
      "UPDATE escalation SET status = 'resolved', resolution = 'fixed', resolution_reason = 'r', resolved_by = 'somebody',"
          + " resolved_by_kind = 'HUMAN', resolved_at = raised_at";

  abstract static class Contract {
    TestDatabase database;
    Bench bench;

    abstract TestDatabase.Kind kind();

    @BeforeEach
    void open() {
      database = TestDatabase.migrated(kind());
      bench = Bench.on(database.open());
      bench.work();
      RunResult bad = bench.evaluate("a", "aeo=10 ");
      assertThat(bad.hardStops()).hasSize(1);
      Version fine = bench.store("b", "Fine.");
      decided(bench.engine().review().approvals().approve(fine.id(), null, null, null));
      decided(bench.engine().review().approvals().revoke(fine.articleId(), null, "a test"));
    }

    @AfterEach
    void close() {
      bench.close();
      database.close();
    }

    @Test
    void thePersonsUserChangesNoVersionAuditApprovalOrRevocation() {
      for (String table :
          new String[] {"article_version", "audit_entry", "approval", "revocation"}) {
        assertRefused(kind().person(), "UPDATE " + table + " SET actor_id = 'somebody'");
        assertRefused(kind().person(), "DELETE FROM " + table);
        assertRefused(kind().worker(), "UPDATE " + table + " SET actor_id = 'somebody'");
        assertRefused(kind().worker(), "DELETE FROM " + table);
      }
    }

    @Test
    void theOwnerIsRefusedToo() {
      for (String table :
          new String[] {"article_version", "audit_entry", "approval", "revocation"}) {
        assertThatThrownBy(() -> database.execute("UPDATE " + table + " SET actor_id = 'somebody'"))
            .rootCause()
            .hasMessageContaining("never changed");
        assertThatThrownBy(() -> database.execute("DELETE FROM " + table))
            .rootCause()
            .hasMessageContaining("never changed");
      }
    }

    @Test
    void theWorkerMakesNoVersionAndNoApproval() {
      assertRefused(kind().worker(), VERSION.formatted(UUID.randomUUID()));
      assertRefused(kind().worker(), APPROVAL.formatted(UUID.randomUUID()));
      assertRefused(kind().worker(), RESOLVE);
      assertRefused(
          kind().worker(),
          "INSERT INTO revocation SELECT id, 'r', 'HUMAN', 'somebody', approved_at FROM approval");
      assertRefused(kind().worker(), "DELETE FROM approval_in_force");
    }

    @Test
    void anApprovalInForceIsLiftedByItsRevocationOnly() {
      Version fine = bench.store("c", "Fine.");
      decided(bench.engine().review().approvals().approve(fine.id(), null, null, null));
      assertRefused(kind().person(), "DELETE FROM approval_in_force");
    }

    @Test
    void whatPeopleDecideBeginsUndecided() {
      for (String user : new String[] {kind().person(), kind().worker()}) {
        assertRefused(
            user,
            "INSERT INTO escalation (id, article_id, version_id, reason, details, raised_at, status, resolution,"
                + " resolution_reason, resolved_by, resolved_by_kind, resolved_at) SELECT '"
                + UUID.randomUUID()
                + "', article_id, version_id, 'rewrite_cap', details, raised_at, 'resolved', 'fixed', 'r', 'boss', 'HUMAN',"
                + " raised_at FROM escalation");
      }
    }

    @Test
    void theWorkerStartsNoRun() {
      assertRefused(
          kind().worker(),
          "INSERT INTO evaluation_run (id, article_id, version_id, status, providers, fingerprint, forced, actor_id,"
              + " started_at) SELECT '"
              + UUID.randomUUID()
              + "', article_id, version_id, 'in_progress', providers,"
              + " fingerprint, true, 'boss', started_at FROM evaluation_run");
    }

    @Test
    void aVersionOfAnotherArticleIsRefused() {
      assertRefused(
          kind().person(),
          "INSERT INTO escalation (id, article_id, version_id, reason, details, raised_at) SELECT '"
              + UUID.randomUUID()
              + "', (SELECT min(CAST(id AS varchar)) FROM article WHERE id <> e.article_id)"
              + uuid()
              + ", version_id,"
              + " 'rewrite_cap', details, raised_at FROM escalation e");
    }

    abstract String uuid();

    @Test
    void resolvedIsFinal() {
      UUID id =
          bench.engine().review().escalations().list(null, 1).getFirst().row().escalation().id();
      decided(
          bench
              .engine()
              .review()
              .escalations()
              .resolve(id, null, Escalation.Outcome.FIXED, "done"));
      assertThatThrownBy(() -> database.execute("UPDATE escalation SET status = 'pending'"))
          .rootCause()
          .hasMessageContaining("final");
    }

    @Test
    void aChangedAuditRowShows() throws SQLException {
      assertThat(bench.engine().audit().verify().holds()).isTrue();
      try (Connection owner = database.owner();
          Statement statement = owner.createStatement()) {
        dropGuard(statement);
        statement.executeUpdate(
            "UPDATE audit_entry SET reason = 'forged' WHERE action = 'approval.revoked'");
      }
      assertThat(bench.engine().audit().verify().flaws())
          .singleElement()
          .asString()
          .contains("was changed after it was written");
      try (Connection owner = database.owner();
          Statement statement = owner.createStatement()) {
        statement.executeUpdate("DELETE FROM audit_entry WHERE entity_type = 'escalation'");
      }
      assertThat(bench.engine().audit().verify().flaws()).hasSize(2);
    }

    abstract void dropGuard(Statement statement) throws SQLException;

    void assertRefused(String user, String sql) {
      assertThatThrownBy(
              () -> {
                try (Connection connection = database.plain(user);
                    Statement statement = connection.createStatement()) {
                  statement.executeUpdate(sql);
                }
              })
          .as("%s: %s", user, sql)
          .isInstanceOf(SQLException.class)
          .satisfies(e ->
              assertThat(((SQLException) e).getSQLState())
                  .isIn("42501", "90096", "23514", "23503", "23506"))
          .message()
          .containsAnyOf(
              "permission denied",
              "Not enough rights",
              "never changed",
              "by_human",
              "until it is revoked",
              "begins pending",
              "automation only takes away",
              "escalation_version");
    }
  }

  @Nested
  class OnH2 extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.H2;
    }

    @Override
    String uuid() {
      return "";
    }

    @Override
    void dropGuard(Statement statement) throws SQLException {
      statement.execute("DROP TRIGGER audit_entry_immutable");
    }
  }

  @Nested
  class OnPostgres extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.POSTGRES;
    }

    @Override
    String uuid() {
      return "::uuid";
    }

    @Test
    void theWorkerForgesNoRunAndNoSignature() {
      bench.close();
      bench = Bench.on(database.open());
      Version version = bench.store("d", "Text.");
      decided(bench.engine().review().evaluations().request(version.id(), false));
      assertThatThrownBy(() ->
              asWorker(
                  "UPDATE evaluation_run SET status = 'completed', finished_at = now() WHERE status = 'in_progress'"))
          .hasMessageContaining("has parts out");
      assertRefused(kind().worker(), "UPDATE evaluation_run SET actor_id = 'boss'");
      assertRefused(kind().worker(), "UPDATE job SET actor_id = 'boss'");
      assertRefused(kind().worker(), "DELETE FROM job");
      assertRefused(kind().worker(), "INSERT INTO job_history SELECT * FROM job_history");
      assertRefused(kind().worker(), "UPDATE job_history SET actor_id = 'boss'");
      assertRefused(kind().worker(), "UPDATE legacy_job SET actor_id = 'boss'");
      assertRefused(kind().worker(), "UPDATE legacy_job SET copied = true");
      assertRefused(kind().worker(), "UPDATE queue_layout SET layout = 'dual'");
      assertRefused(kind().worker(), "SELECT imprimatur_lock_queue_layout()");
      assertRefused(kind().worker(), "SELECT imprimatur_set_queue_layout('dual')");
      assertRefused(kind().worker(), "UPDATE outbox_event SET payload = '{}'");
    }

    private void asWorker(String sql) throws SQLException {
      try (Connection connection = database.plain(kind().worker());
          Statement statement = connection.createStatement()) {
        statement.executeUpdate(sql);
      }
    }

    @Override
    void dropGuard(Statement statement) throws SQLException {
      statement.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_immutable");
    }

    @Test
    void theLoginSignsWhateverTheClientSays() throws SQLException {
      try (Connection editor = database.plain(TestDatabase.EDITOR_B);
          Statement statement = editor.createStatement()) {
        statement.executeUpdate(
            "INSERT INTO escalation_comment SELECT gen_random_uuid(), id, 'x', 'HUMAN', 'editor_a', now() FROM escalation");
      }
      assertThat(
              database.count("SELECT count(*) FROM escalation_comment WHERE actor_id = 'editor_b'"))
          .isEqualTo(1);
    }

    @Test
    void aConsolesOwnWorkerIsAutomationWhoeverIsSignedIn() throws SQLException {
      try (Connection editor = database.plain(TestDatabase.EDITOR_A);
          Statement statement = editor.createStatement()) {
        statement.execute("SET ROLE imprimatur_worker");
        assertThatThrownBy(() -> statement.executeUpdate(APPROVAL.formatted(UUID.randomUUID())))
            .hasMessageContaining("permission denied");
      }
    }

    @Test
    void aHeadlessWorkerEvaluatesAndIsRefusedEveryDecision() {
      Version version = bench.store("c", "aeo=10 ");
      bench.close();
      bench = Bench.on(database.openAs(TestDatabase.EDITOR_A));
      try (Bench headless = Bench.on(database.openAs(TestDatabase.WORKER))) {
        headless.work();
        RunResult run = bench.evaluate(version, false);
        UUID escalation =
            java.util.Objects.requireNonNull(run.hardStops().getFirst().escalationId());
        var review = headless.engine().review();
        assertThat(refused(review.approvals().approve(version.id(), null, null, null)))
            .isEqualTo("human_required");
        assertThat(
                refused(
                    review.escalations().resolve(escalation, null, Escalation.Outcome.FIXED, "no")))
            .isEqualTo("human_required");
        assertThat(refused(review.articles().store(Bench.text("d", "x"))))
            .isEqualTo("human_required");
        assertThat(refused(review.evaluations().request(version.id(), true)))
            .isEqualTo("escalation_pending");
        AuditEntry raised =
            bench.engine().audit().list("escalation", escalation.toString(), 1).getFirst();
        assertThat(raised.actor().human()).isFalse();
        assertThat(raised.actor().id()).isEqualTo(TestDatabase.WORKER);
        decided(bench.engine().review().escalations().claim(escalation, null));
        assertThat(
                bench
                    .engine()
                    .audit()
                    .list("escalation", escalation.toString(), 1)
                    .getFirst()
                    .actor()
                    .id())
            .isEqualTo(TestDatabase.EDITOR_A);
        assertThat(bench.engine().audit().verify().flaws()).isEmpty();
      }
    }

    @Test
    void aReaderReads() {
      try (Bench reader = Bench.on(database.openAs(TestDatabase.READER))) {
        assertThat(reader.engine().review().escalations().list(null, 10)).hasSize(1);
      }
    }
  }
}
