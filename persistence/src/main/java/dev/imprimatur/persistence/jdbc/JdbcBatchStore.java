package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchQuery;
import dev.imprimatur.engine.assessment.BatchText;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.Estimate;
import dev.imprimatur.engine.assessment.Grading;
import dev.imprimatur.engine.assessment.Scale;
import dev.imprimatur.engine.assessment.StuckBatches;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.store.BatchStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// Batches over JDBC.
final class JdbcBatchStore implements BatchStore {
  private final JdbcTransaction tx;
  private final Handle handle;
  private final BatchComparisons comparisons;
  private final BatchGrades grades;
  private final BatchScores scores;

  JdbcBatchStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
    this.comparisons = new BatchComparisons(tx);
    this.grades = new BatchGrades(handle);
    this.scores = new BatchScores(handle);
  }

  @Override
  public boolean mayDecide() {
    return handle.createQuery(tx.dialect().mayAdminister()).mapTo(Boolean.class).one();
  }

  @Override
  public Batch create(Batch.Terms terms, List<BatchText> texts, List<String> gradesFromLowest) {
    UUID id = tx.newId();
    handle
        .createUpdate(
            """
            INSERT INTO batch (id, workspace_id, name, client_request_id, judge, texts, total_budget, threshold_percent,
                               status, state, last_activity, actor_id, created_at)
            VALUES (:id, :workspace, :name, :request, :judge, :texts, :total, :threshold, 'PENDING', 'INITIALIZING',
                    :now, :actor, :now)
            """)
        .bind("id", id.toString())
        .bind("workspace", terms.workspaceId())
        .bind("name", terms.name())
        .bind("request", terms.clientRequestId())
        .bind("judge", Code.of(terms.judging()))
        .bind("texts", terms.texts())
        .bind("total", terms.total())
        .bind("threshold", terms.threshold())
        .bind("now", Rows.time(tx.now()))
        .bind("actor", tx.actor().id())
        .execute();
    grades.create(id, gradesFromLowest);
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO batch_text (batch_id, id, position_no, label, version_id, media_type, body, grade)
            VALUES (:batch, :id, :position, :label, :version, :media_type, :body, :grade)
            """);
    for (BatchText text : texts) {
      batch
          .bind("batch", id.toString())
          .bind("id", text.id().toString())
          .bind("position", text.position())
          .bind("label", text.label())
          .bind("version", Rows.text(text.versionId()))
          .bind("media_type", text.mediaType() == null ? null : text.mediaType().code())
          .bind("body", text.body())
          .bind("grade", text.grade())
          .add();
    }
    batch.execute();
    return find(id).orElseThrow();
  }

  @Override
  public Optional<Batch> find(UUID id) {
    return one("SELECT * FROM batch WHERE id = :id", id);
  }

  @Override
  public Optional<Batch> findByClientRequest(String clientRequestId) {
    return handle
        .createQuery("SELECT * FROM batch WHERE client_request_id = :request")
        .bind("request", clientRequestId)
        .map((rs, ctx) -> BatchRows.batch(rs))
        .findOne();
  }

  @Override
  public List<Batch> findByIdPrefix(String prefix) {
    return handle
        .createQuery(
            "SELECT * FROM batch WHERE CAST(id AS varchar) LIKE :prefix ORDER BY id LIMIT 10")
        .bind("prefix", Rows.idPrefix(prefix))
        .map((rs, ctx) -> BatchRows.batch(rs))
        .list();
  }

  @Override
  public List<Batch> list(boolean open, int limit) {
    return handle
        .createQuery(
            "SELECT * FROM batch "
                + (open ? "WHERE ended_at IS NULL " : "")
                + "ORDER BY created_at DESC, id LIMIT :limit")
        .bind("limit", limit)
        .map((rs, ctx) -> BatchRows.batch(rs))
        .list();
  }

  @Override
  public List<UUID> order(BatchQuery query) {
    return new BatchLists(handle).order(query);
  }

  @Override
  public List<Batch> rows(Collection<UUID> ids) {
    return new BatchLists(handle).rows(ids);
  }

  @Override
  public long countOpen() {
    return new BatchLists(handle).countOpen();
  }

  @Override
  public Optional<Batch> lock(UUID id) {
    return tx.locking(
        () -> one("SELECT * FROM batch WHERE id = :id " + tx.dialect().lockRow(), id));
  }

  @Override
  public Optional<Batch> lockFree(UUID id) {
    return tx.locking(() ->
        one("SELECT * FROM batch WHERE id = :id " + tx.dialect().lockRow() + " SKIP LOCKED", id));
  }

  private Optional<Batch> one(String sql, UUID id) {
    return handle
        .createQuery(sql)
        .bind("id", id.toString())
        .map((rs, ctx) -> BatchRows.batch(rs))
        .findOne();
  }

  @Override
  public boolean save(Batch batch) {
    Batch.Progress p = batch.progress();
    Batch.Decided decided = p.decided();
    Batch.Ended ended = p.ended();
    return handle
            .createUpdate(
                """
                UPDATE batch
                SET status = :status, state = :state, sent = :sent, completed = :completed, failed = :failed,
                    completed_at_request = :at_request, rerequests = :rerequests, fence = :fence,
                    last_activity = :activity, revision = :revision, decision = :decision,
                    decision_reason = :reason, decision_by = :decision_by, decided_at = :decided_at,
                    diagnostics = :diagnostics, reliability = :reliability, ended_by = :ended_by,
                    ended_actor_kind = :ended_kind, ended_at = :ended_at
                WHERE id = :id AND ended_at IS NULL
                """)
            .bind("id", batch.id().toString())
            .bind("status", p.status().name())
            .bind("state", p.state().name())
            .bind("sent", p.counts().sent())
            .bind("completed", p.counts().completed())
            .bind("failed", p.counts().failed())
            .bind("at_request", p.completedAtRequest())
            .bind("rerequests", p.rerequests())
            .bind("fence", p.fence())
            .bind("activity", Rows.time(p.lastActivity()))
            .bind("revision", p.revision())
            .bind("decision", decided == null ? null : decided.verdict().next().name())
            .bind("reason", decided == null ? null : decided.verdict().reason().name())
            .bind("decision_by", decided == null ? null : decided.by().name())
            .bind("decided_at", decided == null ? null : Rows.time(decided.at()))
            .bind("diagnostics", Rows.text(p.diagnostics()))
            .bind("reliability", p.reliability())
            .bind("ended_by", ended == null ? null : ended.by().name())
            .bind("ended_kind", ended == null ? null : ended.human() ? "HUMAN" : "AUTOMATION")
            .bind("ended_at", ended == null ? null : Rows.time(ended.at()))
            .execute()
        == 1;
  }

  @Override
  public List<UUID> answered(@Nullable UUID after, int limit) {
    return chosen(
        """
        state = 'WAITING_CALLBACKS' AND sent > 0
          AND (completed + failed >= total_budget OR 100 * CAST(completed AS bigint) >= threshold_percent * total_budget
               OR EXISTS (SELECT 1 FROM batch_estimate e WHERE e.batch_id = batch.id AND e.steady >= :steady))
        """,
        after,
        limit,
        null);
  }

  @Override
  public List<UUID> stuck(Instant since, @Nullable UUID after, int limit) {
    return chosen(
        "state IN ('INITIALIZING', 'GENERATING_PAIRS', 'WAITING_CALLBACKS', 'SCORING') AND last_activity <= :since",
        after,
        limit,
        since);
  }

  private List<UUID> chosen(
      String where, @Nullable UUID after, int limit, @Nullable Instant since) {
    var query =
        handle.createQuery(
            "SELECT id FROM batch WHERE "
                + where
                + (after == null ? "" : " AND id > :after")
                + " ORDER BY id LIMIT :limit");
    if (after != null) {
      query.bind("after", after.toString());
    }
    if (since == null) {
      query.bind("steady", Estimate.ENOUGH);
    } else {
      query.bind("since", Rows.time(since));
    }
    return query.bind("limit", limit).map((rs, ctx) -> Rows.id(rs, "id")).list();
  }

  @Override
  public long countStuck(Instant since) {
    return StuckBatchLists.countStuck(handle, since);
  }

  @Override
  public List<UUID> lookedAfter(StuckBatches.Show show, Instant since) {
    return StuckBatchLists.lookedAfter(handle, show, since);
  }

  @Override
  public List<Batch> findAll(Collection<UUID> ids) {
    return StuckBatchLists.findAll(handle, ids);
  }

  @Override
  public List<BatchText.Head> texts(UUID batch) {
    return handle
        .createQuery(
            "SELECT id, position_no, label, version_id, grade FROM batch_text WHERE batch_id = :batch ORDER BY position_no")
        .bind("batch", batch.toString())
        .map((rs, ctx) -> BatchRows.head(rs))
        .list();
  }

  @Override
  public Optional<BatchText> text(UUID batch, UUID text) {
    return handle
        .createQuery("SELECT * FROM batch_text WHERE batch_id = :batch AND id = :id")
        .bind("batch", batch.toString())
        .bind("id", text.toString())
        .map((rs, ctx) -> BatchRows.text(rs))
        .findOne();
  }

  @Override
  public List<Comparison> send(UUID batch, String judge, List<Comparison.Pair> pairs) {
    return comparisons.send(batch, judge, pairs);
  }

  @Override
  public Optional<Comparison> comparison(UUID correlationId) {
    return comparisons.find(correlationId);
  }

  @Override
  public List<Comparison> comparisons(UUID batch) {
    return comparisons.of(batch, "");
  }

  @Override
  public List<Comparison> outstanding(UUID batch) {
    return comparisons.of(batch, BatchComparisons.SENT);
  }

  @Override
  public boolean answer(
      UUID correlationId, Comparison.Answer answer, @Nullable BigDecimal confidence, boolean late) {
    return comparisons.answer(correlationId, answer, confidence, late);
  }

  @Override
  public List<Comparison> sendAgain(UUID batch, Collection<UUID> correlationIds) {
    return comparisons.sendAgain(batch, correlationIds);
  }

  @Override
  public Optional<Comparison> give(String judge, Duration lease) {
    return comparisons.give(judge, lease);
  }

  @Override
  public Optional<Estimate> estimate(UUID batch) {
    return scores.estimate(batch);
  }

  @Override
  public void storeEstimate(UUID batch, Estimate estimate) {
    scores.store(batch, estimate);
  }

  @Override
  public void storeResults(UUID batch, List<Scale.Place> places, Map<UUID, List<Double>> chances) {
    scores.store(batch, places, chances);
  }

  @Override
  public List<String> grades(UUID batch) {
    return grades.of(batch);
  }

  @Override
  public void storeGrading(UUID batch, Grading grading) {
    grades.store(batch, grading);
  }

  @Override
  public Optional<Grading> grading(UUID batch) {
    return grades.grading(batch);
  }

  @Override
  public List<Scale.Place> results(UUID batch) {
    return scores.results(batch);
  }

  @Override
  public boolean charge(UUID batch, UUID event, String workspace, int credits) {
    return handle
            .createUpdate(
                """
                INSERT INTO entitlement_charge (batch_id, event_id, workspace_id, credits, charged_at)
                VALUES (:batch, :event, :workspace, :credits, :now)
                ON CONFLICT DO NOTHING
                """)
            .bind("batch", batch.toString())
            .bind("event", event.toString())
            .bind("workspace", workspace)
            .bind("credits", credits)
            .bind("now", Rows.time(tx.now()))
            .execute()
        == 1;
  }

  @Override
  public Optional<Integer> charged(UUID batch) {
    return handle
        .createQuery("SELECT credits FROM entitlement_charge WHERE batch_id = :batch")
        .bind("batch", batch.toString())
        .mapTo(Integer.class)
        .findOne();
  }
}
