package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.audit.Actor;
import dev.imprimatur.engine.audit.AuditChain;
import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.change.Change;
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
    tx.change(
        new Change(what.entityType(), what.entityId(), what.entityVersion(), tx.actor().id()));
    handle
        .createUpdate(
            "UPDATE audit_head SET seq = :seq, hash = :hash WHERE entity_type = :type AND entity_id = :id")
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
    return tx.locking(() -> head(type, id, tx.dialect().lockRow()).orElseThrow());
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
      // Most entities go by ids; sweeps go by names.
      sql.append(" AND (entity_id LIKE :id OR entity_id = :whole)");
      values.put("whole", entityId);
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
  public Optional<AuditEntry> raising(String entityType, String entityId, long revision) {
    return handle
        .createQuery(
            """
            SELECT * FROM audit_entry WHERE entity_type = :type AND entity_id = :id AND entity_version = :revision
            ORDER BY seq LIMIT 1
            """)
        .bind("revision", revision)
        .bind("type", entityType)
        .bind("id", entityId)
        .map((rs, ctx) -> entry(rs))
        .findOne();
  }

  @Override
  public void eachChain(Consumer<Chain> visitor) {
    for (Head head : heads()) {
      visitor.accept(chain(head));
    }
  }

  /// Every entity that has a head, and those that have rows and no head, as if theirs were at 0.
  private List<Head> heads() {
    return handle
        .createQuery(
            """
            SELECT entity_type, entity_id, seq, hash FROM audit_head
            UNION ALL
            SELECT DISTINCT e.entity_type, e.entity_id, 0, :origin FROM audit_entry e
            WHERE NOT EXISTS (SELECT 1 FROM audit_head h WHERE h.entity_type = e.entity_type AND h.entity_id = e.entity_id)
            ORDER BY 1, 2
            """)
        .bind("origin", AuditChain.ORIGIN)
        .map((rs, ctx) -> head(rs))
        .list();
  }

  /// A chain with its head. Rows may be added while this reads: then the head has moved, and both
  /// are read again.
  private Chain chain(Head first) {
    Head head = first;
    for (int attempt = 0; ; attempt++) {
      List<AuditEntry> entries = entries(head);
      Head now = head(head.type(), head.id(), "").orElse(head);
      if (now.equals(head) || attempt == 10) {
        return new Chain(head.type(), head.id(), head.sequence(), head.hash(), entries);
      }
      head = now;
    }
  }

  private List<AuditEntry> entries(Head head) {
    return handle
        .createQuery(
            "SELECT * FROM audit_entry WHERE entity_type = :type AND entity_id = :id ORDER BY seq")
        .bind("type", head.type())
        .bind("id", head.id())
        .map((rs, ctx) -> entry(rs))
        .list();
  }

  private Optional<Head> head(String type, String id, String lock) {
    return handle
        .createQuery(
            "SELECT * FROM audit_head WHERE entity_type = :type AND entity_id = :id " + lock)
        .bind("type", type)
        .bind("id", id)
        .map((rs, ctx) -> head(rs))
        .findOne();
  }

  private static Head head(ResultSet rs) throws SQLException {
    return new Head(
        rs.getString("entity_type"),
        rs.getString("entity_id"),
        rs.getLong("seq"),
        rs.getString("hash"));
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
