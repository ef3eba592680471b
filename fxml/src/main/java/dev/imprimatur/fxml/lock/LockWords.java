package dev.imprimatur.fxml.lock;

import dev.imprimatur.engine.lock.LockFigures;
import dev.imprimatur.engine.lock.LockLease;
import dev.imprimatur.engine.lock.LockStatistics;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.view.Texts;
import java.time.Duration;

/// Leases and figures in words.
final class LockWords {
  private final Texts texts;

  LockWords(Texts texts) {
    this.texts = texts;
  }

  /// How long something lasts, in the two figures that matter.
  String time(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 60) {
      return texts.get("locks.time.seconds", seconds);
    }
    return seconds < 3600
        ? texts.get("locks.time.minutes", seconds / 60, seconds % 60)
        : texts.get("locks.time.hours", seconds / 3600, seconds / 60 % 60);
  }

  /// What is left of a lease.
  ///
  /// @param since how long ago it was read
  String left(LockLease lease, Duration since) {
    Duration left = lease.left().minus(since);
    return left.isNegative() ? texts.get("locks.over", time(left.negated())) : time(left);
  }

  String state(LockLease lease) {
    return texts.code("locks.state", Code.of(lease.state()));
  }

  String millis(double millis) {
    return millis < 10
        ? texts.get("locks.millis.exact", millis)
        : texts.get("locks.millis", Math.round(millis));
  }

  /// A count and its share.
  String share(long count, double percent) {
    return count == 0 ? "0" : texts.get("locks.share", count, percent);
  }

  String alert(LockStatistics.Alert alert) {
    LockFigures figures = alert.figures();
    return texts.get(
        "locks.alert",
        figures.type(),
        figures.timedOut(),
        figures.tries(),
        figures.timeoutPercent(),
        alert.limitPercent());
  }

  /// A square of the heatmap, in full.
  String cell(LockStatistics.Cell cell, String hour) {
    LockFigures f = cell.figures();
    return texts.get(
        "locks.cell",
        f.type(),
        hour,
        f.contended(),
        f.tries(),
        f.timedOut(),
        millis(f.p95Millis()));
  }
}
