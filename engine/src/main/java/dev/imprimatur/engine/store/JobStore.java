package dev.imprimatur.engine.store;

import dev.imprimatur.engine.queue.Enqueued;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.Job.Claim;
import dev.imprimatur.engine.queue.JobCount;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobQuery;
import dev.imprimatur.engine.queue.JobRow;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The queue's table. Every change of a running job is fenced: it names the claim and touches
/// nothing if that is no longer the one in force. No call changes a job that has ended.
public interface JobStore {
  /// Writes jobs, in one round trip for any number. The answers stand in the order of the jobs.
  List<Enqueued> enqueue(List<NewJob> jobs);

  /// Claims due jobs by priority, then due time, then insertion order, passing over what others
  /// hold.
  ///
  /// @param kinds the kinds to claim
  /// @param workspaces only these; empty for all
  List<Job> claim(
      String workerId, Collection<String> kinds, Collection<String> workspaces, int limit);

  /// The same, beginning behind a job that was claimed a moment ago: who knows that nothing has
  /// come in before it since spares the database a look at all that was claimed meanwhile. A hint;
  /// a store may begin at the beginning.
  default List<Job> claimBehind(
      Job last,
      String workerId,
      Collection<String> kinds,
      Collection<String> workspaces,
      int limit) {
    return claim(workerId, kinds, workspaces, limit);
  }

  /// What [#claim] would return, changing nothing.
  List<Job> due(Collection<String> kinds, Collection<String> workspaces, int limit);

  /// How long until the next pending job of these kinds becomes due, by the database's clock;
  /// negative if one is due already.
  Optional<Duration> untilNextDue(Collection<String> kinds, Collection<String> workspaces);

  /// Confirms that the worker lives.
  ///
  /// @return the claims still in force, each with whether cancellation was asked for
  Map<Claim, Boolean> heartbeat(String workerId, Collection<Claim> claims);

  /// Stores how far a job has come.
  void progress(Claim claim, double fraction, String text);

  /// Ends jobs with success, in one round trip.
  ///
  /// @param results the result of each claim, or null
  /// @return the claims that were in force; the others changed nothing
  Set<Claim> complete(Map<Claim, Optional<JsonNode>> results);

  /// Ends jobs with success in one round trip, each in a transaction of its own; in
  /// [UnitOfWork#inOneStatement] only.
  ///
  /// @return as [#complete]; empty where that can't be done: each is to be completed by itself
  default Optional<Set<Claim>> completeEach(Map<Claim, Optional<JsonNode>> results) {
    return Optional.empty();
  }

  /// Locks the row of a running job for the one that holds it.
  ///
  /// @return the job as it stands, if the claim is in force
  Optional<Job> lockClaim(Claim claim);

  /// Puts a failed attempt back to be tried again.
  ///
  /// @return whether the claim was in force
  boolean retryLater(Claim claim, String error, Duration delay);

  /// Ends a job without success.
  ///
  /// @param status FAILED or CANCELLED
  /// @return whether the claim was in force
  boolean abandon(Claim claim, JobStatus status, String error, @Nullable JsonNode diagnostics);

  /// Puts a claim back unfinished; it uses up no attempt.
  ///
  /// @param why for people, or null
  /// @return whether the claim was in force
  boolean handBack(Claim claim, Duration delay, @Nullable String why);

  /// Running jobs of these kinds without a heartbeat for longer than the threshold, oldest first,
  /// not locked.
  ///
  /// @param skip so many of the oldest are left out
  List<JobKey> stale(Collection<String> kinds, Duration threshold, int skip, int limit);

  /// Locks one stale job, unless another holds its row or it is stale no more.
  Optional<Job> lockStale(JobKey key, Duration threshold);

  /// Ends a pending job.
  ///
  /// @return whether it was pending
  boolean cancelPending(JobKey key);

  /// Asks a running job to stop.
  ///
  /// @return whether it was running
  boolean requestCancel(JobKey key);

  /// Which of these client request ids stand on a job that has not ended, in any workspace.
  Set<String> open(Collection<String> clientRequestIds);

  /// Deletes jobs that ended before this time.
  ///
  /// @return how many
  int prune(Instant before, int limit);

  /// One job.
  Optional<Job> find(JobKey key);

  /// One job, its row locked.
  Optional<Job> lock(JobKey key);

  /// The job that was enqueued under this key.
  Optional<JobKey> findByClientRequest(String workspace, String clientRequestId);

  /// Jobs whose id begins so, at most 10.
  List<Job> findByIdPrefix(String prefix);

  /// Jobs, newest first.
  ///
  /// @param status only these, or null for all
  /// @param kind only these, or null for all
  /// @param workspace only these, or null for all
  List<Job> list(
      @Nullable JobStatus status, @Nullable String kind, @Nullable String workspace, int limit);

  /// How many jobs there are of each status.
  Map<JobStatus, Long> countByStatus();

  /// How many jobs have not ended.
  long countOpen();

  /// The keys of all jobs that match, in order.
  ///
  /// @param tooLong how long a running job may go without a heartbeat, or without coming forward
  List<JobKey> order(JobQuery query, Instant now, Duration tooLong);

  /// What a list shows of these jobs; those that are no longer there are missing.
  Map<JobKey, JobRow> rows(Collection<JobKey> keys, Instant now, Duration tooLong);

  /// How many jobs there are, by kind and status, in order; what there is none of is missing.
  List<JobCount> countByKind();

  /// The workspaces that have jobs, in order.
  List<String> workspaces();

  /// Why a job ended without success, where it did.
  Optional<JsonNode> diagnostics(JobKey key);

  /// Adds one to a named counter.
  void increment(String counter);

  /// The named counters.
  Map<String, Long> counters();
}
