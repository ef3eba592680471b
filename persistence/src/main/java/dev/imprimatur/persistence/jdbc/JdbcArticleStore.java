package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Article;
import dev.imprimatur.engine.review.ArticleQuery;
import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.engine.store.ArticleStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Articles and versions over JDBC.
final class JdbcArticleStore implements ArticleStore {
  private final JdbcTransaction tx;
  private final Handle handle;

  JdbcArticleStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
  }

  @Override
  public Article lockOrCreate(String sourceKey, String title) {
    handle
        .createUpdate(
            """
            INSERT INTO article (id, source_key, title, created_at) VALUES (:id, :source_key, :title, :now)
            ON CONFLICT DO NOTHING
            """)
        .bind("id", tx.newId().toString())
        .bind("source_key", sourceKey)
        .bind("title", title)
        .bind("now", Rows.time(tx.now()))
        .execute();
    return tx.locking(() ->
        handle
            .createQuery(
                "SELECT * FROM article WHERE source_key = :source_key " + tx.dialect().lockRow())
            .bind("source_key", sourceKey)
            .map((rs, ctx) -> article(rs))
            .one());
  }

  @Override
  public Optional<Article> lock(UUID id) {
    return tx.locking(
        () -> one("SELECT * FROM article WHERE id = :id " + tx.dialect().lockRow(), id));
  }

  @Override
  public Optional<Article> find(UUID id) {
    return one("SELECT * FROM article WHERE id = :id", id);
  }

  private Optional<Article> one(String sql, UUID id) {
    return handle
        .createQuery(sql)
        .bind("id", id.toString())
        .map((rs, ctx) -> article(rs))
        .findOne();
  }

  @Override
  public List<Article> findByIdPrefix(String prefix) {
    return handle
        .createQuery(
            "SELECT * FROM article WHERE CAST(id AS varchar) LIKE :prefix ORDER BY id LIMIT 10")
        .bind("prefix", Rows.idPrefix(prefix))
        .map((rs, ctx) -> article(rs))
        .list();
  }

  @Override
  public List<Article> list(int limit) {
    return handle
        .createQuery("SELECT * FROM article ORDER BY created_at DESC, id LIMIT :limit")
        .bind("limit", limit)
        .map((rs, ctx) -> article(rs))
        .list();
  }

  @Override
  public List<UUID> order(ArticleQuery query, String fingerprint) {
    return new ArticleLists(handle).order(query, fingerprint);
  }

  @Override
  public List<ArticleRow> rows(Collection<UUID> ids, String fingerprint) {
    return new ArticleLists(handle).rows(ids, fingerprint);
  }

  @Override
  public List<Version.Head> versionHeads(UUID articleId) {
    return handle
        .createQuery(
            """
            SELECT id, number, title, content_hash, origin, actor_id, created_at
            FROM article_version WHERE article_id = :article ORDER BY number
            """)
        .bind("article", articleId.toString())
        .map((rs, ctx) ->
            new Version.Head(
                Rows.id(rs, "id"),
                rs.getInt("number"),
                rs.getString("title"),
                rs.getString("content_hash"),
                Code.parse(Version.Origin.class, rs.getString("origin")),
                rs.getString("actor_id"),
                Rows.instant(rs, "created_at")))
        .list();
  }

  @Override
  public long count() {
    return handle.createQuery("SELECT count(*) FROM article").mapTo(Long.class).one();
  }

  @Override
  public long raiseRevision(UUID id) {
    handle
        .createUpdate("UPDATE article SET revision = revision + 1 WHERE id = :id")
        .bind("id", id.toString())
        .execute();
    return handle
        .createQuery("SELECT revision FROM article WHERE id = :id")
        .bind("id", id.toString())
        .mapTo(Long.class)
        .one();
  }

  @Override
  public Version addVersion(
      Article article,
      Version.Content content,
      Version.Origin origin,
      @Nullable UUID suggestionId,
      String path) {
    String id = tx.newId().toString();
    handle
        .createUpdate(
            """
            INSERT INTO article_version (id, article_id, number, title, media_type, body, metadata, content_hash, origin,
                                         suggestion_id, path, actor_kind, actor_id, created_at)
            VALUES (:id, :article, :number, :title, :media_type, :body, :metadata, :hash, :origin, :suggestion, :path,
                    :actor_kind, :actor, :now)
            """)
        .bind("id", id)
        .bind("article", article.id().toString())
        .bind("number", article.latestVersion() + 1)
        .bind("title", content.title())
        .bind("media_type", content.mediaType().code())
        .bind("body", content.body())
        .bind("metadata", Json.write(Json.object(content.metadata())))
        .bind("hash", content.hash())
        .bind("origin", Code.of(origin))
        .bind("suggestion", Rows.text(suggestionId))
        .bind("path", path)
        .bind("actor_kind", tx.actor().kind().name())
        .bind("actor", tx.actor().id())
        .bind("now", Rows.time(tx.now()))
        .execute();
    handle
        .createUpdate(
            "UPDATE article SET latest_version = :number, title = :title WHERE id = :article")
        .bind("number", article.latestVersion() + 1)
        .bind("title", content.title())
        .bind("article", article.id().toString())
        .execute();
    return version(UUID.fromString(id)).orElseThrow();
  }

  @Override
  public Optional<Version> version(UUID id) {
    return handle
        .createQuery("SELECT * FROM article_version WHERE id = :id")
        .bind("id", id.toString())
        .map((rs, ctx) -> version(rs))
        .findOne();
  }

  @Override
  public List<Version> versionsByIdPrefix(String prefix) {
    return handle
        .createQuery(
            "SELECT * FROM article_version WHERE CAST(id AS varchar) LIKE :prefix ORDER BY id LIMIT 10")
        .bind("prefix", Rows.idPrefix(prefix))
        .map((rs, ctx) -> version(rs))
        .list();
  }

  @Override
  public Optional<Version> version(UUID articleId, int number) {
    return handle
        .createQuery(
            "SELECT * FROM article_version WHERE article_id = :article AND number = :number")
        .bind("article", articleId.toString())
        .bind("number", number)
        .map((rs, ctx) -> version(rs))
        .findOne();
  }

  @Override
  public Optional<Version> lastImported(UUID articleId) {
    return handle
        .createQuery(
            "SELECT * FROM article_version WHERE article_id = :article AND origin = 'import' ORDER BY number DESC LIMIT 1")
        .bind("article", articleId.toString())
        .map((rs, ctx) -> version(rs))
        .findOne();
  }

  @Override
  public Optional<Version> versionOfSuggestion(UUID suggestionId) {
    return handle
        .createQuery("SELECT * FROM article_version WHERE suggestion_id = :suggestion")
        .bind("suggestion", suggestionId.toString())
        .map((rs, ctx) -> version(rs))
        .findOne();
  }

  @Override
  public List<Version> versions(UUID articleId) {
    return handle
        .createQuery("SELECT * FROM article_version WHERE article_id = :article ORDER BY number")
        .bind("article", articleId.toString())
        .map((rs, ctx) -> version(rs))
        .list();
  }

  static Article article(ResultSet rs) throws SQLException {
    return new Article(
        Rows.id(rs, "id"),
        rs.getString("source_key"),
        rs.getString("title"),
        rs.getInt("latest_version"),
        rs.getLong("revision"),
        Rows.instant(rs, "created_at"));
  }

  private static Version version(ResultSet rs) throws SQLException {
    Map<String, String> metadata = new TreeMap<>();
    Rows.json(rs, "metadata")
        .properties()
        .forEach(p -> metadata.put(p.getKey(), p.getValue().asString("")));
    return new Version(
        Rows.id(rs, "id"),
        Rows.id(rs, "article_id"),
        rs.getInt("number"),
        rs.getString("title"),
        MediaType.ofCode(rs.getString("media_type")),
        rs.getString("body"),
        metadata,
        rs.getString("content_hash"),
        Code.parse(Version.Origin.class, rs.getString("origin")),
        Rows.idOrNull(rs, "suggestion_id"),
        rs.getString("path"),
        rs.getString("actor_id"),
        Rows.instant(rs, "created_at"));
  }
}
