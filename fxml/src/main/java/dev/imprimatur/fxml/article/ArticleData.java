package dev.imprimatur.fxml.article;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.review.Approval;
import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.HardStops;
import dev.imprimatur.engine.review.Review;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Version;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Everything that is shown of one article, read off the FX thread.
///
/// @param versions newest first
/// @param runs of all versions, oldest first
/// @param approvals newest first
/// @param pending escalations of any version, oldest first
/// @param rewritesUsed how many rewrite cycles were started
/// @param rewriteCap how many may be
/// @param fingerprint of the providers in use
record ArticleData(
    ArticleRow row,
    List<Version.Head> versions,
    List<RunResult> runs,
    Trend trend,
    List<Approval> approvals,
    List<Escalations.Detail> pending,
    int rewritesUsed,
    int rewriteCap,
    String fingerprint) {

  static Optional<ArticleData> load(Engine engine, UUID id) {
    Review review = engine.review();
    ArticleRow row = review.articles().rows(List.of(id)).get(id);
    if (row == null) {
      return Optional.empty();
    }
    List<Version.Head> versions = review.articles().versionHeads(id);
    List<RunResult> runs = review.evaluations().ofArticle(id);
    HardStops.Limits limits = HardStops.Limits.of(engine.settings());
    List<UUID> pending =
        review.escalations().pendingOfArticle(id).stream().map(Escalation::id).toList();
    var details = review.escalations().rows(pending);
    return Optional.of(
        new ArticleData(
            row,
            versions.reversed(),
            runs,
            Trend.of(runs, versions, limits),
            review.approvals().history(id),
            pending.stream().filter(details::containsKey).map(details::get).toList(),
            review.rewrites().cycles(id).size(),
            limits.rewriteCap(),
            review.evaluations().fingerprint()));
  }

  /// The run of a version that has not ended.
  @Nullable RunResult running(UUID version) {
    return runs.stream()
        .filter(r -> r.run().versionId().equals(version))
        .filter(r -> r.run().status() == EvaluationRun.Status.IN_PROGRESS)
        .findFirst()
        .orElse(null);
  }

  /// The last run of a version that has.
  @Nullable RunResult lastRun(UUID version) {
    return runs.reversed().stream()
        .filter(r -> r.run().versionId().equals(version))
        .filter(r -> r.run().status() != EvaluationRun.Status.IN_PROGRESS)
        .findFirst()
        .orElse(null);
  }

  /// Whether the providers in use have scored a version whole.
  boolean evaluated(UUID version) {
    return runs.stream()
        .map(RunResult::run)
        .anyMatch(r ->
            r.versionId().equals(version)
                && r.status() == EvaluationRun.Status.COMPLETED
                && r.fingerprint().equals(fingerprint));
  }

  /// The pending escalations of a version.
  List<Escalations.Detail> pendingOf(UUID version) {
    return pending.stream().filter(d -> d.row().escalation().versionId().equals(version)).toList();
  }

  /// The approval in force.
  @Nullable Approval inForce() {
    return approvals.stream().filter(Approval::inForce).findFirst().orElse(null);
  }

  /// The number of a version.
  int number(UUID version) {
    return versions.stream()
        .filter(v -> v.id().equals(version))
        .mapToInt(Version.Head::number)
        .findFirst()
        .orElse(0);
  }

  static long ended(RunResult run) {
    return run.parts().stream().filter(p -> p.status() != RunPart.Status.PENDING).count();
  }
}
