package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.review.Code;
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

/// The comparisons of batches.
final class BatchComparisons {
  /// Those without an answer.
  static final String SENT = " AND status = 'SENT'";

  private static final int LOOK = 20;

  private final JdbcTransaction tx;
  private final Handle handle;

  BatchComparisons(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
  }

  List<Comparison> send(UUID batch, String judge, List<Comparison.Pair> pairs) {
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

  Optional<Comparison> find(UUID correlationId) {
    return handle
        .createQuery("SELECT * FROM comparison WHERE correlation_id = :id")
        .bind("id", correlationId.toString())
        .map((rs, ctx) -> BatchRows.comparison(rs))
        .findOne();
  }

  /// By number.
  ///
  /// @param condition more that must hold, or empty
  List<Comparison> of(UUID batch, String condition) {
    return handle
        .createQuery(
            "SELECT * FROM comparison WHERE batch_id = :batch" + condition + " ORDER BY number")
        .bind("batch", batch.toString())
        .map((rs, ctx) -> BatchRows.comparison(rs))
        .list();
  }

  boolean answer(
      UUID correlationId, Comparison.Answer answer, @Nullable BigDecimal confidence, boolean late) {
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

  List<Comparison> sendAgain(UUID batch, Collection<UUID> correlationIds) {
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
    return of(batch, SENT).stream()
        .filter(c -> correlationIds.contains(c.correlationId()))
        .toList();
  }

  Optional<Comparison> give(String judge, Duration lease) {
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
        return find(id);
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
}
