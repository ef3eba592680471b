package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.audit.Actor;
import dev.imprimatur.engine.audit.AuditChain;
import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.store.AuditStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The audit over JDBC.
final class JdbcAuditStore implements AuditStore {
  private final JdbcTransaction tx;
  private final Handle handle;

  JdbcAuditStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
  }

  private record Head(String type, String id, long sequence, String hash) {}

  @Override
  public void append(Record what) {
    Head head = lockHead(what.entityType(), what.entityId());
    AuditEntry unsigned =
        new AuditEntry(
            what.entityType(),
            what.entityId(),
            head.sequence() + 1,
            tx.actor(),
            tx.now(),
            what.action(),
            what.entityVersion(),
            what.before(),
            what.after(),
            what.reason(),
            tx.lockWaitMillis(),
            head.hash(),
            "");
    String hash = AuditChain.hash(unsigned);
    insert(unsigned, hash);
    handle
        .createUpdate("UPDATE audit_head SET seq = :seq, hash = :hash WHERE entity_type = :type AND entity_id = :id")
        .bind("seq", unsigned.sequence())
        .bind("hash", hash)
        .bind("type", what.entityType())
        .bind("id", what.entityId())
        .execute();
  }

  private Head lockHead(String type, String id) {
    handle
        .createUpdate(
            "INSERT INTO audit_head (entity_type, entity_id, seq, hash) VALUES (:type, :id, 0, :origin) ON CONFLICT DO NOTHING")
        .bind("type", type)
        .bind("id", id)
        .bind("origin", AuditChain.ORIGIN)
        .execute();
    return tx.locking(
        () ->
            handle
                .createQuery(
                    "SELECT * FROM audit_head WHERE entity_type = :type AND entity_id = :id " + tx.dialect().lockRow())
                .bind("type", type)
                .bind("id", id)
                .map((rs, ctx) -> head(rs))
                .one());
  }

  private void insert(AuditEntry entry, String hash) {
    handle
        .createUpdate(
            """
            INSERT INTO audit_entry (entity_type, entity_id, seq, actor_kind, actor_id, at, action, entity_version,
                                     state_before, state_after, reason, lock_wait_ms, previous_hash, hash)
            VALUES (:type, :id, :seq, :actor_kind, :actor, :at, :action, :version, :before, :after, :reason, :wait,
                    :previous, :hash)
            """)
        .bind("type", entry.entityType())
        .bind("id", entry.entityId())
        .bind("seq", entry.sequence())
        .bind("actor_kind", entry.actor().kind().name())
        .bind("actor", entry.actor().id())
        .bind("at", Rows.time(entry.at()))
        .bind("action", entry.action())
        .bind("version", entry.entityVersion())
        .bind("before", Rows.text(entry.before()))
        .bind("after", Rows.text(entry.after()))
        .bind("reason", entry.reason())
        .bind("wait", entry.lockWaitMillis())
        .bind("previous", entry.previousHash())
        .bind("hash", hash)
        .execute();
  }

  @Override
  public List<AuditEntry> list(@Nullable String entityType, @Nullable String entityId, int limit) {
    StringBuilder sql = new StringBuilder("SELECT * FROM audit_entry WHERE 1 = 1");
    Map<String, Object> values = new HashMap<>();
    if (entityType != null) {
      sql.append(" AND entity_type = :type");
      values.put("type", entityType);
    }
    if (entityId != null) {
      sql.append(" AND entity_id LIKE :id");
      values.put("id", Rows.idPrefix(entityId));
    }
    return handle
        .createQuery(sql + " ORDER BY at DESC, entity_type, entity_id, seq DESC LIMIT :limit")
        .bindMap(values)
        .bind("limit", limit)
        .map((rs, ctx) -> entry(rs))
        .list();
  }

  @Override
  public Optional<AuditEntry> latest(String entityType, String entityId) {
    return handle
        .createQuery(
            "SELECT * FROM audit_entry WHERE entity_type = :type AND entity_id = :id ORDER BY seq DESC LIMIT 1")
        .bind("type", entityType)
        .bind("id", entityId)
        .map((rs, ctx) -> entry(rs))
        .findOne();
  }

  @Override
  public void eachChain(Consumer<Chain> visitor) {
    // Heads first: a row written while this reads has a head that is not in the list, or comes after the head's own rows.
    List<Head> heads =
        handle.createQuery("SELECT * FROM audit_head ORDER BY entity_type, entity_id").map((rs, ctx) -> head(rs)).list();
    for (Head head : heads) {
      List<AuditEntry> entries =
          handle
              .createQuery(
                  "SELECT * FROM audit_entry WHERE entity_type = :type AND entity_id = :id AND seq <= :seq ORDER BY seq")
              .bind("type", head.type())
              .bind("id", head.id())
              .bind("seq", head.sequence())
              .map((rs, ctx) -> entry(rs))
              .list();
      visitor.accept(new Chain(head.type(), head.id(), head.sequence(), head.hash(), entries));
    }
  }

  private static Head head(ResultSet rs) throws SQLException {
    return new Head(rs.getString("entity_type"), rs.getString("entity_id"), rs.getLong("seq"), rs.getString("hash"));
  }

  private static AuditEntry entry(ResultSet rs) throws SQLException {
    return new AuditEntry(
        rs.getString("entity_type"),
        rs.getString("entity_id"),
        rs.getLong("seq"),
        new Actor(Actor.Kind.valueOf(rs.getString("actor_kind")), rs.getString("actor_id")),
        Rows.instant(rs, "at"),
        rs.getString("action"),
        rs.getLong("entity_version"),
        Rows.jsonOrNull(rs, "state_before"),
        Rows.jsonOrNull(rs, "state_after"),
        rs.getString("reason"),
        rs.getLong("lock_wait_ms"),
        rs.getString("previous_hash"),
        rs.getString("hash"));
  }
}
