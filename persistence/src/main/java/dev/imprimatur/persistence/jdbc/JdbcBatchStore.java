package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchText;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.Estimate;
import dev.imprimatur.engine.assessment.Scale;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.store.BatchStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// Batches over JDBC.
final class JdbcBatchStore implements BatchStore {
  private static final String SENT = " AND status = 'SENT'";
  private static final int LOOK = 20;

  private final JdbcTransaction tx;
  private final Handle handle;

  JdbcBatchStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
  }

  @Override
  public boolean mayDecide() {
    return handle.createQuery(tx.dialect().mayAdminister()).mapTo(Boolean.class).one();
  }

  @Override
  public Batch create(Batch.Terms terms, List<BatchText> texts) {
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
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO batch_text (batch_id, id, position_no, label, version_id, media_type, body)
            VALUES (:batch, :id, :position, :label, :version, :media_type, :body)
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
  public List<BatchText.Head> texts(UUID batch) {
    return handle
        .createQuery(
            "SELECT id, position_no, label, version_id FROM batch_text WHERE batch_id = :batch ORDER BY position_no")
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
    int number =
        handle
            .createQuery("SELECT coalesce(max(number), 0) FROM comparison WHERE batch_id = :batch")
            .bind("batch", batch.toString())
            .mapTo(Integer.class)
            .one();
    PreparedBatch insert =
        handle.prepareBatch(
            """
            INSERT INTO comparison (correlation_id, batch_id, number, first_text, second_text, judge, sent_at)
            VALUES (:id, :batch, :number, :first, :second, :judge, :now)
            """);
    List<Comparison> sent = new ArrayList<>();
    for (Comparison.Pair pair : pairs) {
      Comparison made =
          new Comparison(
              tx.newId(),
              batch,
              ++number,
              pair.first(),
              pair.second(),
              judge,
              1,
              tx.now(),
              null,
              null);
      sent.add(made);
      insert
          .bind("id", made.correlationId().toString())
          .bind("batch", batch.toString())
          .bind("number", made.number())
          .bind("first", made.first().toString())
          .bind("second", made.second().toString())
          .bind("judge", judge)
          .bind("now", Rows.time(made.sentAt()))
          .add();
    }
    insert.execute();
    return List.copyOf(sent);
  }

  @Override
  public Optional<Comparison> comparison(UUID correlationId) {
    return handle
        .createQuery("SELECT * FROM comparison WHERE correlation_id = :id")
        .bind("id", correlationId.toString())
        .map((rs, ctx) -> BatchRows.comparison(rs))
        .findOne();
  }

  @Override
  public List<Comparison> comparisons(UUID batch) {
    return comparisons(batch, "");
  }

  @Override
  public List<Comparison> outstanding(UUID batch) {
    return comparisons(batch, SENT);
  }

  private List<Comparison> comparisons(UUID batch, String condition) {
    return handle
        .createQuery(
            "SELECT * FROM comparison WHERE batch_id = :batch" + condition + " ORDER BY number")
        .bind("batch", batch.toString())
        .map((rs, ctx) -> BatchRows.comparison(rs))
        .list();
  }

  @Override
  public boolean answer(
      UUID correlationId,
      Comparison.Answer answer,
      @Nullable BigDecimal confidence,
      boolean late) {
    return handle
            .createUpdate(
                """
                UPDATE comparison
                SET status = :status, answer = :answer, confidence = :confidence, late = :late, answered_by = :actor,
                    decided_at = :now
                WHERE correlation_id = :id
                """
                    + SENT)
            .bind("status", answer == Comparison.Answer.ERROR ? "FAILED" : "COMPLETED")
            .bind("answer", Code.of(answer))
            .bind("confidence", confidence)
            .bind("late", late)
            .bind("actor", tx.signature())
            .bind("now", Rows.time(tx.now()))
            .bind("id", correlationId.toString())
            .execute()
        == 1;
  }

  @Override
  public List<Comparison> sendAgain(UUID batch, Collection<UUID> correlationIds) {
    PreparedBatch update =
        handle.prepareBatch(
            "UPDATE comparison SET requests = requests + 1, sent_at = :now, given_at = NULL"
                + " WHERE correlation_id = :id AND batch_id = :batch"
                + SENT);
    for (UUID id : correlationIds) {
      update
          .bind("now", Rows.time(tx.now()))
          .bind("id", id.toString())
          .bind("batch", batch.toString())
          .add();
    }
    if (!correlationIds.isEmpty()) {
      update.execute();
    }
    return outstanding(batch).stream()
        .filter(c -> correlationIds.contains(c.correlationId()))
        .toList();
  }

  @Override
  public Optional<Comparison> give(String judge, Duration lease) {
    Instant before = tx.now().minus(lease);
    List<UUID> waiting =
        handle
            .createQuery(
                """
                SELECT c.correlation_id FROM comparison c JOIN batch b ON b.id = c.batch_id
                WHERE b.judge = 'external' AND b.state = 'WAITING_CALLBACKS' AND c.status = 'SENT'
                  AND (c.given_at IS NULL OR c.given_at <= :before)
                ORDER BY c.given_at NULLS FIRST, c.sent_at, c.number LIMIT :limit
                """)
            .bind("before", Rows.time(before))
            .bind("limit", LOOK)
            .map((rs, ctx) -> Rows.id(rs, "correlation_id"))
            .list();
    for (UUID id : waiting) {
      if (free(id, before)) {
        handle
            .createUpdate(
                "UPDATE comparison SET judge = :judge, given_at = :now WHERE correlation_id = :id")
            .bind("judge", judge)
            .bind("now", Rows.time(tx.now()))
            .bind("id", id.toString())
            .execute();
        return comparison(id);
      }
    }
    return Optional.empty();
  }

  /// Row by row: with a LIMIT, H2 would lock every row that matches.
  private boolean free(UUID id, Instant before) {
    return handle
        .createQuery(
            "SELECT 1 AS free FROM comparison WHERE correlation_id = :id AND (given_at IS NULL OR given_at <= :before)"
                + SENT
                + " "
                + tx.dialect().lockRow()
                + " SKIP LOCKED")
        .bind("id", id.toString())
        .bind("before", Rows.time(before))
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  @Override
  public Optional<Estimate> estimate(UUID batch) {
    return handle
        .createQuery("SELECT * FROM batch_estimate WHERE batch_id = :batch")
        .bind("batch", batch.toString())
        .map((rs, ctx) -> BatchRows.estimate(rs))
        .findOne();
  }

  @Override
  public void storeEstimate(UUID batch, Estimate estimate) {
    String update =
        """
        UPDATE batch_estimate
        SET number = :number, completed = :completed, scores = :scores, steady = :steady, largest_change = :change,
            estimated_at = :at
        WHERE batch_id = :batch
        """;
    String insert =
        """
        INSERT INTO batch_estimate (batch_id, number, completed, scores, steady, largest_change, estimated_at)
        VALUES (:batch, :number, :completed, :scores, :steady, :change, :at)
        """;
    // The batch's row is locked: nobody comes between.
    for (String sql : List.of(update, insert)) {
      int changed =
          handle
              .createUpdate(sql)
              .bind("batch", batch.toString())
              .bind("number", estimate.number())
              .bind("completed", estimate.completed())
              .bind("scores", Rows.text(estimate.scores()))
              .bind("steady", estimate.steady())
              .bind("change", estimate.largestChange())
              .bind("at", Rows.time(estimate.at()))
              .execute();
      if (changed == 1) {
        return;
      }
    }
  }

  @Override
  public void storeResults(UUID batch, List<Scale.Place> places) {
    PreparedBatch insert =
        handle.prepareBatch(
            """
            INSERT INTO batch_result (batch_id, text_id, rank_no, score, se, comparisons)
            VALUES (:batch, :text, :rank, :score, :se, :comparisons)
            """);
    for (Scale.Place place : places) {
      insert
          .bind("batch", batch.toString())
          .bind("text", place.text().toString())
          .bind("rank", place.rank())
          .bind("score", place.score())
          .bind("se", place.se())
          .bind("comparisons", place.comparisons())
          .add();
    }
    insert.execute();
  }

  @Override
  public List<Scale.Place> results(UUID batch) {
    return handle
        .createQuery("SELECT * FROM batch_result WHERE batch_id = :batch ORDER BY rank_no")
        .bind("batch", batch.toString())
        .map((rs, ctx) -> BatchRows.place(rs))
        .list();
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
