package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.store.TourStore;
import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.FieldChange;
import dev.imprimatur.engine.tour.NewTour;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourQuery;
import dev.imprimatur.engine.tour.TourStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Tours over JDBC.
final class JdbcTourStore implements TourStore {
  private static final String OPEN =
      "status IN ('ASSIGNED', 'INPROGRESS', 'PARTIALLYCOMPLETED', 'STANDBY', 'MAINTENANCE')";
  private static final String COUNTS =
      """
      done = (SELECT count(*) FROM tour_job c WHERE c.parent_id = :id AND c.status = 'COMPLETED'),
      mandatory_done =
        (SELECT count(*) FROM tour_job c WHERE c.parent_id = :id AND c.status = 'COMPLETED' AND c.mandatory),
      """;

  private final JdbcTransaction tx;
  private final Handle handle;

  JdbcTourStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
  }

  @Override
  public Tour create(NewTour tour, String key) {
    UUID id = tx.newId();
    handle
        .createUpdate(
            """
            INSERT INTO tour_job (id, kind, identifier, site, type, status, expires_at, checkpoints, done, mandatory_all,
                                  mandatory_done, import_key, created_at, modified_at, modified_by)
            VALUES (:id, 'TOUR', :identifier, :site, :type, 'ASSIGNED', :expires, :checkpoints, 0, :mandatory, 0, :key,
                    :now, :now, :actor)
            """)
        .bind("id", id.toString())
        .bind("identifier", tour.identifier().strip())
        .bind("site", tour.site().strip())
        .bind("type", tour.type().name())
        .bind("expires", Rows.timeOrNull(tour.expiresAt()))
        .bind("checkpoints", tour.checkpoints().size())
        .bind(
            "mandatory", (int) tour.checkpoints().stream().filter(NewTour.Point::mandatory).count())
        .bind("key", key)
        .bind("now", Rows.time(tx.now()))
        .bind("actor", tx.actor().id())
        .execute();
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO tour_job (id, kind, parent_id, parent_kind, position_no, identifier, status, mandatory, created_at,
                                  modified_at, modified_by)
            VALUES (:id, 'CHECKPOINT', :tour, 'TOUR', :position, :name, 'ASSIGNED', :mandatory, :now, :now, :actor)
            """);
    int position = 0;
    for (NewTour.Point point : tour.checkpoints()) {
      batch
          .bind("id", tx.newId().toString())
          .bind("tour", id.toString())
          .bind("position", ++position)
          .bind("name", point.name().strip())
          .bind("mandatory", point.mandatory())
          .bind("now", Rows.time(tx.now()))
          .bind("actor", tx.actor().id())
          .add();
    }
    batch.execute();
    return find(id).orElseThrow();
  }

  @Override
  public Optional<Tour> find(UUID id) {
    return tour(
        handle
            .createQuery("SELECT * FROM tour_job WHERE kind = 'TOUR' AND id = :id")
            .bind("id", id.toString()));
  }

  @Override
  public Optional<Tour> findByKey(String key) {
    return tour(
        handle.createQuery("SELECT * FROM tour_job WHERE open_key = :key").bind("key", key));
  }

  private Optional<Tour> tour(Query query) {
    // Asked before the row, as one connection reads one result at a time.
    Instant now = tx.now();
    return query.map((rs, ctx) -> TourRows.tour(rs, now)).findOne();
  }

  @Override
  public List<Tour> findByIdPrefix(String prefix) {
    Instant now = tx.now();
    return handle
        .createQuery(
            "SELECT * FROM tour_job WHERE kind = 'TOUR' AND CAST(id AS varchar) LIKE :prefix ORDER BY id LIMIT 10")
        .bind("prefix", Rows.idPrefix(prefix))
        .map((rs, ctx) -> TourRows.tour(rs, now))
        .list();
  }

  @Override
  public List<Checkpoint> checkpointsByIdPrefix(String prefix) {
    return handle
        .createQuery(
            "SELECT * FROM tour_job WHERE kind = 'CHECKPOINT' AND CAST(id AS varchar) LIKE :prefix ORDER BY id LIMIT 10")
        .bind("prefix", Rows.idPrefix(prefix))
        .map((rs, ctx) -> TourRows.checkpoint(rs))
        .list();
  }

  @Override
  public Optional<Checkpoint> checkpoint(UUID id) {
    return handle
        .createQuery("SELECT * FROM tour_job WHERE kind = 'CHECKPOINT' AND id = :id")
        .bind("id", id.toString())
        .map((rs, ctx) -> TourRows.checkpoint(rs))
        .findOne();
  }

  @Override
  public List<Checkpoint> checkpoints(UUID tour) {
    return handle
        .createQuery("SELECT * FROM tour_job WHERE parent_id = :tour ORDER BY position_no")
        .bind("tour", tour.toString())
        .map((rs, ctx) -> TourRows.checkpoint(rs))
        .list();
  }

  @Override
  public List<UUID> order(TourQuery query) {
    List<String> conditions = new ArrayList<>(List.of("kind = 'TOUR'"));
    Map<String, Object> values = new HashMap<>();
    switch (query.show()) {
      case ALL -> {}
      case OPEN -> conditions.add(OPEN);
      case OVERDUE -> {
        conditions.add(OPEN);
        conditions.add("expires_at <= :now");
        values.put("now", Rows.time(tx.now()));
      }
      case ENDED -> conditions.add("status IN ('COMPLETED', 'AUTOCLOSED')");
    }
    Words.add(query.search(), "lower(identifier || ' ' || site) LIKE %s", conditions, values);
    return handle
        .createQuery(
            "SELECT id FROM tour_job WHERE "
                + String.join(" AND ", conditions)
                + " ORDER BY modified_at DESC, id")
        .bindMap(values)
        .map((rs, ctx) -> Rows.id(rs, "id"))
        .list();
  }

  @Override
  public List<Tour> rows(Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Instant now = tx.now();
    return handle
        .createQuery("SELECT * FROM tour_job WHERE kind = 'TOUR' AND id IN (<ids>)")
        .bindList("ids", ids.stream().map(UUID::toString).toList())
        .map((rs, ctx) -> TourRows.tour(rs, now))
        .list();
  }

  @Override
  public long countOpen() {
    return handle
        .createQuery("SELECT count(*) FROM tour_job WHERE kind = 'TOUR' AND " + OPEN)
        .mapTo(Long.class)
        .one();
  }

  @Override
  public Optional<Tour> lock(UUID id) {
    boolean there =
        tx.locking(() ->
            handle
                .createQuery(
                    "SELECT id FROM tour_job WHERE kind = 'TOUR' AND id = :id "
                        + tx.dialect().lockRow())
                .bind("id", id.toString())
                .map((rs, ctx) -> Rows.id(rs, "id"))
                .findOne()
                .isPresent());
    // What is overdue is asked of the clock after the wait.
    return there ? find(id) : Optional.empty();
  }

  @Override
  public List<Checkpoint> lockCheckpoints(UUID tour, Collection<UUID> ids) {
    return tx.locking(() ->
        handle
            .createQuery(
                "SELECT * FROM tour_job WHERE parent_id = :tour AND id IN (<ids>) ORDER BY id "
                    + tx.dialect().lockRow())
            .bind("tour", tour.toString())
            .bindList("ids", ids.stream().map(UUID::toString).toList())
            .map((rs, ctx) -> TourRows.checkpoint(rs))
            .list());
  }

  @Override
  public Map<UUID, Map<CheckpointField, FieldChange>> lastChanges(Collection<UUID> ids) {
    Map<UUID, Map<CheckpointField, FieldChange>> changes = new HashMap<>();
    if (ids.isEmpty()) {
      return changes;
    }
    handle
        .createQuery("SELECT * FROM tour_field WHERE job_id IN (<ids>)")
        .bindList("ids", ids.stream().map(UUID::toString).toList())
        .map((rs, ctx) ->
            changes
                .computeIfAbsent(Rows.id(rs, "job_id"), id -> new EnumMap<>(CheckpointField.class))
                .put(
                    CheckpointField.valueOf(rs.getString("field")),
                    new FieldChange(
                        rs.getLong("revision"),
                        rs.getString("actor_id"),
                        Rows.instant(rs, "changed_at"))))
        .list();
    return changes;
  }

  @Override
  public void save(Checkpoint checkpoint) {
    int updated =
        handle
            .createUpdate(
                """
                UPDATE tour_job
                SET status = :status, scan = :scan, reading = :reading, remark = :remark, revision = :revision,
                    modified_at = :at, modified_by = :by
                WHERE id = :id AND revision = :revision - 1
                """)
            .bind("id", checkpoint.id().toString())
            .bind("status", checkpoint.status().name())
            .bind("scan", text(checkpoint, CheckpointField.SCAN))
            .bind("reading", text(checkpoint, CheckpointField.READING))
            .bind("remark", text(checkpoint, CheckpointField.REMARK))
            .bind("revision", checkpoint.revision())
            .bind("at", Rows.time(checkpoint.modifiedAt()))
            .bind("by", checkpoint.modifiedBy())
            .execute();
    requireOne(updated, checkpoint.id());
  }

  private static @Nullable String text(Checkpoint checkpoint, CheckpointField field) {
    String value = checkpoint.value(field);
    return value.isEmpty() ? null : value;
  }

  @Override
  public Tour touch(Tour seen, Instant at) {
    int updated =
        handle
            .createUpdate(
                "UPDATE tour_job SET "
                    + COUNTS
                    + "revision = revision + 1, modified_at = :at, modified_by = :by"
                    + " WHERE id = :id AND revision = :seen")
            .bind("id", seen.id().toString())
            .bind("seen", seen.revision())
            .bind("at", Rows.time(at))
            .bind("by", tx.actor().id())
            .execute();
    requireOne(updated, seen.id());
    return find(seen.id()).orElseThrow();
  }

  @Override
  public Tour advance(Tour seen, TourStatus status, @Nullable String scan, Instant at) {
    int updated =
        handle
            .createUpdate(
                "UPDATE tour_job SET "
                    + COUNTS
                    + "status = :status, scan = :scan, revision = revision + 1, modified_at = :at, modified_by = :by"
                    + " WHERE id = :id AND revision = :seen")
            .bind("id", seen.id().toString())
            .bind("seen", seen.revision())
            .bind("status", status.name())
            .bind("scan", scan)
            .bind("at", Rows.time(at))
            .bind("by", tx.actor().id())
            .execute();
    requireOne(updated, seen.id());
    return find(seen.id()).orElseThrow();
  }

  /// Under the row lock this can't be; it is what would show if that were forgotten.
  private static void requireOne(int updated, UUID id) {
    if (updated != 1) {
      throw new IllegalStateException("tour job " + id + " was changed while it was locked");
    }
  }

  @Override
  public List<UUID> expired(Instant now, @Nullable UUID after, int limit) {
    return handle
        .createQuery(
            "SELECT id FROM tour_job WHERE kind = 'TOUR' AND status = 'ASSIGNED' AND expires_at <= :now"
                + (after == null ? "" : " AND id > :after")
                + " ORDER BY id LIMIT :limit")
        .bind("now", Rows.time(now))
        .bindMap(after == null ? Map.of() : Map.of("after", after.toString()))
        .bind("limit", limit)
        .map((rs, ctx) -> Rows.id(rs, "id"))
        .list();
  }
}
