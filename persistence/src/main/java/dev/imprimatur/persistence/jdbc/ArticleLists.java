package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.review.Article;
import dev.imprimatur.engine.review.ArticleQuery;
import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.EvaluationRun;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Long lists of articles: which, in what order, and the rows that come into sight.
final class ArticleLists {
  private static final String LATEST =
      " LEFT JOIN article_version v ON v.article_id = a.id AND v.number = a.latest_version";
  private static final String IN_FORCE =
      " JOIN approval_in_force f ON f.article_id = a.id JOIN approval p ON p.id = f.approval_id";

  /// The latest version's last run that ended.
  private static final String LAST_RUN =
      "(SELECT r.%s FROM evaluation_run r WHERE r.version_id = v.id AND r.finished_at IS NOT NULL"
          + " ORDER BY r.finished_at DESC, r.id LIMIT 1)";

  private final Handle handle;

  ArticleLists(Handle handle) {
    this.handle = handle;
  }

  List<UUID> order(ArticleQuery wanted, String fingerprint) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> conditions = conditions(wanted, fingerprint, values);
    String sql =
        "SELECT a.id"
            + by(wanted)
            + " FROM article a"
            + joins(wanted)
            + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
            + " ORDER BY "
            + order(wanted);
    Query query = handle.createQuery(sql).setFetchSize(10_000);
    values.forEach(query::bind);
    return query.map((rs, ctx) -> Rows.id(rs, "id")).list();
  }

  /// Only what the conditions and the order need.
  private static String joins(ArticleQuery wanted) {
    boolean latest =
        switch (wanted.show()) {
          case STALE, NOT_EVALUATED -> true;
          default ->
              wanted.sort() == ArticleQuery.Sort.AI_DETECTOR_AVG
                  || wanted.sort() == ArticleQuery.Sort.AEO_AVG;
        };
    boolean approval =
        wanted.show() == ArticleQuery.Show.APPROVED || wanted.show() == ArticleQuery.Show.STALE;
    return (latest ? LATEST : "") + (approval ? IN_FORCE : "");
  }

  private static List<String> conditions(
      ArticleQuery wanted, String fingerprint, Map<String, Object> values) {
    List<String> conditions = new ArrayList<>();
    switch (wanted.show()) {
      case ALL, APPROVED -> {}
      case STALE -> {
        conditions.add(
            "(v.content_hash <> p.content_hash OR (p.fingerprint IS NOT NULL AND p.fingerprint <> :fingerprint))");
        values.put("fingerprint", fingerprint);
      }
      case ESCALATED ->
          conditions.add("a.id IN (SELECT article_id FROM escalation WHERE status = 'pending')");
      case NOT_EVALUATED ->
          conditions.add(
              "NOT EXISTS (SELECT 1 FROM evaluation_run r WHERE r.version_id = v.id"
                  + " AND r.status IN ('completed', 'partial_failure'))");
    }
    int number = 0;
    for (String word : wanted.search().strip().toLowerCase(Locale.ROOT).split("\\s+")) {
      if (!word.isEmpty()) {
        String name = "word" + number++;
        conditions.add("lower(a.title) LIKE :" + name);
        // Backslash is the escape character of LIKE on both databases.
        values.put(name, "%" + word.replaceAll("[\\\\%_]", "\\\\$0") + "%");
      }
    }
    return conditions;
  }

  private static String by(ArticleQuery wanted) {
    return switch (wanted.sort()) {
      case AI_DETECTOR_AVG -> ", " + LAST_RUN.formatted("ai_detector_avg") + " AS score";
      case AEO_AVG -> ", " + LAST_RUN.formatted("aeo_avg") + " AS score";
      default -> "";
    };
  }

  private static String order(ArticleQuery wanted) {
    String down = wanted.descending() ? " DESC" : "";
    String newest = "a.created_at DESC, a.id";
    return switch (wanted.sort()) {
      case IMPORTED -> wanted.descending() ? newest : "a.created_at, a.id DESC";
      case TITLE -> "lower(a.title)" + down + ", " + newest;
      case VERSIONS -> "a.latest_version" + down + ", " + newest;
      case AI_DETECTOR_AVG, AEO_AVG -> "score" + down + " NULLS LAST, " + newest;
    };
  }

  /// An article with its latest version and its approval, as one query reads them.
  private record Base(
      Article article, @Nullable UUID latest, ArticleRow.@Nullable InForce approval) {}

  private record Runs(ArticleRow.@Nullable Scored ended, @Nullable UUID open) {}

  List<ArticleRow> rows(Collection<UUID> ids, String fingerprint) {
    if (ids.isEmpty()) {
      return List.of();
    }
    List<Base> bases = bases(ids, fingerprint);
    Map<UUID, Runs> runs = runs(bases.stream().map(Base::latest).filter(Objects::nonNull).toList());
    Map<UUID, Integer> escalations = count("escalation", "status = 'pending'", ids);
    Map<UUID, Integer> rewrites = count("rewrite_cycle", "status = 'running'", ids);
    Map<UUID, Integer> suggestions = count("rewrite_suggestion", "status = 'pending'", ids);
    return bases.stream()
        .map(base -> {
          UUID id = base.article().id();
          Runs of = base.latest() == null ? null : runs.get(base.latest());
          return new ArticleRow(
              base.article(),
              base.latest(),
              of == null ? null : of.ended(),
              of == null ? null : of.open(),
              base.approval(),
              escalations.getOrDefault(id, 0),
              rewrites.containsKey(id),
              suggestions.getOrDefault(id, 0));
        })
        .toList();
  }

  private List<Base> bases(Collection<UUID> ids, String fingerprint) {
    return handle
        .createQuery(
            """
            SELECT a.*, v.id AS latest_id, v.content_hash AS latest_hash, p.id AS approval_id, p.content_hash,
                   p.fingerprint, p.actor_id AS approved_by, p.approved_at, w.number AS approved_number
            FROM article a
            LEFT JOIN article_version v ON v.article_id = a.id AND v.number = a.latest_version
            LEFT JOIN approval_in_force f ON f.article_id = a.id
            LEFT JOIN approval p ON p.id = f.approval_id
            LEFT JOIN article_version w ON w.id = p.version_id
            WHERE a.id IN (<ids>)
            """)
        .bindList("ids", texts(ids))
        .map((rs, ctx) ->
            new Base(
                JdbcArticleStore.article(rs),
                Rows.idOrNull(rs, "latest_id"),
                approval(rs, fingerprint)))
        .list();
  }

  private static ArticleRow.@Nullable InForce approval(ResultSet rs, String fingerprint)
      throws SQLException {
    UUID id = Rows.idOrNull(rs, "approval_id");
    if (id == null) {
      return null;
    }
    Set<ArticleRow.Stale> stale = EnumSet.noneOf(ArticleRow.Stale.class);
    if (!rs.getString("content_hash").equals(rs.getString("latest_hash"))) {
      stale.add(ArticleRow.Stale.TEXT_CHANGED);
    }
    String basedOn = rs.getString("fingerprint");
    if (basedOn != null && !basedOn.equals(fingerprint)) {
      stale.add(ArticleRow.Stale.PROVIDERS_CHANGED);
    }
    return new ArticleRow.InForce(
        id,
        rs.getInt("approved_number"),
        rs.getString("approved_by"),
        Rows.instant(rs, "approved_at"),
        stale);
  }

  /// Of each version the last run that ended and the one that has not.
  private Map<UUID, Runs> runs(List<UUID> versions) {
    Map<UUID, Runs> found = new HashMap<>();
    if (versions.isEmpty()) {
      return found;
    }
    handle
        .createQuery(
            """
            SELECT id, version_id, status, ai_detector_avg, aeo_avg FROM evaluation_run
            WHERE version_id IN (<versions>) ORDER BY version_id, finished_at DESC, id
            """)
        .bindList("versions", texts(versions))
        .map((rs, ctx) -> {
          take(rs, found);
          return true;
        })
        .list();
    return found;
  }

  private static void take(ResultSet rs, Map<UUID, Runs> into) throws SQLException {
    UUID id = Rows.id(rs, "id");
    UUID version = Rows.id(rs, "version_id");
    var status = Code.parse(EvaluationRun.Status.class, rs.getString("status"));
    Runs before = into.getOrDefault(version, new Runs(null, null));
    if (status == EvaluationRun.Status.IN_PROGRESS) {
      into.put(version, new Runs(before.ended(), id));
    } else if (before.ended() == null) {
      var scored =
          new ArticleRow.Scored(
              id, status, rs.getBigDecimal("ai_detector_avg"), rs.getBigDecimal("aeo_avg"));
      into.put(version, new Runs(scored, before.open()));
    }
  }

  private Map<UUID, Integer> count(String table, String condition, Collection<UUID> ids) {
    Map<UUID, Integer> counts = new HashMap<>();
    handle
        .createQuery(
            "SELECT article_id, count(*) AS many FROM "
                + table
                + " WHERE "
                + condition
                + " AND article_id IN (<ids>) GROUP BY article_id")
        .bindList("ids", texts(ids))
        .map((rs, ctx) -> counts.put(Rows.id(rs, "article_id"), rs.getInt("many")))
        .list();
    return counts;
  }

  private static List<String> texts(Collection<UUID> ids) {
    return ids.stream().map(UUID::toString).toList();
  }
}
