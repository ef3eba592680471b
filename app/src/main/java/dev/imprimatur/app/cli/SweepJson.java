package dev.imprimatur.app.cli;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.sweep.SweepRun;
import dev.imprimatur.engine.sweep.SweepStatus;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Sweeps and their ticks, as JSON and as tables.
final class SweepJson {
  private SweepJson() {}

  static ObjectNode status(SweepStatus s) {
    ObjectNode node =
        Json.object()
            .put("name", s.name())
            .put("state", s.state().code())
            .put("interval_ms", s.interval().toMillis())
            .put("default_interval_ms", s.defaultInterval().toMillis())
            .put("paused", s.paused())
            .put("requested_by", s.requestedBy())
            .put("revision", s.revision())
            .put("due_at", ReviewJson.text(s.due()));
    node.set("last", s.last() == null ? null : run(s.last()));
    node.set("last_failed", s.failed() == null ? null : run(s.failed()));
    return node;
  }

  static ObjectNode run(SweepRun r) {
    return Json.object()
        .put("tick", r.tick().toString())
        .put("worker", r.worker())
        .put("requested", r.requested())
        .put("started_at", r.started().toString())
        .put("ended_at", ReviewJson.text(r.ended()))
        .put("found", r.found())
        .put("done", r.done())
        .put("note", r.note())
        .put("error", r.error());
  }

  static Table table(List<SweepStatus> all) {
    var table =
        new Table(
            "sweep",
            ">interval",
            "state",
            "last start",
            ">took",
            ">found",
            ">done",
            "next due",
            "last error");
    for (SweepStatus s : all) {
      SweepRun last = s.last();
      table.row(
          s.name(),
          duration(s.interval()),
          s.state().code(),
          ReviewText.time(last == null ? null : last.started()),
          took(last),
          ReviewText.orDash(last == null ? null : last.found()),
          ReviewText.orDash(last == null ? null : last.done()),
          ReviewText.time(s.due()),
          ReviewText.orDash(s.failed() == null ? null : s.failed().error()));
    }
    return table;
  }

  static Table history(List<SweepRun> runs) {
    var table =
        new Table("tick", "started", ">took", ">found", ">done", "worker", "what came of it");
    for (SweepRun r : runs) {
      String error = r.error();
      String note = r.note() == null || r.note().isEmpty() ? "-" : r.note();
      table.row(
          r.tick(),
          ReviewText.time(r.started()),
          took(r),
          ReviewText.orDash(r.found()),
          ReviewText.orDash(r.done()),
          r.worker(),
          r.ended() == null ? "is running" : error == null ? note : "failed: " + error);
    }
    return table;
  }

  private static String took(@Nullable SweepRun run) {
    return run == null || run.ended() == null
        ? "-"
        : Duration.between(run.started(), run.ended()).toMillis() + " ms";
  }

  /// As it may be typed, such as `90s` or `5m`.
  static String duration(Duration d) {
    long ms = d.toMillis();
    if (ms % 1000 != 0) {
      return ms + "ms";
    }
    long s = ms / 1000;
    return s % 86_400 == 0
        ? s / 86_400 + "d"
        : s % 3600 == 0 ? s / 3600 + "h" : s % 60 == 0 ? s / 60 + "m" : s + "s";
  }
}
