package dev.imprimatur.engine.assessment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A batch of texts that are ranked by comparison.
///
/// @param terms what was asked for; never changes
/// @param progress how far it has come
public record Batch(UUID id, Terms terms, Progress progress, String createdBy, Instant createdAt) {

  /// The coarse status; those that begin with COMPLETE or ERROR are final.
  public enum Status {
    PENDING,
    FETCHING_CONTENT,
    PERFORMING_COMPARISONS,
    COMPLETE_STABLE,
    COMPLETE_MAX_COMPARISONS,
    COMPLETE_INSUFFICIENT_ESSAYS,
    ERROR_PROCESSING,
    ERROR_ESSAY_PROCESSING
  }

  /// The fine state.
  public enum State {
    INITIALIZING,
    GENERATING_PAIRS,
    WAITING_CALLBACKS,
    SCORING,
    COMPLETED,
    FAILED,
    CANCELLED
  }

  /// Who judges.
  public enum Judging {
    /// Jobs of ours, by the texts' local scores: no network is needed.
    LOCAL,
    /// Judges outside, who call back.
    EXTERNAL,
    /// People, in the console.
    HUMAN
  }

  /// What was asked for.
  ///
  /// @param clientRequestId a repeat under the same key finds this batch; null for none
  /// @param texts how many texts there are, from 1
  /// @param total how many comparisons there may be
  /// @param threshold percent of `total`, 1 to 100
  public record Terms(
      String workspaceId,
      String name,
      @Nullable String clientRequestId,
      Judging judging,
      int texts,
      int total,
      int threshold) {}

  /// How many comparisons there are of each kind.
  ///
  /// @param completed have an answer that counts
  /// @param failed have none, and won't
  public record Counts(int sent, int completed, int failed) {
    /// How many answers are still to come.
    public int outstanding() {
      return sent - completed - failed;
    }
  }

  /// A decision on how to go on, as it is stored.
  public record Decided(Verdict verdict, Door by, Instant at) {}

  /// How it ended.
  ///
  /// @param human whether a person ended it
  public record Ended(Door by, boolean human, Instant at) {}

  /// How far a batch has come.
  ///
  /// @param completedAtRequest how many were completed when pairs were last asked for
  /// @param rerequests how often the monitor asked again for what is outstanding
  /// @param fence the number of the scoring that is under way or was last
  /// @param lastActivity when anything moved last, by the database's clock
  /// @param revision rises with every decision and state, not with every answer
  /// @param decided how it was last decided to go on, and why; null before the first
  /// @param diagnostics why it failed, or null
  /// @param reliability scale separation reliability of the ranking, if it has one
  public record Progress(
      Status status,
      State state,
      Counts counts,
      int completedAtRequest,
      int rerequests,
      int fence,
      Instant lastActivity,
      long revision,
      @Nullable Decided decided,
      @Nullable JsonNode diagnostics,
      @Nullable Double reliability,
      @Nullable Ended ended) {}

  /// Whether it has ended.
  public boolean terminal() {
    return progress.ended() != null;
  }

  /// The fine state.
  public State state() {
    return progress.state();
  }

  /// The counts.
  public Counts counts() {
    return progress.counts();
  }

  /// Percent of the budget that is answered, rounded down; 100 where there is nothing to compare.
  public int percent() {
    return terms.total() == 0 ? 100 : (int) (100L * counts().completed() / terms.total());
  }

  /// What the continuation is decided on.
  ///
  /// @param stable whether the last re-estimates agree
  public BatchFacts facts(boolean stable) {
    Counts c = counts();
    return new BatchFacts(
        terms.texts(),
        terms.total(),
        terms.threshold(),
        c.sent(),
        c.completed(),
        c.failed(),
        progress.completedAtRequest(),
        stable);
  }

  /// The beginning of a change.
  BatchDraft change() {
    return new BatchDraft(this);
  }
}
