package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.Judgement;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.store.JudgementStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What people do with pairs, over JDBC.
final class JdbcJudgementStore implements JudgementStore {
  /// More than will ever ask at the same moment: each that is passed over is locked by another.
  private static final int LOOK = 50;

  private static final String BY_PEOPLE =
      "comparison c JOIN batch b ON b.id = c.batch_id"
          + " WHERE b.judge = 'human' AND b.state = 'WAITING_CALLBACKS' AND c.status = 'SENT'";

  private final JdbcTransaction tx;
  private final Handle handle;
  private final BatchComparisons comparisons;

  JdbcJudgementStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
    this.comparisons = new BatchComparisons(tx);
  }

  @Override
  public Optional<Comparison> give(@Nullable UUID batch, Set<UUID> except, Duration lease) {
    Instant before = tx.now().minus(lease);
    var query =
        handle.createQuery(
            "SELECT c.correlation_id FROM "
                + BY_PEOPLE
                + (batch == null ? "" : " AND b.id = :batch")
                + """
                 AND (c.given_at IS NULL OR c.given_at <= :before OR c.judge = :me)
                ORDER BY CASE WHEN c.judge = :me AND c.given_at > :before THEN 0 ELSE 1 END,
                  (SELECT max(s.skipped_at) FROM pair_skip s
                   WHERE s.batch_id = c.batch_id AND s.number = c.number AND s.actor_id = :me) NULLS FIRST,
                  CASE WHEN EXISTS (SELECT 1 FROM judgement j WHERE j.batch_id = b.id AND j.actor_id = :me)
                       THEN 0 ELSE 1 END,
                  b.created_at, c.number LIMIT :limit
                """);
    if (batch != null) {
      query.bind("batch", batch.toString());
    }
    List<UUID> waiting =
        query
            .bind("before", Rows.time(before))
            .bind("me", tx.signature())
            .bind("limit", LOOK + except.size())
            .map((rs, ctx) -> Rows.id(rs, "correlation_id"))
            .list();
    for (UUID id : waiting) {
      if (!except.contains(id) && free(id, before)) {
        keep(id);
        return comparisons.find(id);
      }
    }
    return Optional.empty();
  }

  /// Row by row: with a LIMIT, H2 would lock every row that matches.
  private boolean free(UUID id, Instant before) {
    return handle
        .createQuery(
            "SELECT 1 AS free FROM comparison WHERE correlation_id = :id"
                + " AND (given_at IS NULL OR given_at <= :before OR judge = :me)"
                + BatchComparisons.SENT
                + " "
                + tx.dialect().lockRow()
                + " SKIP LOCKED")
        .bind("id", id.toString())
        .bind("before", Rows.time(before))
        .bind("me", tx.signature())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private void keep(UUID id) {
    handle
        .createUpdate(
            "UPDATE comparison SET judge = :me, given_at = :now WHERE correlation_id = :id")
        .bind("me", tx.signature())
        .bind("now", Rows.time(tx.now()))
        .bind("id", id.toString())
        .execute();
  }

  @Override
  public Set<UUID> renew(Collection<UUID> correlationIds) {
    Set<UUID> renewed = new HashSet<>();
    for (UUID id : correlationIds) {
      if (mine(id)) {
        keep(id);
        renewed.add(id);
      }
    }
    return renewed;
  }

  @Override
  public void sign(UUID correlationId) {
    handle
        .createUpdate(
            "UPDATE comparison SET judge = :me WHERE correlation_id = :id AND judge <> :me"
                + BatchComparisons.SENT)
        .bind("id", correlationId.toString())
        .bind("me", tx.signature())
        .execute();
  }

  @Override
  public void store(Judgement judgement) {
    handle
        .createUpdate(
            """
            INSERT INTO judgement (correlation_id, batch_id, number, answer, confidence, decision_ms, actor_kind,
                                   actor_id, judged_at)
            VALUES (:id, :batch, :number, :answer, :confidence, :millis, :kind, :actor, :at)
            """)
        .bind("id", judgement.correlationId().toString())
        .bind("batch", judgement.batchId().toString())
        .bind("number", judgement.number())
        .bind("answer", Code.of(judgement.answer()))
        .bind("confidence", judgement.confidence())
        .bind("millis", judgement.decisionMillis())
        .bind("kind", tx.actor().kind().name())
        .bind("actor", tx.signature())
        .bind("at", Rows.time(judgement.at()))
        .execute();
  }

  @Override
  public Optional<Judgement> find(UUID correlationId) {
    return handle
        .createQuery("SELECT * FROM judgement WHERE correlation_id = :id")
        .bind("id", correlationId.toString())
        .map((rs, ctx) -> judgement(rs))
        .findOne();
  }

  @Override
  public Optional<Judgement> last(String by) {
    return handle
        .createQuery(
            "SELECT * FROM judgement WHERE actor_id = :by ORDER BY judged_at DESC, seq DESC LIMIT 1")
        .bind("by", by)
        .map((rs, ctx) -> judgement(rs))
        .findOne();
  }

  @Override
  public boolean withdraw(UUID correlationId) {
    return handle
            .createUpdate(
                "UPDATE judgement SET withdrawn_at = :now WHERE correlation_id = :id AND withdrawn_at IS NULL")
            .bind("now", Rows.time(tx.now()))
            .bind("id", correlationId.toString())
            .execute()
        == 1;
  }

  @Override
  public void reopen(UUID correlationId, UUID fresh) {
    handle
        .createUpdate(
            """
            UPDATE comparison
            SET correlation_id = :fresh, status = 'SENT', answer = NULL, confidence = NULL, answered_by = NULL,
                decided_at = NULL, judge = :me, given_at = :now
            WHERE correlation_id = :id
            """)
        .bind("fresh", fresh.toString())
        .bind("id", correlationId.toString())
        .bind("me", tx.signature())
        .bind("now", Rows.time(tx.now()))
        .execute();
  }

  @Override
  public int withdrawals(UUID batch) {
    return handle
        .createQuery(
            "SELECT count(*) FROM judgement WHERE batch_id = :batch AND withdrawn_at IS NOT NULL")
        .bind("batch", batch.toString())
        .mapTo(Integer.class)
        .one();
  }

  @Override
  public boolean skip(UUID request, Comparison pair, @Nullable String reason) {
    return handle
            .createUpdate(
                """
                INSERT INTO pair_skip (request_id, correlation_id, batch_id, number, reason, actor_kind, actor_id,
                                       skipped_at)
                VALUES (:request, :id, :batch, :number, :reason, :kind, :actor, :now)
                ON CONFLICT DO NOTHING
                """)
            .bind("request", request.toString())
            .bind("id", pair.correlationId().toString())
            .bind("batch", pair.batchId().toString())
            .bind("number", pair.number())
            .bind("reason", reason)
            .bind("kind", tx.actor().kind().name())
            .bind("actor", tx.signature())
            .bind("now", Rows.time(tx.now()))
            .execute()
        == 1;
  }

  @Override
  public void release(UUID correlationId) {
    if (mine(correlationId)) {
      handle
          .createUpdate("UPDATE comparison SET given_at = NULL WHERE correlation_id = :id")
          .bind("id", correlationId.toString())
          .execute();
    }
  }

  /// Locks a pair that is kept for whoever acts. Passed over where another works on it, so that
  /// whoever locks several waits for none; the keeping then runs out by itself.
  private boolean mine(UUID id) {
    return handle
        .createQuery(
            "SELECT 1 AS mine FROM comparison WHERE correlation_id = :id AND judge = :me"
                + " AND given_at IS NOT NULL"
                + BatchComparisons.SENT
                + " "
                + tx.dialect().lockRow()
                + " SKIP LOCKED")
        .bind("id", id.toString())
        .bind("me", tx.signature())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  @Override
  public List<Judgement> judgements(UUID batch) {
    return handle
        .createQuery("SELECT * FROM judgement WHERE batch_id = :batch ORDER BY seq")
        .bind("batch", batch.toString())
        .map((rs, ctx) -> judgement(rs))
        .list();
  }

  @Override
  public List<Skips> skips(UUID batch) {
    return handle
        .createQuery(
            "SELECT actor_id, count(*) AS often FROM pair_skip WHERE batch_id = :batch GROUP BY actor_id")
        .bind("batch", batch.toString())
        .map((rs, ctx) -> new Skips(rs.getString("actor_id"), rs.getInt("often")))
        .list();
  }

  @Override
  public Spread spread(UUID batch, Duration lease) {
    return handle
        .createQuery(
            """
            SELECT count(*) AS outstanding,
                   count(CASE WHEN given_at > :before AND judge <> :me THEN 1 END) AS taken,
                   min(CASE WHEN given_at > :before AND judge <> :me THEN given_at END) AS oldest
            FROM comparison WHERE batch_id = :batch
            """
                + BatchComparisons.SENT)
        .bind("batch", batch.toString())
        .bind("before", Rows.time(tx.now().minus(lease)))
        .bind("me", tx.signature())
        .map((rs, ctx) -> {
          int out = rs.getInt("taken");
          Instant oldest = Rows.instantOrNull(rs, "oldest");
          return new Spread(
              rs.getInt("outstanding") - out, out, oldest == null ? null : oldest.plus(lease));
        })
        .one();
  }

  @Override
  public List<UUID> open() {
    return handle
        .createQuery(
            """
            SELECT b.id FROM batch b WHERE b.judge = 'human' AND b.ended_at IS NULL AND b.state <> 'SCORING'
            ORDER BY CASE WHEN EXISTS (SELECT 1 FROM judgement j WHERE j.batch_id = b.id AND j.actor_id = :me)
                          THEN 0 ELSE 1 END, b.created_at, b.id
            """)
        .bind("me", tx.signature())
        .map((rs, ctx) -> Rows.id(rs, "id"))
        .list();
  }

  @Override
  public long countWaiting() {
    return handle.createQuery("SELECT count(*) FROM " + BY_PEOPLE).mapTo(Long.class).one();
  }

  private static Judgement judgement(ResultSet rs) throws SQLException {
    long millis = rs.getLong("decision_ms");
    Long measured = rs.wasNull() ? null : millis;
    return new Judgement(
        Rows.id(rs, "correlation_id"),
        Rows.id(rs, "batch_id"),
        rs.getInt("number"),
        Code.parse(Comparison.Answer.class, rs.getString("answer")),
        rs.getBigDecimal("confidence"),
        measured,
        rs.getString("actor_id"),
        Rows.instant(rs, "judged_at"),
        Rows.instantOrNull(rs, "withdrawn_at"));
  }
}
