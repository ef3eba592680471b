package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.HardStop;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.RunProgress;
import dev.imprimatur.engine.review.RunResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Runs in bulk: those of an article with their parts and stops, and how far runs have come; in a
/// number of queries that does not depend on how many there are.
final class RunHistory {
  private static final String OF_ARTICLE =
      " JOIN evaluation_run e ON e.id = %s.run_id WHERE e.article_id = :article ORDER BY %s";

  private final Handle handle;

  RunHistory(Handle handle) {
    this.handle = handle;
  }

  List<RunProgress> progress(Collection<UUID> runs) {
    return runs.isEmpty()
        ? List.of()
        : handle
            .createQuery(
                """
                SELECT e.id, e.status, count(*) AS parts,
                       sum(CASE WHEN p.status = 'pending' THEN 0 ELSE 1 END) AS ended
                FROM evaluation_run e JOIN run_part p ON p.run_id = e.id
                WHERE e.id IN (<ids>) GROUP BY e.id, e.status
                """)
            .bindList("ids", runs.stream().map(UUID::toString).toList())
            .map((rs, ctx) ->
                new RunProgress(
                    Rows.id(rs, "id"),
                    Code.parse(EvaluationRun.Status.class, rs.getString("status")),
                    rs.getInt("ended"),
                    rs.getInt("parts")))
            .list();
  }

  List<RunResult> ofArticle(UUID article) {
    Map<UUID, List<RunPart>> parts = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT p.run_id, p.kind, p.name, p.status, p.note, COALESCE(d.score, a.score) AS score,
                   CAST(NULL AS varchar) AS raw
            FROM run_part p
            LEFT JOIN detector_result d ON p.kind = 'detector' AND d.run_id = p.run_id AND d.detector = p.name
            LEFT JOIN aeo_score a ON p.kind = 'aeo' AND a.run_id = p.run_id AND a.intent = p.name
            """
                + OF_ARTICLE.formatted("p", "p.run_id, p.position_no"))
        .bind("article", article.toString())
        .map((rs, ctx) -> JdbcEvaluationStore.part(rs))
        .forEach(part -> parts.computeIfAbsent(part.runId(), id -> new ArrayList<>()).add(part));
    Map<UUID, List<HardStop>> stops = new HashMap<>();
    handle
        .createQuery(
            "SELECT h.* FROM hard_stop h" + OF_ARTICLE.formatted("h", "h.run_id, h.reason"))
        .bind("article", article.toString())
        .map((rs, ctx) ->
            stops
                .computeIfAbsent(Rows.id(rs, "run_id"), id -> new ArrayList<>())
                .add(JdbcEvaluationStore.hardStop(rs)))
        .list();
    List<EvaluationRun> runs =
        handle
            .createQuery(
                "SELECT * FROM evaluation_run WHERE article_id = :article ORDER BY started_at, id")
            .bind("article", article.toString())
            .map((rs, ctx) -> JdbcEvaluationStore.run(rs))
            .list();
    return runs.stream()
        .map(run ->
            new RunResult(
                run,
                parts.getOrDefault(run.id(), List.of()),
                stops.getOrDefault(run.id(), List.of())))
        .toList();
  }
}
