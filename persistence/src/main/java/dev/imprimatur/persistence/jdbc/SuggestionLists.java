package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.SuggestionQuery;
import dev.imprimatur.engine.review.SuggestionRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Long lists of suggestions: filtered, searched and sorted by the database, ids only; and the rows
/// that are in sight, without the suggested texts.
final class SuggestionLists {
  private final Handle handle;

  SuggestionLists(Handle handle) {
    this.handle = handle;
  }

  List<UUID> order(SuggestionQuery wanted) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> conditions = new ArrayList<>();
    conditions.add(
        switch (wanted.show()) {
          case PENDING -> "s.status = 'pending'";
          case DECIDED -> "s.status IN ('accepted', 'rejected')";
          case ALL -> "s.status IN ('pending', 'accepted', 'rejected')";
        });
    for (String word : wanted.search().strip().toLowerCase(Locale.ROOT).split("\\s+")) {
      if (!word.isEmpty()) {
        String name = "word" + values.size();
        conditions.add("lower(a.title) LIKE :" + name);
        // Backslash is the escape character of LIKE on both databases.
        values.put(name, "%" + word.replaceAll("[\\\\%_]", "\\\\$0") + "%");
      }
    }
    Query query =
        handle
            .createQuery(
                "SELECT s.id FROM rewrite_suggestion s"
                    + (values.isEmpty() ? "" : " JOIN article a ON a.id = s.article_id")
                    + " WHERE "
                    + String.join(" AND ", conditions)
                    + (wanted.oldestFirst()
                        ? " ORDER BY s.created_at, s.id"
                        : " ORDER BY s.created_at DESC, s.id DESC"))
            .setFetchSize(10_000);
    values.forEach(query::bind);
    return query.map((rs, ctx) -> Rows.id(rs, "id")).list();
  }

  List<SuggestionRow> rows(Collection<UUID> ids) {
    return ids.isEmpty()
        ? List.of()
        : handle
            .createQuery(
                """
                SELECT s.id, s.article_id, s.status, s.revision, s.created_at, s.decided_by, s.decided_at,
                       s.reject_reason, s.accepted_hunks, c.number AS cycle_number, a.title AS article_title,
                       a.latest_version, v.number AS version_number
                FROM rewrite_suggestion s
                JOIN rewrite_cycle c ON c.id = s.cycle_id
                JOIN article a ON a.id = s.article_id
                JOIN article_version v ON v.id = s.version_id
                WHERE s.id IN (<ids>)
                """)
            .bindList("ids", ids.stream().map(UUID::toString).toList())
            .map((rs, ctx) -> row(rs))
            .list();
  }

  private static SuggestionRow row(ResultSet rs) throws SQLException {
    return new SuggestionRow(
        Rows.id(rs, "id"),
        rs.getInt("cycle_number"),
        Rows.id(rs, "article_id"),
        rs.getString("article_title"),
        rs.getInt("version_number"),
        rs.getInt("latest_version"),
        Code.parse(RewriteSuggestion.Status.class, rs.getString("status")),
        rs.getLong("revision"),
        Rows.instant(rs, "created_at"),
        JdbcRewriteStore.choice(rs));
  }
}
