package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.decision.Decision;
import java.util.List;
import java.util.Map;

/// Doing the same to many jobs: what it would come to, and what it came to.
public final class JobBulk {
  private JobBulk() {}

  /// What is done.
  public enum Action {
    RETRY,
    CANCEL
  }

  /// What doing it would come to. The selection is frozen: these jobs and no others, whatever the
  /// list shows later; each is looked at again when its turn comes.
  ///
  /// @param chosen all that were selected
  /// @param eligible those of them with which it can be done now
  /// @param left how many are left as they are, by why: `job_ended`, `not_failed`, `not_retryable`
  ///   or `not_found`
  public record Preview(
      Action action, List<JobKey> chosen, List<JobKey> eligible, Map<String, Integer> left) {}

  /// What became of one.
  ///
  /// @param decision what it came to; of a retry, the new job
  public record Item(JobKey key, Decision<Job> decision) {}
}
