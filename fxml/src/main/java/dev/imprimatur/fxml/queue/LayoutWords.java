package dev.imprimatur.fxml.queue;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.queue.QueueLayouts;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.store.QueueLayoutStore.Counts;
import dev.imprimatur.engine.sweep.SweepStatus;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The queue's layout in words.
final class LayoutWords {
  private final Texts texts;
  private final DecisionWords words;

  LayoutWords(Texts texts, DecisionWords words) {
    this.texts = texts;
    this.words = words;
  }

  /// Why a step is refused. What the engine says names commands; here it is what the window has.
  String why(Refusal refusal, QueueLayout wanted) {
    if (!refusal.code().equals("layouts_differ")) {
      return refused(refusal);
    }
    boolean on = wanted == QueueLayout.WORKSPACE;
    long missing = number(refusal, on ? "only_old" : "only_new");
    long differing = number(refusal, "differing");
    String left =
        missing == 0
            ? ""
            : texts.get(on ? "gate.layout.missing.on" : "gate.layout.missing.back", missing);
    String other = differing == 0 ? "" : texts.get("gate.layout.differing", differing);
    return (left + " " + other).strip();
  }

  private static long number(Refusal refusal, String fact) {
    return refusal.facts().get(fact) instanceof Number n ? n.longValue() : 0;
  }

  String refused(Refusal refusal) {
    return words.of(new Decision.Refused<>(refusal), "", "").headline() + " " + refusal.unblock();
  }

  /// How far copying has come.
  String progress(Counts counts) {
    long all = counts.both() + counts.onlyOld();
    return counts.onlyOld() == 0
        ? texts.get("layout.copied.all", all)
        : texts.get("layout.copied", counts.both(), all, counts.onlyOld());
  }

  /// How many jobs differ, and in which columns those that are listed do, the most frequent first.
  String differing(QueueLayouts.Report report) {
    Map<String, Integer> columns = new TreeMap<>();
    report.differences().forEach(d -> d.columns().forEach(c -> columns.merge(c, 1, Integer::sum)));
    long jobs = report.counts().differing();
    return columns.isEmpty()
        ? texts.get("layout.jobs", jobs)
        : texts.get(
            "layout.differing",
            jobs,
            columns.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .map(e -> texts.get("layout.column.count", e.getKey(), e.getValue()))
                .collect(Collectors.joining(" · ")));
  }

  /// What the sweep that copies is doing.
  String sweep(@Nullable SweepStatus backfill) {
    if (backfill == null) {
      return texts.get("gate.layout.no-worker");
    }
    return switch (backfill.state()) {
      case RUNNING, REQUESTED, PAUSED -> texts.code("layout.sweep", Code.of(backfill.state()));
      case FAILING ->
          texts.get(
              "layout.sweep.failing",
              backfill.last() == null ? "" : String.valueOf(backfill.last().error()));
      case WAITING ->
          backfill.last() == null
              ? texts.get("layout.sweep.never")
              : texts.get(
                  "layout.sweep.waiting",
                  backfill.interval().toSeconds(),
                  words.exactTime(backfill.last().started()));
    };
  }
}
