package dev.imprimatur.fxml.article;

import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.HardStops;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How an article's scores have gone: every run that ended, oldest first.
record Trend(List<Point> points, BigDecimal aiThreshold, BigDecimal aeoThreshold) {

  /// One run.
  ///
  /// @param partial whether its averages rest on fewer scores than were asked for
  /// @param comparable whether it was made by the same providers and models as the run before it;
  ///   true of the first
  /// @param missing the parts without a score
  record Point(
      UUID runId,
      int version,
      Instant at,
      EvaluationRun.Status status,
      @Nullable BigDecimal ai,
      @Nullable BigDecimal aeo,
      boolean partial,
      boolean comparable,
      List<String> missing) {}

  static Trend of(List<RunResult> runs, List<Version.Head> versions, HardStops.Limits limits) {
    Map<UUID, Version.Head> byId =
        versions.stream().collect(Collectors.toMap(Version.Head::id, Function.identity()));
    List<Point> points = new ArrayList<>();
    String before = null;
    for (RunResult result : runs) {
      EvaluationRun run = result.run();
      Version.Head version = byId.get(run.versionId());
      if (version == null || run.finishedAt() == null) {
        continue;
      }
      boolean comparable = before == null || before.equals(run.fingerprint());
      points.add(
          new Point(
              run.id(),
              version.number(),
              run.finishedAt(),
              run.status(),
              run.aiDetectorAvg(),
              run.aeoAvg(),
              run.status() != EvaluationRun.Status.COMPLETED,
              comparable,
              result.missing()));
      before = run.fingerprint();
    }
    return new Trend(points, limits.ai(), limits.aeo());
  }
}
