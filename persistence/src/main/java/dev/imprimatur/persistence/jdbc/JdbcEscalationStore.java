package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.EscalationQuery;
import dev.imprimatur.engine.store.EscalationStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Escalations over JDBC.
final class JdbcEscalationStore implements EscalationStore {
  private static final String ROWS =
      """
      SELECT e.*, a.title AS article_title, v.number AS version_number, r.ai_detector_avg, r.aeo_avg
      FROM escalation e
      JOIN article a ON a.id = e.article_id
      JOIN article_version v ON v.id = e.version_id
      LEFT JOIN evaluation_run r ON r.id = e.run_id
      """;

  private final JdbcTransaction tx;
  private final Handle handle;

  JdbcEscalationStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
  }

  @Override
  public Raised raise(
      UUID articleId,
      UUID versionId,
      Escalation.Reason reason,
      JsonNode details,
      @Nullable UUID runId) {
    UUID id = tx.newId();
    // Only what automation may write; the rest has defaults.
    int made =
        handle
            .createUpdate(
                """
                INSERT INTO escalation (id, article_id, version_id, reason, details, run_id, raised_at)
                VALUES (:id, :article, :version, :reason, :details, :run, :now)
                ON CONFLICT DO NOTHING
                """)
            .bind("id", id.toString())
            .bind("article", articleId.toString())
            .bind("version", versionId.toString())
            .bind("reason", Code.of(reason))
            .bind("details", Rows.text(details))
            .bind("run", Rows.text(runId))
            .bind("now", Rows.time(tx.now()))
            .execute();
    if (made == 1) {
      return new Raised(find(id).orElseThrow(), true);
    }
    Escalation pending =
        handle
            .createQuery(
                "SELECT * FROM escalation WHERE version_id = :version AND reason = :reason AND status = 'pending'")
            .bind("version", versionId.toString())
            .bind("reason", Code.of(reason))
            .map((rs, ctx) -> escalation(rs))
            .one();
    return new Raised(pending, false);
  }

  @Override
  public Optional<Escalation> find(UUID id) {
    return one("SELECT * FROM escalation WHERE id = :id", id);
  }

  @Override
  public Optional<Escalation> lock(UUID id) {
    return tx.locking(
        () -> one("SELECT * FROM escalation WHERE id = :id " + tx.dialect().lockRow(), id));
  }

  private Optional<Escalation> one(String sql, UUID id) {
    return handle
        .createQuery(sql)
        .bind("id", id.toString())
        .map((rs, ctx) -> escalation(rs))
        .findOne();
  }

  @Override
  public Optional<Escalation.Row> row(UUID id) {
    return handle
        .createQuery(ROWS + " WHERE e.id = :id")
        .bind("id", id.toString())
        .map((rs, ctx) -> row(rs))
        .findOne();
  }

  @Override
  public List<Escalation> findByIdPrefix(String prefix) {
    return handle
        .createQuery(
            "SELECT * FROM escalation WHERE CAST(id AS varchar) LIKE :prefix ORDER BY id LIMIT 10")
        .bind("prefix", Rows.idPrefix(prefix))
        .map((rs, ctx) -> escalation(rs))
        .list();
  }

  @Override
  public List<Escalation.Row> list(Escalation.@Nullable Status status, int limit) {
    String where = status == null ? "" : " WHERE e.status = '" + Code.of(status) + "'";
    return handle
        .createQuery(ROWS + where + " ORDER BY e.status, e.raised_at, e.id LIMIT :limit")
        .bind("limit", limit)
        .map((rs, ctx) -> row(rs))
        .list();
  }

  @Override
  public List<UUID> order(EscalationQuery query, Instant now) {
    return new EscalationLists(handle).order(query, now);
  }

  @Override
  public long countWaiting(Instant now) {
    return new EscalationLists(handle).countWaiting(now);
  }

  @Override
  public List<Escalation.Row> rows(Collection<UUID> ids) {
    return ids.isEmpty()
        ? List.of()
        : handle
            .createQuery(ROWS + " WHERE e.id IN (<ids>)")
            .bindList("ids", ids.stream().map(UUID::toString).toList())
            .map((rs, ctx) -> row(rs))
            .list();
  }

  @Override
  public List<Escalation> ofVersion(UUID versionId) {
    return ofVersion(versionId, "");
  }

  @Override
  public List<Escalation> pendingOfVersion(UUID versionId) {
    return ofVersion(versionId, " AND status = 'pending'");
  }

  @Override
  public List<Escalation> pendingOfArticle(UUID articleId) {
    return handle
        .createQuery(
            "SELECT * FROM escalation WHERE article_id = :article AND status = 'pending' ORDER BY raised_at, id")
        .bind("article", articleId.toString())
        .map((rs, ctx) -> escalation(rs))
        .list();
  }

  private List<Escalation> ofVersion(UUID versionId, String condition) {
    return handle
        .createQuery(
            "SELECT * FROM escalation WHERE version_id = :version"
                + condition
                + " ORDER BY raised_at, reason, id")
        .bind("version", versionId.toString())
        .map((rs, ctx) -> escalation(rs))
        .list();
  }

  @Override
  public boolean anyPending(UUID articleId) {
    return handle
        .createQuery(
            "SELECT count(*) FROM escalation WHERE article_id = :article AND status = 'pending'")
        .bind("article", articleId.toString())
        .map((rs, ctx) -> rs.getLong(1) > 0)
        .one();
  }

  @Override
  public void setClaim(UUID id, @Nullable String by, @Nullable Instant until) {
    handle
        .createUpdate(
            """
            UPDATE escalation SET claimed_by = :by, claim_expires_at = :until, revision = revision + 1
            WHERE id = :id AND status = 'pending'
            """)
        .bind("by", by)
        .bind("until", Rows.timeOrNull(until))
        .bind("id", id.toString())
        .execute();
  }

  @Override
  public List<UUID> expiredClaims(Instant now, @Nullable UUID after, int limit) {
    return new EscalationLists(handle).expiredClaims(now, after, limit);
  }

  @Override
  public boolean takeAwayExpiredClaim(UUID id, Instant now) {
    return handle
            .createUpdate(
                """
                UPDATE escalation SET claimed_by = NULL, claim_expires_at = NULL
                WHERE id = :id AND status = 'pending' AND claim_expires_at <= :now
                """)
            .bind("id", id.toString())
            .bind("now", Rows.time(now))
            .execute()
        == 1;
  }

  @Override
  public void snooze(UUID id, @Nullable Instant until) {
    handle
        .createUpdate(
            "UPDATE escalation SET snoozed_until = :until, revision = revision + 1 WHERE id = :id AND status = 'pending'")
        .bind("until", Rows.timeOrNull(until))
        .bind("id", id.toString())
        .execute();
  }

  @Override
  public void resolve(UUID id, Escalation.Outcome outcome, String reason) {
    handle
        .createUpdate(
            """
            UPDATE escalation
            SET status = 'resolved', resolution = :resolution, resolution_reason = :reason, resolved_by = :actor,
                resolved_by_kind = :actor_kind, resolved_at = :now, revision = revision + 1
            WHERE id = :id AND status = 'pending'
            """)
        .bind("resolution", Code.of(outcome))
        .bind("reason", reason)
        .bind("actor", tx.actor().id())
        .bind("actor_kind", tx.actor().kind().name())
        .bind("now", Rows.time(tx.now()))
        .bind("id", id.toString())
        .execute();
  }

  @Override
  public void comment(UUID id, String text) {
    handle
        .createUpdate(
            """
            INSERT INTO escalation_comment (id, escalation_id, comment_text, actor_kind, actor_id, created_at)
            VALUES (:id, :escalation, :text, :actor_kind, :actor, :now)
            """)
        .bind("id", tx.newId().toString())
        .bind("escalation", id.toString())
        .bind("text", text)
        .bind("actor_kind", tx.actor().kind().name())
        .bind("actor", tx.actor().id())
        .bind("now", Rows.time(tx.now()))
        .execute();
  }

  @Override
  public List<Escalation.Comment> comments(UUID id) {
    return handle
        .createQuery(
            "SELECT * FROM escalation_comment WHERE escalation_id = :id ORDER BY created_at, id")
        .bind("id", id.toString())
        .map((rs, ctx) ->
            new Escalation.Comment(
                rs.getString("comment_text"),
                rs.getString("actor_id"),
                Rows.instant(rs, "created_at")))
        .list();
  }

  private static Escalation.Row row(ResultSet rs) throws SQLException {
    return new Escalation.Row(
        escalation(rs),
        rs.getString("article_title"),
        rs.getInt("version_number"),
        rs.getBigDecimal("ai_detector_avg"),
        rs.getBigDecimal("aeo_avg"));
  }

  private static Escalation escalation(ResultSet rs) throws SQLException {
    String resolution = rs.getString("resolution");
    return new Escalation(
        Rows.id(rs, "id"),
        Rows.id(rs, "article_id"),
        Rows.id(rs, "version_id"),
        Code.parse(Escalation.Reason.class, rs.getString("reason")),
        Code.parse(Escalation.Status.class, rs.getString("status")),
        Rows.json(rs, "details"),
        Rows.idOrNull(rs, "run_id"),
        Rows.instant(rs, "raised_at"),
        rs.getString("claimed_by"),
        Rows.instantOrNull(rs, "claim_expires_at"),
        Rows.instantOrNull(rs, "snoozed_until"),
        rs.getLong("revision"),
        resolution == null
            ? null
            : new Escalation.Resolution(
                Code.parse(Escalation.Outcome.class, resolution),
                rs.getString("resolution_reason"),
                rs.getString("resolved_by"),
                Rows.instant(rs, "resolved_at")));
  }
}
