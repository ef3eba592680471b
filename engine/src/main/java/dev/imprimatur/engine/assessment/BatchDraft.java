package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.Batch.Counts;
import dev.imprimatur.engine.assessment.Batch.Decided;
import dev.imprimatur.engine.assessment.Batch.Ended;
import dev.imprimatur.engine.assessment.Batch.Progress;
import dev.imprimatur.engine.assessment.Batch.State;
import dev.imprimatur.engine.assessment.Batch.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A batch that is about to change, while its row is locked.
final class BatchDraft {
  private final Batch before;
  private Status status;
  private State state;
  private Counts counts;
  private int completedAtRequest;
  private int rerequests;
  private int fence;
  private Instant lastActivity;
  private long revision;
  private @Nullable Decided decided;
  private @Nullable JsonNode diagnostics;
  private @Nullable Double reliability;
  private @Nullable Ended ended;

  BatchDraft(Batch before) {
    Progress p = before.progress();
    this.before = before;
    this.status = p.status();
    this.state = p.state();
    this.counts = p.counts();
    this.completedAtRequest = p.completedAtRequest();
    this.rerequests = p.rerequests();
    this.fence = p.fence();
    this.lastActivity = p.lastActivity();
    this.revision = p.revision();
    this.decided = p.decided();
    this.diagnostics = p.diagnostics();
    this.reliability = p.reliability();
    this.ended = p.ended();
  }

  BatchDraft to(Status newStatus, State newState) {
    status = newStatus;
    state = newState;
    return this;
  }

  BatchDraft counts(Counts now) {
    counts = now;
    return this;
  }

  /// Something moved.
  BatchDraft active(Instant now) {
    lastActivity = now;
    return this;
  }

  BatchDraft decided(Verdict verdict, Door by, Instant now) {
    decided = new Decided(verdict, by, now);
    return this;
  }

  /// Pairs are asked for.
  BatchDraft requested() {
    completedAtRequest = counts.completed();
    return this;
  }

  BatchDraft rerequested() {
    rerequests++;
    return this;
  }

  /// A decision or a state that people see.
  BatchDraft revised() {
    revision++;
    return this;
  }

  /// Scorings begun before store nothing.
  BatchDraft fenced() {
    fence++;
    return this;
  }

  BatchDraft diagnostics(@Nullable JsonNode why) {
    diagnostics = why;
    return this;
  }

  BatchDraft reliability(@Nullable Double ssr) {
    reliability = ssr;
    return this;
  }

  BatchDraft ended(Door by, boolean human, Instant now) {
    ended = new Ended(by, human, now);
    return this;
  }

  Batch made() {
    return new Batch(
        before.id(),
        before.terms(),
        new Progress(
            status,
            state,
            counts,
            completedAtRequest,
            rerequests,
            fence,
            lastActivity,
            revision,
            decided,
            diagnostics,
            reliability,
            ended),
        before.createdBy(),
        before.createdAt());
  }
}
