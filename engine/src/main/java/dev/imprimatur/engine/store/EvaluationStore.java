package dev.imprimatur.engine.store;

import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.HardStop;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.RunProgress;
import dev.imprimatur.engine.review.RunResult;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Evaluation runs, their parts, results and hard stops.
public interface EvaluationStore {
  /// Writes a run in progress with its pending parts and its counter.
  ///
  /// @throws StoreException.Violated if the version has a run in progress
  EvaluationRun create(
      UUID articleId,
      UUID versionId,
      JsonNode providers,
      String fingerprint,
      boolean forced,
      List<RunPart> parts);

  Optional<EvaluationRun> find(UUID runId);

  /// A run, its row locked.
  Optional<EvaluationRun> lock(UUID runId);

  /// The version's run in progress.
  Optional<EvaluationRun> inProgress(UUID versionId);

  /// The version's latest completed run by these providers.
  Optional<EvaluationRun> completed(UUID versionId, String fingerprint);

  /// The version's latest completed run but this one.
  Optional<EvaluationRun> latestCompletedOfVersion(UUID versionId, @Nullable UUID except);

  /// The article's latest completed run but this one.
  Optional<EvaluationRun> latestCompletedOfArticle(UUID articleId, @Nullable UUID except);

  /// The version's runs, newest first.
  List<EvaluationRun> ofVersion(UUID versionId);

  /// How far these runs have come; ids that no run has are missing.
  List<RunProgress> progress(Collection<UUID> runIds);

  /// Every run of every version of an article with its parts and stops, oldest first; the parts
  /// without the providers' raw answers. A number of queries that does not depend on how many there
  /// are.
  List<RunResult> ofArticle(UUID articleId);

  /// The run's parts: detectors, then intents, each in the order asked.
  List<RunPart> parts(UUID runId);

  Optional<RunPart> part(UUID runId, RunPart.Kind kind, String name);

  /// Ends a pending part and stores its result.
  ///
  /// @param model who scored it, for a part that succeeded
  /// @return false if the part had ended before, in which case nothing is changed
  boolean closePart(RunPart ended, @Nullable String provider, @Nullable String model);

  /// Counts one part as ended.
  ///
  /// @return how many are still out
  int countDown(UUID runId);

  /// Sets a run's counter to the number of its parts that are pending.
  void recount(UUID runId);

  /// Runs in progress of all versions, by id.
  ///
  /// @param after only those behind this one, or null for all
  List<EvaluationRun> inProgress(@Nullable UUID after, int limit);

  /// Ends a run.
  ///
  /// @return false if it had ended before, in which case nothing is changed
  boolean close(
      UUID runId,
      EvaluationRun.Status status,
      @Nullable BigDecimal aiDetectorAvg,
      @Nullable BigDecimal aeoAvg);

  void addHardStop(UUID runId, HardStop stop);

  List<HardStop> hardStops(UUID runId);
}
