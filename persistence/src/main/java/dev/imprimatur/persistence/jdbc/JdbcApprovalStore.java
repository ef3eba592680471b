package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.review.Approval;
import dev.imprimatur.engine.store.ApprovalStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Approvals over JDBC.
final class JdbcApprovalStore implements ApprovalStore {
  private static final String APPROVALS =
      """
      SELECT a.*, r.reason AS revoked_reason, r.actor_id AS revoked_by, r.revoked_at
      FROM approval a LEFT JOIN revocation r ON r.approval_id = a.id
      """;

  private final JdbcTransaction tx;
  private final Handle handle;

  JdbcApprovalStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
  }

  @Override
  public Approval add(
      UUID articleId,
      UUID versionId,
      String contentHash,
      @Nullable String note,
      List<UUID> runs,
      @Nullable String fingerprint) {
    UUID id = tx.newId();
    handle
        .createUpdate(
            """
            INSERT INTO approval (id, article_id, version_id, content_hash, note, fingerprint, actor_kind, actor_id,
                                  approved_at)
            VALUES (:id, :article, :version, :hash, :note, :fingerprint, :actor_kind, :actor, :now)
            """)
        .bind("id", id.toString())
        .bind("article", articleId.toString())
        .bind("version", versionId.toString())
        .bind("hash", contentHash)
        .bind("note", note)
        .bind("fingerprint", fingerprint)
        .bind("actor_kind", tx.actor().kind().name())
        .bind("actor", tx.actor().id())
        .bind("now", Rows.time(tx.now()))
        .execute();
    for (UUID run : runs) {
      handle
          .createUpdate("INSERT INTO approval_run (approval_id, run_id) VALUES (:approval, :run)")
          .bind("approval", id.toString())
          .bind("run", run.toString())
          .execute();
    }
    return handle
        .createQuery(APPROVALS + " WHERE a.id = :id")
        .bind("id", id.toString())
        .map((rs, ctx) -> approval(rs))
        .one();
  }

  private List<UUID> runs(UUID approval) {
    return handle
        .createQuery(
            "SELECT run_id FROM approval_run WHERE approval_id = :approval ORDER BY run_id")
        .bind("approval", approval.toString())
        .map((rs, ctx) -> Rows.id(rs, "run_id"))
        .list();
  }

  @Override
  public void enforce(Approval approval) {
    handle
        .createUpdate(
            "INSERT INTO approval_in_force (article_id, approval_id) VALUES (:article, :approval)")
        .bind("article", approval.articleId().toString())
        .bind("approval", approval.id().toString())
        .execute();
  }

  @Override
  public void addRevocation(UUID approvalId, String reason) {
    handle
        .createUpdate(
            """
            INSERT INTO revocation (approval_id, reason, actor_kind, actor_id, revoked_at)
            VALUES (:approval, :reason, :actor_kind, :actor, :now)
            """)
        .bind("approval", approvalId.toString())
        .bind("reason", reason)
        .bind("actor_kind", tx.actor().kind().name())
        .bind("actor", tx.actor().id())
        .bind("now", Rows.time(tx.now()))
        .execute();
  }

  @Override
  public void lift(UUID articleId) {
    handle
        .createUpdate("DELETE FROM approval_in_force WHERE article_id = :article")
        .bind("article", articleId.toString())
        .execute();
  }

  @Override
  public Optional<Approval> inForce(UUID articleId) {
    return handle
        .createQuery(
            APPROVALS
                + " JOIN approval_in_force f ON f.approval_id = a.id WHERE f.article_id = :article")
        .bind("article", articleId.toString())
        .map((rs, ctx) -> approval(rs))
        .findOne();
  }

  @Override
  public List<Approval> history(UUID articleId) {
    return handle
        .createQuery(APPROVALS + " WHERE a.article_id = :article ORDER BY a.approved_at DESC, a.id")
        .bind("article", articleId.toString())
        .map((rs, ctx) -> approval(rs))
        .list();
  }

  private Approval approval(ResultSet rs) throws SQLException {
    String revokedBy = rs.getString("revoked_by");
    return new Approval(
        Rows.id(rs, "id"),
        Rows.id(rs, "article_id"),
        Rows.id(rs, "version_id"),
        rs.getString("content_hash"),
        rs.getString("note"),
        runs(Rows.id(rs, "id")),
        rs.getString("fingerprint"),
        rs.getString("actor_id"),
        Rows.instant(rs, "approved_at"),
        revokedBy == null
            ? null
            : new Approval.Revocation(
                rs.getString("revoked_reason"), revokedBy, Rows.instant(rs, "revoked_at")));
  }
}
