package dev.imprimatur.app.cli;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.lock.LockFigures;
import dev.imprimatur.engine.lock.LockLease;
import dev.imprimatur.engine.lock.LockStatistics;
import dev.imprimatur.engine.review.Code;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// Locks and their figures, as JSON and as tables.
final class LocksJson {
  private LocksJson() {}

  static ObjectNode held(List<LockLease> held) {
    ObjectNode node = Json.object();
    var array = node.putArray("locks");
    for (LockLease l : held) {
      array
          .addObject()
          .put("name", l.name())
          .put("type", l.type())
          .put("state", Code.of(l.state()))
          .put("holder", l.holder())
          .put("process", l.process())
          .put("token", l.token())
          .put("acquired_at", l.acquiredAt().toString())
          .put("expires_at", l.expiresAt().toString())
          .put("age_ms", l.age().toMillis())
          .put("left_ms", l.left().toMillis())
          .put("waiting", l.waiting());
    }
    return node;
  }

  static Table table(List<LockLease> held) {
    var table =
        new Table(
            "lock",
            "state",
            "holder",
            "process",
            "since",
            ">held for",
            ">lease left",
            ">token",
            ">waiting");
    for (LockLease l : held) {
      table.row(
          l.name(),
          Code.of(l.state()),
          l.holder(),
          l.process(),
          ReviewText.time(l.acquiredAt()),
          seconds(l.age()),
          seconds(l.left()),
          l.token(),
          l.waiting());
    }
    return table;
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  static ObjectNode statistics(LockStatistics statistics) {
    ObjectNode node = Json.object().put("hours", statistics.hours());
    var types = node.putArray("types");
    statistics.types().forEach(f -> types.add(figures(f)));
    var alerts = node.putArray("alerts");
    statistics
        .alerts()
        .forEach(a -> alerts.add(figures(a.figures()).put("limit_percent", a.limitPercent())));
    var hours = node.putArray("by_hour");
    statistics
        .byHour()
        .forEach(c ->
            hours.add(
                figures(c.figures())
                    .put(
                        "hour",
                        statistics.now().minus(Duration.ofHours(23L - c.column())).toString())));
    return node;
  }

  private static ObjectNode figures(LockFigures f) {
    return Json.object()
        .put("type", f.type())
        .put("tries", f.tries())
        .put("contended", f.contended())
        .put("timed_out", f.timedOut())
        .put("timeout_percent", rounded(f.timeoutPercent()))
        .put("average_ms", rounded(f.averageMillis()))
        .put("p95_ms", rounded(f.p95Millis()))
        .put("p99_ms", rounded(f.p99Millis()));
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  static String text(LockStatistics statistics, int columns) {
    if (statistics.types().isEmpty() && statistics.alerts().isEmpty()) {
      return "No lock was asked for in the last " + statistics.hours() + " hours.\n";
    }
    var table =
        new Table(
            "type",
            ">waits",
            ">found held",
            ">timed out",
            ">timed out %",
            ">average ms",
            ">95 % ms",
            ">99 % ms");
    for (LockFigures f : statistics.types()) {
      table.row(
          f.type(),
          f.tries(),
          f.contended(),
          f.timedOut(),
          f.timeoutPercent(),
          f.averageMillis(),
          f.p95Millis(),
          f.p99Millis());
    }
    var text = new StringBuilder(table.text(columns));
    for (LockStatistics.Alert a : statistics.alerts()) {
      text.append(
          String.format(
              Locale.ROOT,
              "ALERT: %s timed out %d of %d times in this hour and the one before (%.1f %%; the limit is %.1f %%)."
                  + " Look who holds it for long: imprimatur locks.%n",
              a.figures().type(),
              a.figures().timedOut(),
              a.figures().tries(),
              a.figures().timeoutPercent(),
              a.limitPercent()));
    }
    return text.toString();
  }
}
