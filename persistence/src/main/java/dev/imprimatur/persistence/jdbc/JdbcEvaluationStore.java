package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.HardStop;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.RunProgress;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.store.EvaluationStore;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Evaluation runs over JDBC.
final class JdbcEvaluationStore implements EvaluationStore {
  private static final String PARTS =
      """
      SELECT p.run_id, p.kind, p.name, p.status, p.note, p.position_no,
             COALESCE(d.score, a.score) AS score, COALESCE(d.raw, a.raw) AS raw
      FROM run_part p
      LEFT JOIN detector_result d ON p.kind = 'detector' AND d.run_id = p.run_id AND d.detector = p.name
      LEFT JOIN aeo_score a ON p.kind = 'aeo' AND a.run_id = p.run_id AND a.intent = p.name
      WHERE p.run_id = :run
      """;

  private final JdbcTransaction tx;
  private final Handle handle;

  JdbcEvaluationStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
  }

  @Override
  public EvaluationRun create(
      UUID articleId,
      UUID versionId,
      JsonNode providers,
      String fingerprint,
      boolean forced,
      List<RunPart> parts) {
    UUID id = tx.newId();
    handle
        .createUpdate(
            """
            INSERT INTO evaluation_run (id, article_id, version_id, status, providers, fingerprint, forced, actor_id,
                                        started_at)
            VALUES (:id, :article, :version, 'in_progress', :providers, :fingerprint, :forced, :actor, :now)
            """)
        .bind("id", id.toString())
        .bind("article", articleId.toString())
        .bind("version", versionId.toString())
        .bind("providers", Rows.text(providers))
        .bind("fingerprint", fingerprint)
        .bind("forced", forced)
        .bind("actor", tx.actor().id())
        .bind("now", Rows.time(tx.now()))
        .execute();
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO run_part (run_id, kind, name, position_no, status) VALUES (:run, :kind, :name, :position, 'pending')
            """);
    for (int i = 0; i < parts.size(); i++) {
      batch
          .bind("run", id.toString())
          .bind("kind", Code.of(parts.get(i).kind()))
          .bind("name", parts.get(i).name())
          .bind("position", i)
          .add();
    }
    batch.execute();
    handle
        .createUpdate("INSERT INTO run_fan_in (run_id, remaining) VALUES (:run, :parts)")
        .bind("run", id.toString())
        .bind("parts", parts.size())
        .execute();
    return find(id).orElseThrow();
  }

  @Override
  public Optional<EvaluationRun> find(UUID runId) {
    return one("SELECT * FROM evaluation_run WHERE id = :id", runId);
  }

  @Override
  public Optional<EvaluationRun> lock(UUID runId) {
    return tx.locking(
        () -> one("SELECT * FROM evaluation_run WHERE id = :id " + tx.dialect().lockRow(), runId));
  }

  @Override
  public Optional<EvaluationRun> inProgress(UUID versionId) {
    return one(
        "SELECT * FROM evaluation_run WHERE version_id = :id AND status = 'in_progress'",
        versionId);
  }

  @Override
  public Optional<EvaluationRun> completed(UUID versionId, String fingerprint) {
    return handle
        .createQuery(
            """
            SELECT * FROM evaluation_run
            WHERE version_id = :version AND fingerprint = :fingerprint AND status = 'completed'
            ORDER BY finished_at DESC LIMIT 1
            """)
        .bind("version", versionId.toString())
        .bind("fingerprint", fingerprint)
        .map((rs, ctx) -> run(rs))
        .findOne();
  }

  @Override
  public Optional<EvaluationRun> latestCompletedOfVersion(UUID versionId, @Nullable UUID except) {
    return latestCompleted("version_id", versionId, except);
  }

  @Override
  public Optional<EvaluationRun> latestCompletedOfArticle(UUID articleId, @Nullable UUID except) {
    return latestCompleted("article_id", articleId, except);
  }

  private Optional<EvaluationRun> latestCompleted(String column, UUID id, @Nullable UUID except) {
    return handle
        .createQuery(
            "SELECT * FROM evaluation_run WHERE "
                + column
                + " = :id AND status = 'completed' AND id <> :except ORDER BY "
                + column
                // As the index is ordered: H2 sorts all of the article's runs otherwise.
                + ", status, finished_at DESC LIMIT 1")
        .bind("id", id.toString())
        .bind("except", Objects.requireNonNullElse(except, new UUID(0, 0)).toString())
        .map((rs, ctx) -> run(rs))
        .findOne();
  }

  @Override
  public List<EvaluationRun> ofVersion(UUID versionId) {
    return handle
        .createQuery(
            "SELECT * FROM evaluation_run WHERE version_id = :version ORDER BY started_at DESC, id")
        .bind("version", versionId.toString())
        .map((rs, ctx) -> run(rs))
        .list();
  }

  @Override
  public List<RunPart> parts(UUID runId) {
    return handle
        .createQuery(PARTS + " ORDER BY p.position_no")
        .bind("run", runId.toString())
        .map((rs, ctx) -> part(rs))
        .list();
  }

  @Override
  public Optional<RunPart> part(UUID runId, RunPart.Kind kind, String name) {
    return handle
        .createQuery(PARTS + " AND p.kind = :kind AND p.name = :name")
        .bind("run", runId.toString())
        .bind("kind", Code.of(kind))
        .bind("name", name)
        .map((rs, ctx) -> part(rs))
        .findOne();
  }

  @Override
  public boolean closePart(RunPart ended, @Nullable String provider, @Nullable String model) {
    int closed =
        handle
            .createUpdate(
                """
                UPDATE run_part SET status = :status, note = :note, finished_at = :now
                WHERE run_id = :run AND kind = :kind AND name = :name AND status = 'pending'
                """)
            .bind("status", Code.of(ended.status()))
            .bind("note", ended.note())
            .bind("now", Rows.time(tx.now()))
            .bind("run", ended.runId().toString())
            .bind("kind", Code.of(ended.kind()))
            .bind("name", ended.name())
            .execute();
    if (closed == 1 && ended.status() == RunPart.Status.SUCCEEDED) {
      String table =
          ended.kind() == RunPart.Kind.DETECTOR
              ? "detector_result (run_id, detector,"
              : "aeo_score (run_id, intent,";
      handle
          .createUpdate(
              "INSERT INTO "
                  + table
                  + " score, provider, model, raw) VALUES (:run, :name, :score, :provider, :model, :raw)")
          .bind("run", ended.runId().toString())
          .bind("name", ended.name())
          .bind("score", ended.score())
          .bind("provider", provider)
          .bind("model", model)
          .bind("raw", Rows.text(ended.raw()))
          .execute();
    }
    return closed == 1;
  }

  @Override
  public int countDown(UUID runId) {
    handle
        .createUpdate("UPDATE run_fan_in SET remaining = remaining - 1 WHERE run_id = :run")
        .bind("run", runId.toString())
        .execute();
    return handle
        .createQuery("SELECT remaining FROM run_fan_in WHERE run_id = :run")
        .bind("run", runId.toString())
        .mapTo(Integer.class)
        .one();
  }

  @Override
  public void recount(UUID runId) {
    handle
        .createUpdate(
            """
            UPDATE run_fan_in SET remaining =
              (SELECT count(*) FROM run_part p WHERE p.run_id = :run AND p.status = 'pending')
            WHERE run_id = :run
            """)
        .bind("run", runId.toString())
        .execute();
  }

  @Override
  public List<EvaluationRun> inProgress(@Nullable UUID after, int limit) {
    return handle
        .createQuery(
            "SELECT * FROM evaluation_run WHERE status = 'in_progress' AND id > :after ORDER BY id LIMIT :limit")
        .bind("after", Objects.requireNonNullElse(after, new UUID(0, 0)).toString())
        .bind("limit", limit)
        .map((rs, ctx) -> run(rs))
        .list();
  }

  @Override
  public boolean close(
      UUID runId,
      EvaluationRun.Status status,
      @Nullable BigDecimal aiDetectorAvg,
      @Nullable BigDecimal aeoAvg) {
    return handle
            .createUpdate(
                """
                UPDATE evaluation_run SET status = :status, finished_at = :now, ai_detector_avg = :ai, aeo_avg = :aeo
                WHERE id = :run AND status = 'in_progress'
                """)
            .bind("status", Code.of(status))
            .bind("now", Rows.time(tx.now()))
            .bind("ai", aiDetectorAvg)
            .bind("aeo", aeoAvg)
            .bind("run", runId.toString())
            .execute()
        == 1;
  }

  @Override
  public void addHardStop(UUID runId, HardStop stop) {
    handle
        .createUpdate(
            """
            INSERT INTO hard_stop (run_id, reason, details, overridden_by, escalation_id)
            VALUES (:run, :reason, :details, :overridden_by, :escalation)
            """)
        .bind("run", runId.toString())
        .bind("reason", Code.of(stop.reason()))
        .bind("details", Rows.text(stop.details()))
        .bind("overridden_by", Rows.text(stop.overriddenBy()))
        .bind("escalation", Rows.text(stop.escalationId()))
        .execute();
  }

  @Override
  public List<HardStop> hardStops(UUID runId) {
    return handle
        .createQuery("SELECT * FROM hard_stop WHERE run_id = :run ORDER BY reason")
        .bind("run", runId.toString())
        .map((rs, ctx) -> hardStop(rs))
        .list();
  }

  @Override
  public List<RunResult> ofArticle(UUID articleId) {
    return new RunHistory(handle).ofArticle(articleId);
  }

  @Override
  public List<RunProgress> progress(Collection<UUID> runIds) {
    return new RunHistory(handle).progress(runIds);
  }

  static HardStop hardStop(ResultSet rs) throws SQLException {
    return new HardStop(
        Code.parse(Escalation.Reason.class, rs.getString("reason")),
        Rows.json(rs, "details"),
        Rows.idOrNull(rs, "overridden_by"),
        Rows.idOrNull(rs, "escalation_id"));
  }

  private Optional<EvaluationRun> one(String sql, UUID id) {
    return handle.createQuery(sql).bind("id", id.toString()).map((rs, ctx) -> run(rs)).findOne();
  }

  static EvaluationRun run(ResultSet rs) throws SQLException {
    return new EvaluationRun(
        Rows.id(rs, "id"),
        Rows.id(rs, "article_id"),
        Rows.id(rs, "version_id"),
        Code.parse(EvaluationRun.Status.class, rs.getString("status")),
        Rows.json(rs, "providers"),
        rs.getString("fingerprint"),
        rs.getBoolean("forced"),
        rs.getString("actor_id"),
        Rows.instant(rs, "started_at"),
        Rows.instantOrNull(rs, "finished_at"),
        rs.getBigDecimal("ai_detector_avg"),
        rs.getBigDecimal("aeo_avg"));
  }

  static RunPart part(ResultSet rs) throws SQLException {
    return new RunPart(
        Rows.id(rs, "run_id"),
        Code.parse(RunPart.Kind.class, rs.getString("kind")),
        rs.getString("name"),
        Code.parse(RunPart.Status.class, rs.getString("status")),
        rs.getBigDecimal("score"),
        Rows.jsonOrNull(rs, "raw"),
        rs.getString("note"));
  }
}
