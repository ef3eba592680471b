package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Lists of batches over JDBC.
final class BatchLists {
  private final Handle handle;

  BatchLists(Handle handle) {
    this.handle = handle;
  }

  List<UUID> order(BatchQuery query) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> conditions = new ArrayList<>();
    switch (query.show()) {
      case ALL -> conditions.add("1 = 1");
      case OPEN -> conditions.add("ended_at IS NULL");
      case ENDED -> conditions.add("ended_at IS NOT NULL");
    }
    for (String word : query.search().strip().toLowerCase(Locale.ROOT).split("\\s+")) {
      if (!word.isEmpty()) {
        String name = "word" + values.size();
        conditions.add("lower(name) LIKE :" + name);
        // Backslash is the escape character of LIKE on both databases.
        values.put(name, "%" + word.replaceAll("[\\\\%_]", "\\\\$0") + "%");
      }
    }
    return handle
        .createQuery(
            "SELECT id FROM batch WHERE "
                + String.join(" AND ", conditions)
                + " ORDER BY created_at DESC, id")
        .bindMap(values)
        .map((rs, ctx) -> Rows.id(rs, "id"))
        .list();
  }

  List<Batch> rows(Collection<UUID> ids) {
    return ids.isEmpty()
        ? List.of()
        : handle
            .createQuery("SELECT * FROM batch WHERE id IN (<ids>)")
            .bindList("ids", ids.stream().map(UUID::toString).toList())
            .map((rs, ctx) -> BatchRows.batch(rs))
            .list();
  }

  long countOpen() {
    return handle
        .createQuery("SELECT count(*) FROM batch WHERE ended_at IS NULL")
        .mapTo(Long.class)
        .one();
  }
}
