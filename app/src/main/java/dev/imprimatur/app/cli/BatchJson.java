package dev.imprimatur.app.cli;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchActions;
import dev.imprimatur.engine.assessment.BatchDetail;
import dev.imprimatur.engine.assessment.BatchText;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.GradingJson;
import dev.imprimatur.engine.assessment.Scale;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Code;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Batches as JSON and as tables.
final class BatchJson {
  private BatchJson() {}

  static ObjectNode batch(Batch batch) {
    Batch.Progress p = batch.progress();
    ObjectNode node =
        Json.object()
            .put("id", batch.id().toString())
            .put("name", batch.terms().name())
            .put("workspace_id", batch.terms().workspaceId())
            .put("client_request_id", batch.terms().clientRequestId())
            .put("status", p.status().name())
            .put("state", p.state().name())
            .put("judge", Code.of(batch.terms().judging()))
            .put("texts", batch.terms().texts())
            .put("budget", batch.terms().total())
            .put("threshold", batch.terms().threshold())
            .put("percent", batch.percent())
            .put("sent", p.counts().sent())
            .put("completed", p.counts().completed())
            .put("failed", p.counts().failed())
            .put("outstanding", p.counts().outstanding())
            .put("rerequests", p.rerequests())
            .put("revision", p.revision())
            .put("last_activity", p.lastActivity().toString());
    Batch.Decided decided = p.decided();
    if (decided == null) {
      node.putNull("decision");
    } else {
      node.putObject("decision")
          .put("next", decided.verdict().next().name())
          .put("reason", Code.of(decided.verdict().reason()))
          .put("by", Code.of(decided.by()))
          .put("at", decided.at().toString());
    }
    node.set("diagnostics", p.diagnostics());
    node.put("reliability", p.reliability())
        .put("created_by", batch.createdBy())
        .put("created_at", batch.createdAt().toString());
    Batch.Ended ended = p.ended();
    return node.put("ended_by", ended == null ? null : Code.of(ended.by()))
        .put("ended_at", ended == null ? null : ended.at().toString());
  }

  static ObjectNode detail(BatchDetail detail) {
    Map<UUID, String> labels = labels(detail);
    ObjectNode node = Json.object();
    node.set("batch", batch(detail.batch()));
    var texts = node.putArray("texts");
    for (BatchText.Head text : detail.texts()) {
      texts
          .addObject()
          .put("id", text.id().toString())
          .put("label", text.label())
          .put("version", text.versionId() == null ? null : text.versionId().toString())
          .put("grade", text.grade());
    }
    var results = node.putArray("results");
    for (Scale.Place place : detail.results()) {
      results
          .addObject()
          .put("rank", place.rank())
          .put("text", place.text().toString())
          .put("label", labels.get(place.text()))
          .put("score", place.score())
          .put("se", place.se())
          .put("comparisons", place.comparisons());
    }
    Map<UUID, BatchText.Head> heads = heads(detail);
    detail.grading().ifPresent(g -> node.set("grading", GradingJson.of(detail.grades(), g, heads)));
    var outstanding = node.putArray("outstanding");
    for (Comparison pair : detail.outstanding()) {
      outstanding
          .addObject()
          .put("correlation_id", pair.correlationId().toString())
          .put("number", pair.number())
          .put("first", labels.get(pair.first()))
          .put("second", labels.get(pair.second()))
          .put("first_text", pair.first().toString())
          .put("second_text", pair.second().toString())
          .put("judge", pair.judge())
          .put("requests", pair.requests())
          .put("sent_at", pair.sentAt().toString())
          .put("age_seconds", age(detail, pair).toSeconds());
    }
    return node.put("connected", detail.parts() == 1)
        .put("parts", detail.parts())
        .put("too_large_to_fit", detail.tooLarge())
        .put("reliability_now", detail.reliability())
        .put("reliability_if_completed", detail.reliabilityIfCompleted())
        .put("late_answers", late(detail))
        .put("credits_charged", detail.charged().orElse(null));
  }

  private static Map<UUID, BatchText.Head> heads(BatchDetail detail) {
    Map<UUID, BatchText.Head> heads = new HashMap<>();
    detail.texts().forEach(t -> heads.put(t.id(), t));
    return heads;
  }

  private static Map<UUID, String> labels(BatchDetail detail) {
    Map<UUID, String> labels = new HashMap<>();
    detail.texts().forEach(t -> labels.put(t.id(), t.label()));
    return labels;
  }

  private static Duration age(BatchDetail detail, Comparison pair) {
    return Duration.between(pair.sentAt(), detail.now());
  }

  private static long late(BatchDetail detail) {
    return detail.comparisons().stream()
        .map(Comparison::answered)
        .filter(a -> a != null && a.late())
        .count();
  }

  static ObjectNode preview(BatchActions.Preview preview) {
    ObjectNode node =
        Json.object()
            .put("outcome", "preview")
            .put("action", Code.of(preview.action()))
            .put("becomes", preview.becomes().name())
            .put("pairs", preview.pairs())
            .put("decision", preview.verdict().next().name())
            .put("decision_reason", Code.of(preview.verdict().reason()));
    node.set("batch", batch(preview.batch()));
    return node;
  }

  static String text(BatchActions.Preview preview) {
    Batch batch = preview.batch();
    return "Nothing was changed. Batch "
        + batch.id()
        + " at revision "
        + batch.progress().revision()
        + " would become "
        + preview.becomes()
        + (preview.pairs() == 0 ? "" : ", with " + preview.pairs() + " pairs asked for again")
        + ".\n";
  }

  static Table table(List<Batch> batches) {
    var table =
        new Table("id", "name", "status", "state", ">answers", ">%", "decision", "last activity");
    for (Batch batch : batches) {
      Batch.Decided decided = batch.progress().decided();
      table.row(
          Ids.brief(batch.id()),
          batch.terms().name(),
          batch.progress().status().name(),
          batch.state().name(),
          batch.counts().completed() + " of " + batch.terms().total(),
          batch.percent(),
          decided == null
              ? "-"
              : decided.verdict().next() + " (" + Code.of(decided.verdict().reason()) + ")",
          ReviewText.time(batch.progress().lastActivity()));
    }
    return table;
  }

  static String text(BatchDetail detail, int columns) {
    Batch batch = detail.batch();
    Batch.Counts counts = batch.counts();
    var text = new StringBuilder();
    line(text, "batch", batch.id() + " " + batch.terms().name());
    line(text, "status", batch.progress().status() + " (" + batch.state() + ")");
    line(
        text,
        "answers",
        counts.completed()
            + " of "
            + batch.terms().total()
            + " ("
            + batch.percent()
            + " %; enough at "
            + batch.terms().threshold()
            + " %), "
            + counts.failed()
            + " failed, "
            + counts.outstanding()
            + " outstanding, "
            + late(detail)
            + " late");
    Batch.Decided decided = batch.progress().decided();
    if (decided != null) {
      line(
          text,
          "decision",
          decided.verdict().next()
              + " because of "
              + Code.of(decided.verdict().reason())
              + ", by "
              + Code.of(decided.by())
              + " at "
              + ReviewText.time(decided.at()));
    }
    line(
        text,
        "connected",
        detail.parts() == 1 ? "yes" : "no: " + detail.parts() + " parts that nothing connects");
    line(
        text,
        "reliability",
        detail.tooLarge()
            ? "not reckoned, as it is large; --fit does it"
            : number(detail.reliability())
                + " now, "
                + number(detail.reliabilityIfCompleted())
                + " if what is outstanding were answered");
    line(text, "judge", Code.of(batch.terms().judging()));
    line(text, "revision", String.valueOf(batch.progress().revision()));
    line(text, "activity", ReviewText.time(batch.progress().lastActivity()));
    detail.charged().ifPresent(c -> line(text, "charged", c + " credits"));
    if (batch.progress().diagnostics() != null) {
      line(text, "diagnostics", Json.write(batch.progress().diagnostics()));
    }
    Map<UUID, String> labels = labels(detail);
    if (!detail.results().isEmpty()) {
      var table = new Table(">rank", "text", ">score", ">se", ">answers");
      detail
          .results()
          .forEach(p ->
              table.row(
                  p.rank(),
                  labels.getOrDefault(p.text(), ""),
                  number(p.score()),
                  number(p.se()),
                  p.comparisons()));
      text.append('\n').append(table.text(columns));
    }
    detail
        .grading()
        .ifPresent(
            g -> text.append('\n').append(BatchGrading.text(detail.grades(), g, detail, columns)));
    if (!batch.terminal() && !detail.outstanding().isEmpty()) {
      var table = new Table("correlation id", "first", "second", "judge", ">asked", ">age");
      detail
          .outstanding()
          .forEach(c ->
              table.row(
                  c.correlationId(),
                  labels.getOrDefault(c.first(), ""),
                  labels.getOrDefault(c.second(), ""),
                  c.judge(),
                  c.requests(),
                  age(detail, c).toSeconds() + " s"));
      text.append('\n').append(table.text(columns));
    }
    return text.toString();
  }

  private static String number(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name)
        .append(" ".repeat(Math.max(1, 13 - name.length())))
        .append(value)
        .append('\n');
  }
}
