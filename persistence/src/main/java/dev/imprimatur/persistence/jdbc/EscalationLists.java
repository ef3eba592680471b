package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.EscalationQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// The order of long lists of escalations: filtered, searched and sorted by the database, ids only.
final class EscalationLists {
  /// Backslash is the escape character of LIKE on both databases.
  private static final String HAYSTACK =
      "lower(a.title || ' ' || replace(e.reason, '_', ' ') || ' ' || coalesce(e.claimed_by, '') || ' ' ||"
          + " coalesce(e.resolved_by, ''))";

  private final Handle handle;

  EscalationLists(Handle handle) {
    this.handle = handle;
  }

  List<UUID> order(EscalationQuery wanted, Instant now) {
    Map<String, Object> values = new LinkedHashMap<>();
    String sql =
        "SELECT e.id FROM escalation e"
            + joins(wanted)
            + " WHERE "
            + String.join(" AND ", conditions(wanted, now, values))
            + " ORDER BY "
            + order(wanted);
    Query query = handle.createQuery(sql).setFetchSize(10_000);
    values.forEach(query::bind);
    return query.map((rs, ctx) -> Rows.id(rs, "id")).list();
  }

  List<UUID> expiredClaims(Instant now, @Nullable UUID after, int limit) {
    return handle
        .createQuery(
            """
            SELECT id FROM escalation
            WHERE status = 'pending' AND claim_expires_at <= :now AND id > :after ORDER BY id LIMIT :limit
            """)
        .bind("now", Rows.time(now))
        .bind("after", Objects.requireNonNullElse(after, new UUID(0, 0)).toString())
        .bind("limit", limit)
        .map((rs, ctx) -> Rows.id(rs, "id"))
        .list();
  }

  long countWaiting(Instant now) {
    return handle
        .createQuery(
            "SELECT count(*) FROM escalation e WHERE e.status = 'pending'"
                + " AND (e.snoozed_until IS NULL OR e.snoozed_until <= :now)")
        .bind("now", Rows.time(now))
        .mapTo(Long.class)
        .one();
  }

  /// Only what the conditions and the order need: a plain queue is read from its index alone.
  private static String joins(EscalationQuery wanted) {
    var joins = new StringBuilder();
    if (!wanted.search().isBlank() || wanted.sort() == EscalationQuery.Sort.TITLE) {
      joins.append(" JOIN article a ON a.id = e.article_id");
    }
    switch (wanted.sort()) {
      case VERSION -> joins.append(" JOIN article_version v ON v.id = e.version_id");
      case AI_DETECTOR_AVG, AEO_AVG ->
          joins.append(" LEFT JOIN evaluation_run r ON r.id = e.run_id");
      default -> {}
    }
    return joins.toString();
  }

  private static List<String> conditions(
      EscalationQuery wanted, Instant now, Map<String, Object> values) {
    List<String> conditions = new ArrayList<>();
    switch (wanted.show()) {
      case WAITING -> {
        conditions.add("e.status = 'pending'");
        conditions.add("(e.snoozed_until IS NULL OR e.snoozed_until <= :now)");
        values.put("now", Rows.time(now));
      }
      case SNOOZED -> {
        conditions.add("e.status = 'pending'");
        conditions.add("e.snoozed_until > :now");
        values.put("now", Rows.time(now));
      }
      case RESOLVED -> conditions.add("e.status = 'resolved'");
      case ALL -> conditions.add("e.status IN ('pending', 'resolved')");
    }
    if (wanted.reason() != null) {
      conditions.add("e.reason = :reason");
      values.put("reason", Code.of(wanted.reason()));
    }
    int number = 0;
    for (String word : wanted.search().strip().toLowerCase(Locale.ROOT).split("\\s+")) {
      if (!word.isEmpty()) {
        String name = "word" + number++;
        conditions.add(HAYSTACK + " LIKE :" + name);
        values.put(name, "%" + word.replaceAll("[\\\\%_]", "\\\\$0") + "%");
      }
    }
    return conditions;
  }

  private static String order(EscalationQuery wanted) {
    String down = wanted.descending() ? " DESC" : "";
    String by =
        switch (wanted.sort()) {
          case AGE -> "";
          case REASON -> "e.reason" + down;
          case TITLE -> "lower(a.title)" + down;
          case VERSION -> "v.number" + down;
          case AI_DETECTOR_AVG -> "r.ai_detector_avg" + down + " NULLS LAST";
          case AEO_AVG -> "r.aeo_avg" + down + " NULLS LAST";
          // Who shows nobody comes last either way.
          case CLAIMED_BY -> "lower(e.claimed_by)" + down + " NULLS LAST";
        };
    String age =
        wanted.sort() == EscalationQuery.Sort.AGE && wanted.descending()
            ? "e.raised_at DESC, e.id DESC"
            : "e.raised_at, e.id";
    return by.isEmpty() ? age : by + ", " + age;
  }
}
