package dev.imprimatur.app.cli;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Approval;
import dev.imprimatur.engine.review.Approvals;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.engine.review.Hunks;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.Rewrites;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.RunResult;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// The review family in words, for people at a terminal.
final class ReviewText {
  private ReviewText() {}

  static String score(@Nullable BigDecimal value) {
    return value == null ? "-" : value.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  static String time(@Nullable Instant at) {
    return at == null ? "-" : at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String orDash(@Nullable Object value) {
    return value == null ? "-" : value.toString();
  }

  static String escalation(Escalations.Detail detail) {
    Escalation.Row row = detail.row();
    Escalation e = row.escalation();
    var text = new StringBuilder();
    field(text, "escalation", e.id());
    field(text, "article", e.articleId() + "  " + row.articleTitle());
    field(text, "version", row.versionNumber() + "  " + e.versionId());
    field(text, "reason", Code.of(e.reason()));
    field(text, "details", Json.write(e.details()));
    field(
        text, "scores", "detectors " + score(row.aiDetectorAvg()) + ", AEO " + score(row.aeoAvg()));
    field(text, "raised", time(e.raisedAt()));
    field(text, "status", Code.of(e.status()));
    if (detail.claimHolder() != null) {
      field(text, "claimed", "by " + detail.claimHolder() + " until " + time(e.claimExpiresAt()));
    }
    if (e.snoozedUntil() != null) {
      field(text, "snoozed", "until " + time(e.snoozedUntil()));
    }
    Escalation.Resolution r = e.resolution();
    if (r != null) {
      field(
          text,
          "decision",
          Code.of(r.outcome()) + " by " + r.by() + " at " + time(r.at()) + ": " + r.reason());
    }
    detail
        .comments()
        .forEach(c -> field(text, "comment", c.by() + " at " + time(c.at()) + ": " + c.text()));
    field(text, "revision", e.revision());
    return text.toString();
  }

  static String suggestion(Rewrites.Detail detail) {
    RewriteSuggestion s = detail.suggestion();
    var text = new StringBuilder();
    field(text, "suggestion", s.id());
    field(text, "article", s.articleId() + "  " + detail.article().title());
    field(
        text,
        "made from",
        "version "
            + detail.base().number()
            + (detail.movedOn() ? ", and there is a newer one" : ""));
    field(text, "status", Code.of(s.status()));
    RewriteSuggestion.Choice choice = s.decision();
    if (choice != null) {
      field(
          text,
          "decided",
          "by "
              + choice.by()
              + " at "
              + time(choice.at())
              + (choice.hunks() == null ? "" : ", hunks " + choice.hunks())
              + (choice.reason() == null ? "" : ": " + choice.reason()));
    }
    field(text, "revision", s.revision());
    for (Hunks.Hunk hunk : detail.hunks()) {
      text.append("\nhunk ")
          .append(hunk.number())
          .append(", line ")
          .append(hunk.line())
          .append('\n');
      hunk.before().forEach(line -> text.append("- ").append(line).append('\n'));
      hunk.after().forEach(line -> text.append("+ ").append(line).append('\n'));
    }
    return text.toString();
  }

  static String standing(Approvals.Standing standing) {
    Approval a = standing.approval();
    var text = new StringBuilder();
    field(text, "article", standing.article().id() + "  " + standing.article().title());
    field(text, "version", standing.version().number() + "  " + standing.version().id());
    field(
        text,
        "approved",
        "by " + a.by() + " at " + time(a.at()) + (a.note() == null ? "" : ": " + a.note()));
    Approval.Revocation r = a.revocation();
    field(
        text,
        "in force",
        r == null ? "yes" : "no, revoked by " + r.by() + " at " + time(r.at()) + ": " + r.reason());
    standing.stale().forEach(s -> field(text, "stale", s));
    field(text, "revision", standing.article().revision());
    return text.toString();
  }

  static String run(RunResult result) {
    var text = new StringBuilder();
    text.append("run ")
        .append(Ids.brief(result.run().id()))
        .append(' ')
        .append(Code.of(result.run().status()))
        .append(", detectors ")
        .append(score(result.run().aiDetectorAvg()))
        .append(", AEO ")
        .append(score(result.run().aeoAvg()))
        .append('\n');
    for (RunPart part : result.parts()) {
      text.append("  ")
          .append(part.name())
          .append(": ")
          .append(
              part.score() == null
                  ? Code.of(part.status()) + " (" + orDash(part.note()) + ")"
                  : score(part.score()))
          .append('\n');
    }
    result
        .hardStops()
        .forEach(s ->
            text.append("  stop: ")
                .append(Code.of(s.reason()))
                .append(s.overriddenBy() == null ? "" : ", overridden by an approval")
                .append('\n'));
    return text.toString();
  }

  static void field(StringBuilder text, String name, Object value) {
    text.append(name)
        .append(" ".repeat(Math.max(1, 12 - name.length())))
        .append(value)
        .append('\n');
  }
}
