package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.RewriteCycle;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.SuggestionQuery;
import dev.imprimatur.engine.review.SuggestionRow;
import dev.imprimatur.engine.store.RewriteStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Rewrites over JDBC.
final class JdbcRewriteStore implements RewriteStore {
  private final JdbcTransaction tx;
  private final Handle handle;

  JdbcRewriteStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
  }

  @Override
  public RewriteCycle start(
      UUID articleId, UUID versionId, int number, String provider, String model) {
    UUID id = tx.newId();
    handle
        .createUpdate(
            """
            INSERT INTO rewrite_cycle (id, article_id, version_id, number, status, provider, model, actor_kind, actor_id,
                                       started_at)
            VALUES (:id, :article, :version, :number, 'running', :provider, :model, :actor_kind, :actor, :now)
            """)
        .bind("id", id.toString())
        .bind("article", articleId.toString())
        .bind("version", versionId.toString())
        .bind("number", number)
        .bind("provider", provider)
        .bind("model", model)
        .bind("actor_kind", tx.actor().kind().name())
        .bind("actor", tx.actor().id())
        .bind("now", Rows.time(tx.now()))
        .execute();
    return cycle(id).orElseThrow();
  }

  @Override
  public Optional<RewriteCycle> cycle(UUID id) {
    return oneCycle("SELECT * FROM rewrite_cycle WHERE id = :id", id);
  }

  @Override
  public Optional<RewriteCycle> lockCycle(UUID id) {
    return tx.locking(
        () -> oneCycle("SELECT * FROM rewrite_cycle WHERE id = :id " + tx.dialect().lockRow(), id));
  }

  @Override
  public Optional<RewriteCycle> running(UUID articleId) {
    return oneCycle(
        "SELECT * FROM rewrite_cycle WHERE article_id = :id AND status = 'running'", articleId);
  }

  private Optional<RewriteCycle> oneCycle(String sql, UUID id) {
    return handle.createQuery(sql).bind("id", id.toString()).map((rs, ctx) -> cycle(rs)).findOne();
  }

  @Override
  public int started(UUID articleId) {
    return handle
        .createQuery("SELECT count(*) FROM rewrite_cycle WHERE article_id = :article")
        .bind("article", articleId.toString())
        .mapTo(Integer.class)
        .one();
  }

  @Override
  public List<RewriteCycle> cycles(UUID articleId) {
    return handle
        .createQuery("SELECT * FROM rewrite_cycle WHERE article_id = :article ORDER BY number")
        .bind("article", articleId.toString())
        .map((rs, ctx) -> cycle(rs))
        .list();
  }

  @Override
  public boolean close(UUID cycleId, RewriteCycle.Status status, @Nullable String error) {
    return handle
            .createUpdate(
                """
                UPDATE rewrite_cycle SET status = :status, finished_at = :now, error = :error
                WHERE id = :id AND status = 'running'
                """)
            .bind("status", Code.of(status))
            .bind("now", Rows.time(tx.now()))
            .bind("error", error)
            .bind("id", cycleId.toString())
            .execute()
        == 1;
  }

  @Override
  public RewriteSuggestion suggest(
      RewriteCycle cycle, String title, String body, JsonNode changes) {
    UUID id = tx.newId();
    // Only what automation may write; the rest has defaults.
    handle
        .createUpdate(
            """
            INSERT INTO rewrite_suggestion (id, cycle_id, article_id, version_id, title, body, changes, created_at)
            VALUES (:id, :cycle, :article, :version, :title, :body, :changes, :now)
            """)
        .bind("id", id.toString())
        .bind("cycle", cycle.id().toString())
        .bind("article", cycle.articleId().toString())
        .bind("version", cycle.versionId().toString())
        .bind("title", title)
        .bind("body", body)
        .bind("changes", Rows.text(changes))
        .bind("now", Rows.time(tx.now()))
        .execute();
    return suggestion(id).orElseThrow();
  }

  @Override
  public Optional<RewriteSuggestion> suggestion(UUID id) {
    return oneSuggestion("SELECT * FROM rewrite_suggestion WHERE id = :id", id);
  }

  @Override
  public Optional<RewriteSuggestion> lockSuggestion(UUID id) {
    return tx.locking(() ->
        oneSuggestion(
            "SELECT * FROM rewrite_suggestion WHERE id = :id " + tx.dialect().lockRow(), id));
  }

  @Override
  public Optional<RewriteSuggestion> suggestionOfCycle(UUID cycleId) {
    return oneSuggestion("SELECT * FROM rewrite_suggestion WHERE cycle_id = :id", cycleId);
  }

  private Optional<RewriteSuggestion> oneSuggestion(String sql, UUID id) {
    return handle
        .createQuery(sql)
        .bind("id", id.toString())
        .map((rs, ctx) -> suggestion(rs))
        .findOne();
  }

  @Override
  public List<RewriteSuggestion> suggestionsByIdPrefix(String prefix) {
    return handle
        .createQuery(
            """
            SELECT * FROM rewrite_suggestion
            WHERE CAST(id AS varchar) LIKE :prefix OR CAST(cycle_id AS varchar) LIKE :prefix ORDER BY id LIMIT 10
            """)
        .bind("prefix", Rows.idPrefix(prefix))
        .map((rs, ctx) -> suggestion(rs))
        .list();
  }

  @Override
  public List<UUID> order(SuggestionQuery query) {
    return new SuggestionLists(handle).order(query);
  }

  @Override
  public List<SuggestionRow> rows(Collection<UUID> ids) {
    return new SuggestionLists(handle).rows(ids);
  }

  @Override
  public long countPending() {
    return handle
        .createQuery("SELECT count(*) FROM rewrite_suggestion WHERE status = 'pending'")
        .mapTo(Long.class)
        .one();
  }

  @Override
  public List<RewriteSuggestion> suggestions(RewriteSuggestion.@Nullable Status status, int limit) {
    String where = status == null ? "" : " WHERE status = '" + Code.of(status) + "'";
    return handle
        .createQuery(
            "SELECT * FROM rewrite_suggestion"
                + where
                + " ORDER BY created_at DESC, id LIMIT :limit")
        .bind("limit", limit)
        .map((rs, ctx) -> suggestion(rs))
        .list();
  }

  @Override
  public void decide(
      UUID id, RewriteSuggestion.Status status, @Nullable String reason, @Nullable String hunks) {
    handle
        .createUpdate(
            """
            UPDATE rewrite_suggestion
            SET status = :status, decided_by = :actor, decided_by_kind = :actor_kind, decided_at = :now,
                reject_reason = :reason, accepted_hunks = :hunks, revision = revision + 1
            WHERE id = :id AND status = 'pending'
            """)
        .bind("status", Code.of(status))
        .bind("actor", tx.actor().id())
        .bind("actor_kind", tx.actor().kind().name())
        .bind("now", Rows.time(tx.now()))
        .bind("reason", reason)
        .bind("hunks", hunks)
        .bind("id", id.toString())
        .execute();
  }

  private static RewriteCycle cycle(ResultSet rs) throws SQLException {
    return new RewriteCycle(
        Rows.id(rs, "id"),
        Rows.id(rs, "article_id"),
        Rows.id(rs, "version_id"),
        rs.getInt("number"),
        Code.parse(RewriteCycle.Status.class, rs.getString("status")),
        rs.getString("provider"),
        rs.getString("model"),
        rs.getString("actor_id"),
        Rows.instant(rs, "started_at"),
        Rows.instantOrNull(rs, "finished_at"),
        rs.getString("error"));
  }

  private static RewriteSuggestion suggestion(ResultSet rs) throws SQLException {
    return new RewriteSuggestion(
        Rows.id(rs, "id"),
        Rows.id(rs, "cycle_id"),
        Rows.id(rs, "article_id"),
        Rows.id(rs, "version_id"),
        Code.parse(RewriteSuggestion.Status.class, rs.getString("status")),
        rs.getString("title"),
        rs.getString("body"),
        Rows.json(rs, "changes"),
        rs.getLong("revision"),
        Rows.instant(rs, "created_at"),
        choice(rs));
  }

  /// What was decided, from a row of the table or of a join with it.
  static RewriteSuggestion.@Nullable Choice choice(ResultSet rs) throws SQLException {
    String by = rs.getString("decided_by");
    return by == null
        ? null
        : new RewriteSuggestion.Choice(
            by,
            Rows.instant(rs, "decided_at"),
            rs.getString("reject_reason"),
            rs.getString("accepted_hunks"));
  }
}
