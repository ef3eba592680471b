package dev.imprimatur.engine.memory;

import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A job on its way from one state to the next.
final class JobRow {
  private final Job job;
  JobStatus status;
  Instant runAt;
  int attempts;
  int handedBack;
  @Nullable Instant startedAt;
  @Nullable Instant finishedAt;
  @Nullable String lockedBy;
  @Nullable Instant heartbeatAt;
  @Nullable Instant progressAt;
  double progress;
  @Nullable String progressText;
  boolean cancelRequested;
  @Nullable JsonNode result;
  @Nullable String lastError;

  /// What is changed.
  @FunctionalInterface
  interface Edit {
    void change(JobRow row);
  }

  private JobRow(Job job) {
    this.job = job;
    status = job.status();
    runAt = job.runAt();
    attempts = job.attempts();
    handedBack = job.handedBack();
    startedAt = job.startedAt();
    finishedAt = job.finishedAt();
    lockedBy = job.lockedBy();
    heartbeatAt = job.heartbeatAt();
    progressAt = job.progressAt();
    progress = job.progress();
    progressText = job.progressText();
    cancelRequested = job.cancelRequested();
    result = job.result();
    lastError = job.lastError();
  }

  static Job of(JobKey key, long sequence, NewJob job, String actor, Instant now) {
    return new Job(
        key,
        sequence,
        job.kind(),
        job.payload(),
        JobStatus.PENDING,
        job.priority(),
        now.plus(job.delay()),
        0,
        0,
        job.maxAttempts(),
        actor,
        job.clientRequestId(),
        now,
        null,
        null,
        null,
        null,
        null,
        0,
        null,
        false,
        null,
        null,
        job.retryOf());
  }

  static Job edit(Job job, Edit edit) {
    var row = new JobRow(job);
    edit.change(row);
    return row.done();
  }

  void end(JobStatus how, Instant now) {
    status = how;
    finishedAt = now;
  }

  private Job done() {
    return new Job(
        job.key(),
        job.sequence(),
        job.kind(),
        job.payload(),
        status,
        job.priority(),
        runAt,
        attempts,
        handedBack,
        job.maxAttempts(),
        job.actorId(),
        job.clientRequestId(),
        job.enqueuedAt(),
        startedAt,
        finishedAt,
        lockedBy,
        heartbeatAt,
        progressAt,
        progress,
        progressText,
        cancelRequested,
        result,
        lastError,
        job.retryOf());
  }
}
