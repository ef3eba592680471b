package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.store.Transaction;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Does the work of one kind of job.
public interface JobHandler {
  /// The kind it serves, such as `review.detect`.
  String kind();

  /// Refuses a payload that no attempt could ever work on.
  ///
  /// @throws InvalidJob naming the field and the value
  default void check(JsonNode payload) {}

  /// Why a job of this kind that ended without success can't be retried, and what to do instead;
  /// empty where it can.
  default Optional<String> insteadOfRetry() {
    return Optional.empty();
  }

  /// Does the slow part, outside any transaction.
  ///
  /// @return what to change in the transaction that completes the job
  /// @throws Exception for a failed attempt; [PermanentFailure] where no other attempt would help
  Effect run(JobRun run) throws Exception;

  /// Runs in the transaction in which the job ends without success: its attempts are spent, or it
  /// was cancelled.
  ///
  /// @param diagnostics why, such as `{"error":"stuck_job_timeout", …}`
  default void exhausted(Transaction tx, Job job, JsonNode diagnostics) {}
}
