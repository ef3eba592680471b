package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.board.Brand;
import dev.imprimatur.engine.store.BrandStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Brands over JDBC.
final class JdbcBrandStore implements BrandStore {
  private static final String SELECT = "SELECT * FROM brand ";

  private final JdbcTransaction tx;
  private final Handle handle;

  JdbcBrandStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
  }

  @Override
  public boolean add(String name, String workspaceId) {
    return handle
            .createUpdate(
                """
                INSERT INTO brand (id, workspace_id, name, name_key, actor_id, created_at)
                VALUES (:id, :workspace, :name, lower(:name), :actor, :now) ON CONFLICT DO NOTHING
                """)
            .bind("id", tx.newId().toString())
            .bind("workspace", workspaceId)
            .bind("name", name)
            .bind("actor", tx.actor().id())
            .bind("now", Rows.time(tx.now()))
            .execute()
        == 1;
  }

  @Override
  public void extend(Brand brand, List<String> pillars, List<String> personas) {
    insert(brand, "pillar", brand.pillars().size(), pillars);
    insert(brand, "persona", brand.personas().size(), personas);
  }

  private void insert(Brand brand, String kind, int behind, List<String> bodies) {
    if (bodies.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO brand_context (brand_id, kind, position_no, body) VALUES (:brand, :kind, :position, :body)");
    int position = behind;
    for (String body : bodies) {
      batch
          .bind("brand", brand.id().toString())
          .bind("kind", kind)
          .bind("position", ++position)
          .bind("body", body)
          .add();
    }
    batch.execute();
  }

  @Override
  public Optional<Brand> find(UUID id) {
    return handle
        .createQuery(SELECT + "WHERE id = :id")
        .bind("id", id.toString())
        .map((rs, ctx) -> brand(rs))
        .findOne();
  }

  @Override
  public Optional<Brand> findByName(String name) {
    return handle
        .createQuery(SELECT + "WHERE name_key = lower(:name)")
        .bind("name", name)
        .map((rs, ctx) -> brand(rs))
        .findOne();
  }

  @Override
  public List<Brand> list() {
    return handle.createQuery(SELECT + "ORDER BY name_key").map((rs, ctx) -> brand(rs)).list();
  }

  @Override
  public Optional<Brand> lock(UUID id) {
    return tx.locking(() ->
        handle
            .createQuery(SELECT + "WHERE id = :id " + tx.dialect().lockRow())
            .bind("id", id.toString())
            .map((rs, ctx) -> brand(rs))
            .findOne());
  }

  @Override
  public void asked(UUID id, int generations) {
    handle
        .createUpdate("UPDATE brand SET generations = :generations WHERE id = :id")
        .bind("generations", generations)
        .bind("id", id.toString())
        .execute();
  }

  private Brand brand(ResultSet rs) throws SQLException {
    UUID id = Rows.id(rs, "id");
    return new Brand(
        id,
        rs.getString("workspace_id"),
        rs.getString("name"),
        context(id, "pillar"),
        context(id, "persona"),
        rs.getInt("generations"),
        Rows.instant(rs, "created_at"));
  }

  private List<String> context(UUID brand, String kind) {
    return handle
        .createQuery(
            "SELECT body FROM brand_context WHERE brand_id = :brand AND kind = :kind ORDER BY position_no")
        .bind("brand", brand.toString())
        .bind("kind", kind)
        .mapTo(String.class)
        .list();
  }
}
