package dev.imprimatur.fxml.stuck;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchInspection;
import dev.imprimatur.engine.assessment.BatchText;
import dev.imprimatur.engine.assessment.StuckBatches.Row;
import dev.imprimatur.engine.assessment.Verdict;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.list.Mark;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Batches in words and figures.
final class StuckWords {
  private static final int NAMED = 12;

  private final Texts texts;

  StuckWords(Texts texts) {
    this.texts = texts;
  }

  /// How long, in the two figures that matter.
  String time(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 60) {
      return texts.get("stuck.time.seconds", seconds);
    }
    if (seconds < 3600) {
      return texts.get("stuck.time.minutes", seconds / 60);
    }
    return seconds < 86_400
        ? two("stuck.time.hours", seconds / 3600, "stuck.time.minutes", seconds / 60 % 60)
        : two("stuck.time.days", seconds / 86_400, "stuck.time.hours", seconds / 3600 % 24);
  }

  private String two(String large, long some, String small, long more) {
    String whole = texts.get(large, some);
    return more == 0 ? whole : texts.get("stuck.time.both", whole, texts.get(small, more));
  }

  /// How it ended, or how it stands.
  String stands(Batch batch, DecisionWords times) {
    Batch.Ended ended = batch.progress().ended();
    return ended == null
        ? state(batch)
        : texts.get(
            "stuck.ended",
            state(batch),
            texts.code("stuck.door", Code.of(ended.by())),
            times.exactTime(ended.at()));
  }

  String state(Batch batch) {
    return texts.code("stuck.state", Code.of(batch.state()));
  }

  /// Whether it moves, in a word.
  Mark mark(Batch batch, boolean stuck) {
    return switch (batch.state()) {
      case COMPLETED -> new Mark(texts.get("stuck.mark.ranked"), Mark.Tone.GOOD);
      case FAILED -> new Mark(texts.get("stuck.mark.failed"), Mark.Tone.BAD, true);
      case CANCELLED -> new Mark(texts.get("stuck.mark.cancelled"), Mark.Tone.PLAIN);
      case INITIALIZING, GENERATING_PAIRS, WAITING_CALLBACKS, SCORING ->
          stuck
              ? new Mark(texts.get("stuck.mark.stuck"), Mark.Tone.WARN, true)
              : new Mark(texts.get("stuck.mark.moving"), Mark.Tone.PLAIN);
    };
  }

  Mark mark(Row row) {
    return mark(row.batch(), row.stuck());
  }

  String answers(Batch batch) {
    return texts.get(
        "stuck.answers", batch.counts().completed(), batch.terms().total(), batch.percent());
  }

  /// A decision and why, in one line.
  String verdict(@Nullable Verdict verdict) {
    return verdict == null
        ? texts.get("stuck.none")
        : texts.get(
            "stuck.verdict",
            texts.code("stuck.next", Code.of(verdict.next())),
            texts.code("stuck.reason", Code.of(verdict.reason())));
  }

  String decision(Batch batch) {
    Batch.Decided decided = batch.progress().decided();
    return verdict(decided == null ? null : decided.verdict());
  }

  String reliability(@Nullable Double value) {
    if (value == null) {
      return texts.get("stuck.none");
    }
    // What is below 0 says no more than that there is none.
    return value < 0
        ? texts.get("stuck.reliability.none")
        : texts.get("stuck.reliability.value", value);
  }

  /// Whether answers connect all texts, and which are cut off from most.
  String graph(List<List<BatchText.Head>> parts) {
    if (parts.size() <= 1) {
      return texts.get("stuck.connected");
    }
    String cut =
        parts.stream()
            .skip(1)
            .limit(NAMED)
            .map(part ->
                part.stream()
                    .limit(NAMED)
                    .map(text -> texts.get("stuck.quoted", text.label()))
                    .collect(Collectors.joining(", ")))
            .collect(Collectors.joining("; "));
    int left = Math.max(0, parts.size() - 1 - NAMED);
    return texts.get("stuck.parts", parts.size(), cut, left);
  }

  /// Which jobs are to carry it on.
  String jobs(BatchInspection seen) {
    if (seen.jobs().isEmpty()) {
      boolean waits =
          seen.batch().terms().judging() != Batch.Judging.LOCAL
              && seen.batch().state() == Batch.State.WAITING_CALLBACKS;
      return waits
          ? texts.code("stuck.jobs.waits", Code.of(seen.batch().terms().judging()))
          : texts.get(seen.batch().terminal() ? "stuck.jobs.ended" : "stuck.jobs.none");
    }
    Map<String, Integer> kinds = new TreeMap<>();
    for (Job job : seen.jobs()) {
      kinds.merge(
          texts.get("stuck.job", job.kind(), texts.code("stuck.job", Code.of(job.status()))),
          1,
          Integer::sum);
    }
    return kinds.entrySet().stream()
        .map(
            e -> e.getValue() == 1 ? e.getKey() : texts.get("stuck.jobs", e.getValue(), e.getKey()))
        .collect(Collectors.joining(", "));
  }
}
