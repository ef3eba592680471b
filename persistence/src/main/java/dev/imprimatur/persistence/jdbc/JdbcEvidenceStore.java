package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.board.EvidenceItem;
import dev.imprimatur.engine.store.EvidenceStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Evidence over JDBC.
final class JdbcEvidenceStore implements EvidenceStore {
  private final JdbcTransaction tx;
  private final Handle handle;

  JdbcEvidenceStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
  }

  @Override
  public List<Boolean> add(UUID brand, List<EvidenceItem.Draft> items) {
    if (items.isEmpty()) {
      return List.of();
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO evidence_item (id, brand_id, source_key, format, title, summary, url, published_at, imported_at,
                                       actor_id)
            VALUES (:id, :brand, :key, :format, :title, :summary, :url, :published, :now, :actor)
            ON CONFLICT DO NOTHING
            """);
    for (EvidenceItem.Draft item : items) {
      batch
          .bind("id", tx.newId().toString())
          .bind("brand", brand.toString())
          .bind("key", item.sourceKey())
          .bind("format", item.format().name().toLowerCase(Locale.ROOT))
          .bind("title", item.title())
          .bind("summary", item.summary())
          .bind("url", item.url())
          .bind("published", Rows.timeOrNull(item.publishedAt()))
          .bind("now", Rows.time(tx.now()))
          .bind("actor", tx.actor().id())
          .add();
    }
    List<Boolean> fresh = new ArrayList<>();
    for (int count : batch.execute()) {
      fresh.add(count == 1);
    }
    return fresh;
  }

  @Override
  public long count(UUID brand) {
    return handle
        .createQuery("SELECT count(*) FROM evidence_item WHERE brand_id = :brand")
        .bind("brand", brand.toString())
        .mapTo(Long.class)
        .one();
  }

  @Override
  public long countAfter(UUID brand, Instant until) {
    return handle
        .createQuery(
            """
            SELECT count(*) FROM evidence_item WHERE brand_id = :brand AND coalesce(published_at, imported_at) > :until
            """)
        .bind("brand", brand.toString())
        .bind("until", Rows.time(until))
        .mapTo(Long.class)
        .one();
  }

  @Override
  public Optional<Instant> newest(UUID brand, Instant until) {
    return handle
        .createQuery(
            """
            SELECT coalesce(published_at, imported_at) AS at_time FROM evidence_item
            WHERE brand_id = :brand AND coalesce(published_at, imported_at) <= :until
            ORDER BY coalesce(published_at, imported_at) DESC LIMIT 1
            """)
        .bind("brand", brand.toString())
        .bind("until", Rows.time(until))
        .map((rs, ctx) -> Rows.instant(rs, "at_time"))
        .findOne();
  }

  @Override
  public List<EvidenceItem> recent(UUID brand, Instant since, Instant until, int limit) {
    return handle
        .createQuery(
            """
            SELECT * FROM evidence_item
            WHERE brand_id = :brand AND coalesce(published_at, imported_at) BETWEEN :since AND :until
            ORDER BY coalesce(published_at, imported_at) DESC, source_key LIMIT :limit
            """)
        .bind("brand", brand.toString())
        .bind("since", Rows.time(since))
        .bind("until", Rows.time(until))
        .bind("limit", limit)
        .map((rs, ctx) -> item(rs))
        .list();
  }

  /// An item from a row of the table or of a join with it.
  static EvidenceItem item(ResultSet rs) throws SQLException {
    return new EvidenceItem(
        Rows.id(rs, "id"),
        rs.getString("source_key"),
        EvidenceItem.Format.valueOf(rs.getString("format").toUpperCase(Locale.ROOT)),
        rs.getString("title"),
        rs.getString("summary"),
        rs.getString("url"),
        Rows.instantOrNull(rs, "published_at"),
        Rows.instant(rs, "imported_at"));
  }
}
