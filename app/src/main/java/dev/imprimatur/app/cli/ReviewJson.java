package dev.imprimatur.app.cli;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Approval;
import dev.imprimatur.engine.review.Approvals;
import dev.imprimatur.engine.review.Article;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.HardStop;
import dev.imprimatur.engine.review.Hunks;
import dev.imprimatur.engine.review.RewriteCycle;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.Rewrites;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Version;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The review family as JSON: snake case, numbers as numbers, times in UTC.
final class ReviewJson {
  private ReviewJson() {}

  static ObjectNode article(Article a) {
    return Json.object()
        .put("id", a.id().toString())
        .put("title", a.title())
        .put("source", a.sourceKey())
        .put("latest_version", a.latestVersion())
        .put("revision", a.revision())
        .put("created_at", a.createdAt().toString());
  }

  static ObjectNode version(Version v) {
    return Json.object()
        .put("id", v.id().toString())
        .put("article", v.articleId().toString())
        .put("number", v.number())
        .put("title", v.title())
        .put("media_type", v.mediaType().code())
        .put("content_hash", v.contentHash())
        .put("origin", Code.of(v.origin()))
        .put("suggestion", text(v.suggestionId()))
        .put("path", v.path())
        .put("created_by", v.createdBy())
        .put("created_at", v.createdAt().toString());
  }

  /// What `evaluate` shows of a run.
  static ObjectNode run(RunResult result) {
    EvaluationRun run = result.run();
    ObjectNode node =
        Json.object().put("id", run.id().toString()).put("status", Code.of(run.status()));
    node.set("detectors", parts(result, RunPart.Kind.DETECTOR, "name"));
    node.set("aeo", parts(result, RunPart.Kind.AEO, "intent"));
    return node.put("ai_detector_avg", number(run.aiDetectorAvg()))
        .put("aeo_avg", number(run.aeoAvg()));
  }

  /// A run with all that is stored of it.
  static ObjectNode runWhole(RunResult result) {
    EvaluationRun run = result.run();
    ObjectNode node =
        run(result)
            .put("requested_by", run.requestedBy())
            .put("started_at", run.startedAt().toString())
            .put("finished_at", text(run.finishedAt()))
            .put("forced", run.forced());
    node.set("providers", run.providers());
    node.set("missing", Json.of(result.missing()));
    node.set("hard_stops", hardStops(result.hardStops()));
    return node;
  }

  private static ArrayNode parts(RunResult result, RunPart.Kind kind, String name) {
    ArrayNode array = Json.array();
    for (RunPart part : result.parts()) {
      if (part.kind() == kind) {
        ObjectNode node =
            array.addObject().put(name, part.name()).put("score", number(part.score()));
        if (part.score() == null) {
          node.put("note", part.note() == null ? Code.of(part.status()) : part.note());
        }
      }
    }
    return array;
  }

  static ArrayNode hardStops(List<HardStop> stops) {
    ArrayNode array = Json.array();
    for (HardStop stop : stops) {
      ObjectNode node = array.addObject().put("reason", Code.of(stop.reason()));
      node.set("details", stop.details());
      node.put("overridden_by", text(stop.overriddenBy()));
    }
    return array;
  }

  /// What `evaluate` shows of escalations.
  static ArrayNode escalations(List<Escalation> escalations) {
    ArrayNode array = Json.array();
    for (Escalation e : escalations) {
      array
          .addObject()
          .put("id", e.id().toString())
          .put("reason", Code.of(e.reason()))
          .put("status", Code.of(e.status()));
    }
    return array;
  }

  static ObjectNode escalation(Escalations.Detail detail) {
    Escalation.Row row = detail.row();
    Escalation e = row.escalation();
    ObjectNode node =
        Json.object()
            .put("id", e.id().toString())
            .put("article", e.articleId().toString())
            .put("title", row.articleTitle())
            .put("version", row.versionNumber())
            .put("version_id", e.versionId().toString())
            .put("reason", Code.of(e.reason()))
            .put("status", Code.of(e.status()))
            .put("run", text(e.runId()))
            .put("ai_detector_avg", number(row.aiDetectorAvg()))
            .put("aeo_avg", number(row.aeoAvg()));
    node.set("details", e.details());
    node.put("raised_at", e.raisedAt().toString())
        .put("claimed_by", detail.claimHolder())
        .put("claim_expires_at", detail.claimHolder() == null ? null : text(e.claimExpiresAt()))
        .put("snoozed_until", text(e.snoozedUntil()))
        .put("revision", e.revision());
    Escalation.Resolution resolution = e.resolution();
    if (resolution == null) {
      node.putNull("resolution");
    } else {
      node.putObject("resolution")
          .put("decision", Code.of(resolution.outcome()))
          .put("reason", resolution.reason())
          .put("by", resolution.by())
          .put("at", resolution.at().toString());
    }
    ArrayNode comments = node.putArray("comments");
    detail
        .comments()
        .forEach(c ->
            comments
                .addObject()
                .put("text", c.text())
                .put("by", c.by())
                .put("at", c.at().toString()));
    return node;
  }

  static ObjectNode cycle(RewriteCycle c) {
    return Json.object()
        .put("id", c.id().toString())
        .put("article", c.articleId().toString())
        .put("version_id", c.versionId().toString())
        .put("number", c.number())
        .put("status", Code.of(c.status()))
        .put("provider", c.provider())
        .put("model", c.model())
        .put("requested_by", c.requestedBy())
        .put("started_at", c.startedAt().toString())
        .put("finished_at", text(c.finishedAt()))
        .put("error", c.error());
  }

  static ObjectNode suggestion(RewriteSuggestion s) {
    ObjectNode node =
        Json.object()
            .put("id", s.id().toString())
            .put("cycle", s.cycleId().toString())
            .put("article", s.articleId().toString())
            .put("version_id", s.versionId().toString())
            .put("status", Code.of(s.status()))
            .put("title", s.title())
            .put("revision", s.revision())
            .put("created_at", s.createdAt().toString());
    RewriteSuggestion.Choice choice = s.decision();
    if (choice == null) {
      node.putNull("decision");
    } else {
      node.putObject("decision")
          .put("by", choice.by())
          .put("at", choice.at().toString())
          .put("reason", choice.reason())
          .put("hunks", choice.hunks());
    }
    return node;
  }

  static ObjectNode suggestion(Rewrites.Detail detail) {
    ObjectNode node = suggestion(detail.suggestion());
    node.put("base_version", detail.base().number()).put("moved_on", detail.movedOn());
    ArrayNode hunks = node.putArray("hunks");
    for (Hunks.Hunk hunk : detail.hunks()) {
      ObjectNode one = hunks.addObject().put("number", hunk.number()).put("line", hunk.line());
      one.set("before", Json.of(hunk.before()));
      one.set("after", Json.of(hunk.after()));
    }
    node.set("changes", detail.suggestion().changes());
    return node;
  }

  static ObjectNode standing(Approvals.Standing standing) {
    ObjectNode node =
        Json.object()
            .put("article", standing.article().id().toString())
            .put("title", standing.article().title())
            .put("article_revision", standing.article().revision())
            .put("version", standing.version().number())
            .put("in_force", standing.approval().inForce());
    node.set("approval", approval(standing.approval()));
    node.set("stale", Json.of(standing.stale()));
    return node;
  }

  static ObjectNode approval(Approval a) {
    ObjectNode node =
        Json.object()
            .put("id", a.id().toString())
            .put("version_id", a.versionId().toString())
            .put("content_hash", a.contentHash())
            .put("note", a.note());
    var runs = node.putArray("runs");
    a.runs().forEach(run -> runs.add(run.toString()));
    node.put("by", a.by()).put("at", a.at().toString());
    Approval.Revocation revocation = a.revocation();
    if (revocation == null) {
      node.putNull("revocation");
    } else {
      node.putObject("revocation")
          .put("reason", revocation.reason())
          .put("by", revocation.by())
          .put("at", revocation.at().toString());
    }
    return node;
  }

  /// A score without the zeros that only a database needs.
  static @Nullable BigDecimal number(@Nullable BigDecimal value) {
    if (value == null) {
      return null;
    }
    BigDecimal bare = value.stripTrailingZeros();
    return bare.scale() < 0 ? bare.setScale(0) : bare;
  }

  static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
