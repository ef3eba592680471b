package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.gateway.GatewayToken;
import dev.imprimatur.engine.gateway.Role;
import dev.imprimatur.engine.store.GatewayTokenStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The gateway's tokens over JDBC.
final class JdbcGatewayTokenStore implements GatewayTokenStore {
  private static final String TOKENS =
      """
      SELECT t.id, t.role_name, t.label, t.actor_id, t.made_at, r.actor_id AS revoked_by, r.revoked_at
      FROM gateway_token t LEFT JOIN gateway_token_revocation r ON r.token_id = t.id
      """;

  private final JdbcTransaction tx;
  private final Handle handle;

  JdbcGatewayTokenStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
  }

  @Override
  public UUID add(Role role, String label, String hash) {
    UUID id = tx.newId();
    handle
        .createUpdate(
            """
            INSERT INTO gateway_token (id, role_name, label, hash, actor_kind, actor_id, made_at)
            VALUES (:id, :role, :label, :hash, :kind, :actor, :now)
            """)
        .bind("id", id.toString())
        .bind("role", role.code())
        .bind("label", label)
        .bind("hash", hash)
        .bind("kind", tx.actor().kind().name())
        .bind("actor", tx.actor().id())
        .bind("now", Rows.time(tx.now()))
        .execute();
    return id;
  }

  @Override
  public Optional<GatewayToken> find(UUID id) {
    return handle
        .createQuery(TOKENS + " WHERE t.id = :id")
        .bind("id", id.toString())
        .map((rs, ctx) -> token(rs))
        .findOne();
  }

  @Override
  public boolean revoke(UUID id) {
    // Rows that nobody may update can't be locked: of two who revoke, the key lets one in.
    int revoked =
        handle
            .createUpdate(
                """
                INSERT INTO gateway_token_revocation (token_id, actor_kind, actor_id, revoked_at)
                VALUES (:id, :kind, :actor, :now) ON CONFLICT DO NOTHING
                """)
            .bind("id", id.toString())
            .bind("kind", tx.actor().kind().name())
            .bind("actor", tx.actor().id())
            .bind("now", Rows.time(tx.now()))
            .execute();
    if (revoked == 1) {
      // Gateways look at once whom they must cut off.
      tx.leaveWork();
    }
    return revoked == 1;
  }

  @Override
  public List<GatewayToken> list() {
    return handle.createQuery(TOKENS + " ORDER BY t.seq DESC").map((rs, ctx) -> token(rs)).list();
  }

  @Override
  public List<GatewayToken> findByIdPrefix(String prefix) {
    return handle
        .createQuery(TOKENS + " WHERE CAST(t.id AS varchar) LIKE :prefix ORDER BY t.seq LIMIT 10")
        .bind("prefix", Rows.idPrefix(prefix))
        .map((rs, ctx) -> token(rs))
        .list();
  }

  @Override
  public Optional<GatewayToken> inForce(String hash) {
    return handle
        .createQuery(TOKENS + " WHERE t.hash = :hash AND r.token_id IS NULL")
        .bind("hash", hash)
        .map((rs, ctx) -> token(rs))
        .findOne();
  }

  @Override
  public Set<UUID> revoked(Collection<UUID> ids) {
    return handle
        .createQuery("SELECT token_id FROM gateway_token_revocation WHERE token_id = ANY (:ids)")
        .bindArray("ids", UUID.class, ids.toArray())
        .map((rs, ctx) -> Rows.id(rs, "token_id"))
        .set();
  }

  private static GatewayToken token(ResultSet rs) throws SQLException {
    return new GatewayToken(
        Rows.id(rs, "id"),
        Role.ofCode(rs.getString("role_name")).orElseThrow(),
        rs.getString("label"),
        rs.getString("actor_id"),
        Rows.instant(rs, "made_at"),
        rs.getString("revoked_by"),
        Rows.instantOrNull(rs, "revoked_at"));
  }
}
