package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.assessment.Estimate;
import dev.imprimatur.engine.assessment.Scale;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// What batches come to over JDBC: the estimate while they are judged, the ranking in the end.
final class BatchScores {
  private final Handle handle;

  BatchScores(Handle handle) {
    this.handle = handle;
  }

  Optional<Estimate> estimate(UUID batch) {
    return handle
        .createQuery("SELECT * FROM batch_estimate WHERE batch_id = :batch")
        .bind("batch", batch.toString())
        .map((rs, ctx) -> BatchRows.estimate(rs))
        .findOne();
  }

  void store(UUID batch, Estimate estimate) {
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

  List<Scale.Place> results(UUID batch) {
    return handle
        .createQuery("SELECT * FROM batch_result WHERE batch_id = :batch ORDER BY rank_no")
        .bind("batch", batch.toString())
        .map((rs, ctx) -> BatchRows.place(rs))
        .list();
  }

  void store(UUID batch, List<Scale.Place> places, Map<UUID, List<Double>> chances) {
    PreparedBatch insert =
        handle.prepareBatch(
            """
            INSERT INTO batch_result (batch_id, text_id, rank_no, score, se, comparisons, chances)
            VALUES (:batch, :text, :rank, :score, :se, :comparisons, :chances)
            """);
    for (Scale.Place place : places) {
      insert
          .bind("batch", batch.toString())
          .bind("text", place.text().toString())
          .bind("rank", place.rank())
          .bind("score", place.score())
          .bind("se", place.se())
          .bind("comparisons", place.comparisons())
          .bind("chances", BatchGrades.json(chances.get(place.text())))
          .add();
    }
    insert.execute();
  }
}
