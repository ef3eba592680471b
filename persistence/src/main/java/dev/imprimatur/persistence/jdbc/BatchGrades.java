package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.assessment.Grading;
import dev.imprimatur.engine.assessment.scale.grade.GradeProjection.Boundary;
import dev.imprimatur.engine.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The grades of batches over JDBC.
final class BatchGrades {
  private final Handle handle;

  BatchGrades(Handle handle) {
    this.handle = handle;
  }

  void create(UUID batch, List<String> fromLowest) {
    if (fromLowest.isEmpty()) {
      return;
    }
    PreparedBatch insert =
        handle.prepareBatch(
            "INSERT INTO batch_grade (batch_id, position_no, grade) VALUES (:batch, :position, :grade)");
    for (int i = 0; i < fromLowest.size(); i++) {
      insert
          .bind("batch", batch.toString())
          .bind("position", i + 1)
          .bind("grade", fromLowest.get(i))
          .add();
    }
    insert.execute();
  }

  List<String> of(UUID batch) {
    return handle
        .createQuery("SELECT grade FROM batch_grade WHERE batch_id = :batch ORDER BY position_no")
        .bind("batch", batch.toString())
        .mapTo(String.class)
        .list();
  }

  void store(UUID batch, Grading grading) {
    var insert =
        handle
            .createUpdate(
                """
                INSERT INTO batch_grading (batch_id, boundaries, refusal_code, refusal_message)
                VALUES (:batch, :boundaries, :code, :message)
                """)
            .bind("batch", batch.toString());
    switch (grading) {
      case Grading.Projected p ->
          insert
              .bind("boundaries", Rows.text(json(p)))
              .bind("code", (String) null)
              .bind("message", (String) null);
      case Grading.Refused r ->
          insert
              .bind("boundaries", (String) null)
              .bind("code", r.code())
              .bind("message", r.message());
    }
    insert.execute();
  }

  private static JsonNode json(Grading.Projected grading) {
    var array = Json.array();
    for (Boundary boundary : grading.boundaries()) {
      array
          .addObject()
          .put("below", boundary.below())
          .put("above", boundary.above())
          .put("at", boundary.at())
          .put("se", boundary.se());
    }
    return array;
  }

  /// Chances as they are stored; null for none.
  static @Nullable String json(@Nullable List<Double> chances) {
    if (chances == null) {
      return null;
    }
    var array = Json.array();
    chances.forEach(array::add);
    return Rows.text(array);
  }

  Optional<Grading> grading(UUID batch) {
    return handle
        .createQuery("SELECT * FROM batch_grading WHERE batch_id = :batch")
        .bind("batch", batch.toString())
        .map((rs, ctx) -> {
          String code = rs.getString("refusal_code");
          return code == null
              ? new Grading.Projected(boundaries(Rows.json(rs, "boundaries")), chances(batch))
              : (Grading) new Grading.Refused(code, rs.getString("refusal_message"));
        })
        .findOne();
  }

  private static List<Boundary> boundaries(JsonNode stored) {
    List<Boundary> list = new ArrayList<>();
    stored.forEach(b ->
        list.add(
            new Boundary(
                b.path("below").asString(),
                b.path("above").asString(),
                b.path("at").asDouble(),
                b.path("se").asDouble())));
    return List.copyOf(list);
  }

  private Map<UUID, List<Double>> chances(UUID batch) {
    Map<UUID, List<Double>> map = new HashMap<>();
    handle
        .createQuery(
            "SELECT text_id, chances FROM batch_result WHERE batch_id = :batch AND chances IS NOT NULL")
        .bind("batch", batch.toString())
        .map((rs, ctx) -> {
          List<Double> list = new ArrayList<>();
          Rows.json(rs, "chances").forEach(c -> list.add(c.asDouble()));
          return Map.entry(Rows.id(rs, "text_id"), List.copyOf(list));
        })
        .forEach(e -> map.put(e.getKey(), e.getValue()));
    return Map.copyOf(map);
  }
}
