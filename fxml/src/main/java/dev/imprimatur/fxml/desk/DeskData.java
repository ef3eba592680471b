package dev.imprimatur.fxml.desk;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.review.Approval;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.Review;
import dev.imprimatur.engine.review.RewriteCycle;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.Rewrites;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.engine.setting.Keys;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Everything the desk shows of one escalation but the texts themselves, read off the FX thread.
///
/// @param articleRevision of the article, as it is shown; an approval is made on it
/// @param latest the number of the article's newest version
/// @param baselineVersion the version that the scores are held against, if there is one
/// @param pending the version's pending escalations
/// @param approval in force of the article, if there is one
/// @param approvedNumber the number of the approved version; 0 without an approval
/// @param cycles the article's rewrite cycles
/// @param cap how many of them there may be
/// @param suggestion that waits for a decision, if one of the article does
/// @param moments what happened, newest first
record DeskData(
    Escalations.Detail detail,
    long articleRevision,
    int latest,
    List<ScoreRow> scores,
    @Nullable Integer baselineVersion,
    Set<UUID> pending,
    @Nullable Approval approval,
    int approvedNumber,
    List<RewriteCycle> cycles,
    int cap,
    @Nullable UUID suggestion,
    List<Moment> moments) {

  static Optional<DeskData> load(Engine engine, UUID id) {
    Review review = engine.review();
    Escalations.Detail detail = review.escalations().find(id).orElse(null);
    if (detail == null) {
      return Optional.empty();
    }
    Escalation e = detail.row().escalation();
    var article = review.articles().find(e.articleId()).orElseThrow();
    RunResult run = e.runId() == null ? null : review.evaluations().result(e.runId()).orElse(null);
    RunResult baseline = baseline(review, e, detail.row().versionNumber()).orElse(null);
    Set<UUID> pending =
        review.escalations().ofVersion(e.versionId()).stream()
            .filter(o -> o.status() == Escalation.Status.PENDING)
            .map(Escalation::id)
            .collect(Collectors.toUnmodifiableSet());
    List<Approval> approvals = review.approvals().history(e.articleId());
    Approval approval = approvals.stream().filter(Approval::inForce).findFirst().orElse(null);
    List<RewriteCycle> cycles = review.rewrites().cycles(e.articleId());
    List<RewriteSuggestion> suggestions =
        cycles.stream()
            .flatMap(c -> review.rewrites().cycle(c.id()).stream())
            .map(Rewrites.CycleResult::suggestion)
            .flatMap(Optional::stream)
            .toList();
    return Optional.of(
        new DeskData(
            detail,
            article.revision(),
            article.latestVersion(),
            ScoreRow.of(run, baseline),
            baseline == null ? null : number(review, baseline.run().versionId()),
            pending,
            approval,
            approval == null ? 0 : number(review, approval.versionId()),
            cycles,
            engine.settings().get(Keys.REWRITE_CAP),
            suggestions.stream()
                .filter(s -> s.status() == RewriteSuggestion.Status.PENDING)
                .map(RewriteSuggestion::id)
                .findFirst()
                .orElse(null),
            Moment.of(engine.audit(), e, suggestions)));
  }

  private static int number(Review review, UUID version) {
    return review.articles().version(version).map(Version::number).orElse(0);
  }

  /// What the run is held against: the run that a regression names; else the latest of the approved
  /// version; else the latest of the version before.
  private static Optional<RunResult> baseline(Review review, Escalation e, int version) {
    JsonNode named = e.details().path("baseline_run");
    if (named.isString()) {
      return review.evaluations().result(UUID.fromString(named.asString()));
    }
    Optional<UUID> approved =
        review.approvals().history(e.articleId()).stream()
            .findFirst()
            .map(Approval::versionId)
            .filter(v -> !v.equals(e.versionId()));
    Optional<UUID> before =
        version <= 1
            ? Optional.empty()
            : review.articles().version(e.articleId(), version - 1).map(Version::id);
    return approved
        .or(() -> before)
        .flatMap(id ->
            review.evaluations().ofVersion(id).stream()
                .filter(r -> r.run().status() == EvaluationRun.Status.COMPLETED)
                .findFirst());
  }

  Escalation escalation() {
    return detail.row().escalation();
  }

  /// The number of the escalated version.
  int version() {
    return detail.row().versionNumber();
  }

  /// The version that the text is compared with unless the reader chooses another; 0 where there is
  /// none.
  int comparedWith() {
    if (baselineVersion != null && baselineVersion != version()) {
      return baselineVersion;
    }
    return version() > 1 ? version() - 1 : latest > version() ? version() + 1 : 0;
  }

  /// Which of the parts are of this kind.
  List<ScoreRow> scores(RunPart.Kind kind) {
    return scores.stream().filter(s -> s.kind() == kind).toList();
  }
}
