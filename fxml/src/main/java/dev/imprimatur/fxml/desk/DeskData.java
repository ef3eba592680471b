package dev.imprimatur.fxml.desk;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.review.Approval;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.Review;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Version;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Everything the desk shows of one escalation, read off the FX thread.
///
/// @param articleRevision of the article, as it is shown; an approval is made on it
/// @param paragraphs the version's text, as blocks between empty lines
/// @param pending how many escalations of the version are pending
/// @param approval in force of the article, if there is one
/// @param approvedNumber the number of the approved version; 0 without an approval
record DeskData(
    Escalations.Detail detail,
    long articleRevision,
    List<String> paragraphs,
    List<ScoreRow> scores,
    @Nullable Integer baselineVersion,
    int pending,
    @Nullable Approval approval,
    int approvedNumber) {

  static Optional<DeskData> load(Engine engine, UUID id) {
    Review review = engine.review();
    Escalations.Detail detail = review.escalations().find(id).orElse(null);
    if (detail == null) {
      return Optional.empty();
    }
    Escalation e = detail.row().escalation();
    Version version = review.articles().version(e.versionId()).orElseThrow();
    RunResult run = e.runId() == null ? null : review.evaluations().result(e.runId()).orElse(null);
    RunResult baseline = baseline(review, e, version).orElse(null);
    Integer baselineVersion =
        baseline == null
            ? null
            : review
                .articles()
                .version(baseline.run().versionId())
                .map(Version::number)
                .orElse(null);
    int pending =
        (int)
            review.escalations().ofVersion(version.id()).stream()
                .filter(o -> o.status() == Escalation.Status.PENDING)
                .count();
    Approval approval =
        review.approvals().history(e.articleId()).stream()
            .filter(Approval::inForce)
            .findFirst()
            .orElse(null);
    int approvedNumber =
        approval == null
            ? 0
            : review.articles().version(approval.versionId()).map(Version::number).orElse(0);
    return Optional.of(
        new DeskData(
            detail,
            review.articles().find(e.articleId()).orElseThrow().revision(),
            List.of(version.body().strip().split("\\n\\s*\\n")),
            ScoreRow.of(run, baseline),
            baselineVersion,
            pending,
            approval,
            approvedNumber));
  }

  /// What the run is held against: the run that a regression names; else the latest of the approved
  /// version; else the latest of the version before.
  private static Optional<RunResult> baseline(Review review, Escalation e, Version version) {
    JsonNode named = e.details().path("baseline_run");
    if (named.isString()) {
      return review.evaluations().result(UUID.fromString(named.asString()));
    }
    Optional<UUID> approved =
        review.approvals().history(e.articleId()).stream()
            .findFirst()
            .map(Approval::versionId)
            .filter(v -> !v.equals(version.id()));
    Optional<UUID> before =
        version.number() <= 1
            ? Optional.empty()
            : review.articles().version(e.articleId(), version.number() - 1).map(Version::id);
    return approved
        .or(() -> before)
        .flatMap(id ->
            review.evaluations().ofVersion(id).stream()
                .filter(r -> r.run().status() == EvaluationRun.Status.COMPLETED)
                .findFirst());
  }

  /// Which of the parts are of this kind.
  List<ScoreRow> scores(RunPart.Kind kind) {
    return scores.stream().filter(s -> s.kind() == kind).toList();
  }
}
