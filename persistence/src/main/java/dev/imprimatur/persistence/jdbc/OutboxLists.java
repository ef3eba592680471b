package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.OutboxQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// The order of long lists of events, and what they may be filtered by.
final class OutboxLists {
  private static final String FOUND =
      "(lower(e.event_key || ' ' || e.event_type || ' ' || e.aggregate_type || ' ' || e.aggregate_id || ' ' ||"
          + " CAST(e.id AS varchar)) LIKE %s OR EXISTS (SELECT 1 FROM outbox_delivery d WHERE d.event_id = e.id"
          + " AND lower(d.last_error) LIKE %s))";

  private final Handle handle;

  OutboxLists(Handle handle) {
    this.handle = handle;
  }

  List<UUID> order(OutboxQuery wanted) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> conditions = new ArrayList<>();
    conditions.add("1 = 1");
    if (wanted.subscriber() != null || wanted.state() != null) {
      String delivery = "";
      if (wanted.subscriber() != null) {
        delivery += " AND d.subscriber = :subscriber";
        values.put("subscriber", wanted.subscriber());
      }
      if (wanted.state() != null) {
        delivery += " AND " + OutboxQueries.condition(wanted.state());
      }
      conditions.add(
          "EXISTS (SELECT 1 FROM outbox_delivery d WHERE d.event_id = e.id" + delivery + ")");
    }
    if (wanted.type() != null) {
      conditions.add("e.event_type = :type");
      values.put("type", wanted.type());
    }
    Words.add(wanted.search(), FOUND, conditions, values);
    // What is dead is little; it is read once and met by each event.
    Query query =
        handle
            .createQuery(
                "SELECT e.id FROM outbox_event e LEFT JOIN (SELECT DISTINCT d.event_id FROM outbox_delivery d WHERE "
                    + OutboxQueries.condition(DeliveryState.DEAD)
                    + ") x ON x.event_id = e.id WHERE "
                    + String.join(" AND ", conditions)
                    + " ORDER BY CASE WHEN x.event_id IS NULL THEN 1 ELSE 0 END, e.seq DESC")
            .setFetchSize(10_000);
    values.forEach(query::bind);
    return query.map((rs, ctx) -> Rows.id(rs, "id")).list();
  }

  List<String> types() {
    return handle
        .createQuery("SELECT DISTINCT event_type FROM outbox_event ORDER BY event_type")
        .mapTo(String.class)
        .list();
  }

  /// Subscriber by subscriber, as the index of what is not acknowledged stands in that order.
  long countDead() {
    return handle
        .createQuery(
            "SELECT count(*) FROM outbox_subscriber s JOIN outbox_delivery d ON d.subscriber = s.name WHERE "
                + OutboxQueries.condition(DeliveryState.DEAD))
        .mapTo(Long.class)
        .one();
  }
}
