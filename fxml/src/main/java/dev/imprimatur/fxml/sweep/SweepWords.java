package dev.imprimatur.fxml.sweep;

import dev.imprimatur.engine.sweep.SweepRun;
import dev.imprimatur.engine.sweep.SweepStatus;
import dev.imprimatur.fxml.view.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Sweeps and their ticks in words and figures.
final class SweepWords {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM, HH:mm:ss", Locale.ENGLISH);
  static final String NONE = "–";

  private final Texts texts;
  private final ZoneId zone;

  SweepWords(Texts texts, ZoneId zone) {
    this.texts = texts;
    this.zone = zone;
  }

  String state(SweepStatus s) {
    return texts.code("sweeps.state", s.state().code());
  }

  /// To the second: sweeps run often.
  String time(@Nullable Instant at) {
    return at == null ? NONE : TIME.format(at.atZone(zone));
  }

  String took(@Nullable SweepRun run) {
    if (run == null || run.ended() == null) {
      return NONE;
    }
    long ms = Duration.between(run.started(), run.ended()).toMillis();
    return ms < 10_000 ? texts.get("sweeps.took.ms", ms) : texts.get("sweeps.took.s", ms / 1000);
  }

  static String number(@Nullable Long n) {
    return n == null ? NONE : String.format(Locale.ENGLISH, "%,d", n);
  }

  /// When it is due next, or why it is not.
  String due(SweepStatus s) {
    return switch (s.state()) {
      case RUNNING -> texts.get("sweeps.due.running");
      case REQUESTED -> texts.get("sweeps.due.requested");
      case PAUSED -> texts.get("sweeps.due.paused");
      case FAILING, WAITING -> s.due() == null ? texts.get("sweeps.due.never") : time(s.due());
    };
  }

  /// The last error with its time, where there is one.
  String error(SweepStatus s) {
    SweepRun failed = s.failed();
    return failed == null || failed.error() == null
        ? ""
        : texts.get("sweeps.error", time(failed.started()), failed.error());
  }

  /// The last error alone.
  static String briefError(SweepStatus s) {
    SweepRun failed = s.failed();
    return failed == null || failed.error() == null ? "" : failed.error();
  }

  String came(SweepRun run) {
    if (run.ended() == null) {
      return texts.get("sweeps.came.running");
    }
    if (run.error() != null) {
      return texts.get("sweeps.came.failed", run.error());
    }
    String note = run.note() == null ? "" : run.note();
    if (!note.isEmpty()) {
      return note;
    }
    return run.found() != null && run.found() == 0 ? texts.get("sweeps.came.nothing") : "";
  }

  /// As it is typed, such as `90s` or `5m`.
  static String duration(Duration d) {
    long s = d.toSeconds();
    return s % 86_400 == 0
        ? s / 86_400 + "d"
        : s % 3600 == 0 ? s / 3600 + "h" : s % 60 == 0 ? s / 60 + "m" : s + "s";
  }
}
