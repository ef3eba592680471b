package dev.imprimatur.fxml.queue;

import dev.imprimatur.engine.queue.JobHealth;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.list.Mark;
import dev.imprimatur.fxml.view.Texts;

/// How a job does, in a word or two.
final class JobMarks {
  private JobMarks() {}

  static Mark of(JobStatus status, JobHealth health, boolean cancelRequested, Texts texts) {
    return switch (health) {
      case HUNG, SILENT ->
          new Mark(texts.code("queue.health", Code.of(health)), Mark.Tone.BAD, true);
      case WORKING, AT_REST ->
          cancelRequested && status == JobStatus.RUNNING
              ? new Mark(texts.get("queue.stopping"), Mark.Tone.WARN)
              : of(status, texts);
    };
  }

  static Mark of(JobStatus status, Texts texts) {
    String text = texts.code("queue.status", Code.of(status));
    return switch (status) {
      case PENDING, CANCELLED -> new Mark(text, Mark.Tone.PLAIN);
      case RUNNING -> new Mark(text, Mark.Tone.WARN);
      case COMPLETED -> new Mark(text, Mark.Tone.GOOD);
      case FAILED -> new Mark(text, Mark.Tone.BAD, true);
    };
  }
}
