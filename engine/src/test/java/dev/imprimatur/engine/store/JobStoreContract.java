package dev.imprimatur.engine.store;

import static dev.imprimatur.engine.store.Elsewhere.elsewhere;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Enqueued;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.Job.Claim;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the queue's table must do, whichever database it stands in. The one in memory passes it as
/// H2 and PostgreSQL do: else schedules tried over it would prove nothing.
public abstract class JobStoreContract {
  private static final String KIND = "diagnostic.noop";
  private static final Duration LEASE = Duration.ofMinutes(10);

  /// Automation's transactions on a database of its own.
  protected abstract UnitOfWork database();

  /// Lets time pass for the database.
  protected abstract void pass(Duration time);

  /// Whether two transactions may have written at a time; else the second waits for the first.
  protected boolean writersOverlap() {
    return true;
  }

  @Test
  void aRequestIdFindsTheJobThatExists() {
    Enqueued first = enqueue(job().withClientRequestId("x"));
    Enqueued second = enqueue(job().withPriority(7).withClientRequestId("x"));
    assertThat(first.duplicate()).isFalse();
    assertThat(second).isEqualTo(new Enqueued(first.key(), true));
    assertThat(enqueue(NewJob.of("other", KIND, Json.object()).withClientRequestId("x")))
        .matches(e -> !e.duplicate());
    assertThat(find(first.key()).priority()).isZero();
  }

  @Test
  void whatIsRolledBackWasNeverThere() {
    assertThatThrownBy(() ->
            database()
                .run(tx -> {
                  tx.jobs().enqueue(List.of(job().withClientRequestId("x")));
                  tx.jobs().increment("c");
                  throw new IllegalStateException("rolled back");
                }))
        .hasMessage("rolled back");
    assertThat(enqueue(job().withClientRequestId("x")).duplicate()).isFalse();
    assertThat(database().<Map<String, Long>>inTransaction(tx -> tx.jobs().counters())).isEmpty();
  }

  @Test
  void claimsGoByPriorityThenDueTimeThenOrder() {
    JobKey later = enqueue(job().withDelay(Duration.ofMinutes(1))).key();
    JobKey first = enqueue(job()).key();
    JobKey second = enqueue(job()).key();
    JobKey urgent = enqueue(job().withPriority(5)).key();
    assertThat(
            database().<List<Job>>inTransaction(tx -> tx.jobs().due(Set.of(KIND), List.of(), 10)))
        .extracting(Job::key)
        .containsExactly(urgent, first, second);
    assertThat(claim("w", 2)).extracting(Job::key).containsExactly(urgent, first);
    pass(Duration.ofMinutes(2));
    // Due for longer: the second was enqueued due, the other became so.
    assertThat(claim("w", 9)).extracting(Job::key).containsExactly(second, later);
    assertThat(claim("w", 9)).isEmpty();
  }

  @Test
  void onlyTheKindsAndWorkspacesAskedForAreClaimed() {
    JobKey here = enqueue(job()).key();
    enqueue(NewJob.of("other", KIND, Json.object()));
    enqueue(NewJob.of("w", "diagnostic.count", Json.object().put("counter", "c")));
    List<Job> claimed =
        database().inTransaction(tx -> tx.jobs().claim("me", Set.of(KIND), List.of("w"), 10));
    assertThat(claimed).extracting(Job::key).containsExactly(here);
    assertThat(
            database()
                .<List<Job>>inTransaction(tx -> tx.jobs().claim("me", Set.of(), List.of(), 10)))
        .isEmpty();
  }

  @Test
  void aClaimCountsAnAttemptAndNamesItsHolder() {
    JobKey key = enqueue(job()).key();
    Job job = claim("me", 1).getFirst();
    assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
    assertThat(job.attempts()).isEqualTo(1);
    assertThat(job.lockedBy()).isEqualTo("me");
    assertThat(job.heartbeatAt()).isNotNull();
    assertThat(find(key)).isEqualTo(job);
  }

  @Test
  void whatAnotherTransactionHoldsIsPassedOver() {
    assumeThat(writersOverlap()).isTrue();
    JobKey held = enqueue(job()).key();
    JobKey free = enqueue(job()).key();
    database()
        .run(tx -> {
          assertThat(tx.jobs().lock(held)).isPresent();
          assertThat(elsewhere(() -> claim("me", 10))).extracting(Job::key).containsExactly(free);
        });
  }

  @Test
  void anUncommittedChangeIsSeenByNobodyElse() {
    JobKey key = enqueue(job()).key();
    Job job = claim("me", 1).getFirst();
    database()
        .run(tx -> {
          assertThat(tx.jobs().complete(Map.of(job.claim(), Optional.empty()))).hasSize(1);
          assertThat(tx.jobs().find(key).orElseThrow().status()).isEqualTo(JobStatus.COMPLETED);
          assertThat(elsewhere(() -> find(key).status())).isEqualTo(JobStatus.RUNNING);
        });
    assertThat(find(key).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void aClaimThatIsNoLongerInForceChangesNothing() {
    JobKey key = enqueue(job()).key();
    Claim old = claim("old", 1).getFirst().claim();
    pass(LEASE.multipliedBy(2));
    assertThat(release(key)).isTrue();
    Job now = claim("new", 1).getFirst();
    assertThat(now.attempts()).isEqualTo(2);
    database()
        .run(tx -> {
          assertThat(tx.jobs().lockClaim(old)).isEmpty();
          assertThat(tx.jobs().complete(Map.of(old, Optional.empty()))).isEmpty();
          assertThat(tx.jobs().retryLater(old, "late", Duration.ZERO)).isFalse();
          assertThat(tx.jobs().handBack(old, Duration.ZERO, null)).isFalse();
          assertThat(tx.jobs().abandon(old, JobStatus.FAILED, "late", null)).isFalse();
          assertThat(tx.jobs().heartbeat("old", List.of(old))).isEmpty();
          tx.jobs().progress(old, 0.5, "late");
        });
    assertThat(find(key)).isEqualTo(now);
  }

  @Test
  void whatHasEndedStaysAsItIs() {
    JobKey key = enqueue(job()).key();
    Claim claim = claim("me", 1).getFirst().claim();
    database().run(tx -> tx.jobs().abandon(claim, JobStatus.FAILED, "over", null));
    Job ended = find(key);
    assertThat(ended.finishedAt()).isNotNull();
    database()
        .run(tx -> {
          assertThat(tx.jobs().complete(Map.of(claim, Optional.empty()))).isEmpty();
          assertThat(tx.jobs().retryLater(claim, "again", Duration.ZERO)).isFalse();
          assertThat(tx.jobs().cancelPending(key)).isFalse();
          assertThat(tx.jobs().requestCancel(key)).isFalse();
        });
    pass(LEASE.multipliedBy(2));
    assertThat(release(key)).isFalse();
    assertThat(find(key)).isEqualTo(ended);
  }

  @Test
  void onlyWhatHasNotBeenHeardOfIsStale() {
    JobKey key = enqueue(job()).key();
    Claim claim = claim("me", 1).getFirst().claim();
    pass(LEASE.multipliedBy(2));
    assertThat(stale()).containsExactly(key);
    Map<Claim, Boolean> alive =
        database().inTransaction(tx -> tx.jobs().heartbeat("me", List.of(claim)));
    assertThat(alive).containsExactly(Map.entry(claim, false));
    assertThat(stale()).isEmpty();
    assertThat(release(key)).isFalse();
  }

  @Test
  void aHeartbeatWaitsForNobody() {
    enqueue(job());
    enqueue(job());
    assumeThat(writersOverlap()).isTrue();
    List<Job> jobs = claim("me", 2);
    List<Claim> claims = jobs.stream().map(Job::claim).toList();
    pass(Duration.ofMinutes(1));
    database()
        .run(tx -> {
          tx.jobs().lock(jobs.getFirst().key());
          assertThat(
                  elsewhere(() ->
                      database()
                          .<Map<Claim, Boolean>>inTransaction(
                              other -> other.jobs().heartbeat("me", claims))))
              .containsOnlyKeys(claims);
        });
    assertThat(find(jobs.getLast().key()).heartbeatAt())
        .isAfter(find(jobs.getFirst().key()).heartbeatAt());
  }

  @Test
  void aHandBackUsesUpNoAttemptAndARetryDoes() {
    JobKey key = enqueue(job().withMaxAttempts(1)).key();
    Claim first = claim("me", 1).getFirst().claim();
    assertThat(
            database()
                .<Boolean>inTransaction(tx -> tx.jobs().handBack(first, Duration.ZERO, "why")))
        .isTrue();
    assertThat(find(key).lockedBy()).isNull();
    Job second = claim("me", 1).getFirst();
    assertThat(second.attempts()).isEqualTo(2);
    assertThat(second.handedBack()).isEqualTo(1);
    assertThat(second.lastAttempt()).isTrue();
    database().run(tx -> tx.jobs().retryLater(second.claim(), "no", Duration.ofMinutes(1)));
    assertThat(claim("me", 1)).isEmpty();
    assertThat(find(key).lastError()).isEqualTo("no");
    pass(Duration.ofMinutes(2));
    assertThat(claim("me", 1)).hasSize(1);
  }

  @Test
  void aRequestToCancelIsToldWithTheHeartbeat() {
    JobKey key = enqueue(job()).key();
    assertThat(database().<Boolean>inTransaction(tx -> tx.jobs().requestCancel(key))).isFalse();
    Claim claim = claim("me", 1).getFirst().claim();
    assertThat(database().<Boolean>inTransaction(tx -> tx.jobs().cancelPending(key))).isFalse();
    assertThat(database().<Boolean>inTransaction(tx -> tx.jobs().requestCancel(key))).isTrue();
    assertThat(
            database()
                .<Map<Claim, Boolean>>inTransaction(
                    tx -> tx.jobs().heartbeat("me", List.of(claim))))
        .containsExactly(Map.entry(claim, true));
  }

  @Test
  void countsGoByStatusAndByName() {
    enqueue(job());
    enqueue(job());
    claim("me", 1);
    database().run(tx -> tx.jobs().increment("c"));
    database().run(tx -> tx.jobs().increment("c"));
    assertThat(database().<Map<JobStatus, Long>>inTransaction(tx -> tx.jobs().countByStatus()))
        .containsEntry(JobStatus.PENDING, 1L)
        .containsEntry(JobStatus.RUNNING, 1L);
    assertThat(database().<Long>inTransaction(tx -> tx.jobs().countOpen())).isEqualTo(2);
    assertThat(database().<Map<String, Long>>inTransaction(tx -> tx.jobs().counters()))
        .containsExactly(Map.entry("c", 2L));
  }

  private static NewJob job() {
    return NewJob.of("w", KIND, Json.object());
  }

  private Enqueued enqueue(NewJob job) {
    return database().inTransaction(tx -> tx.jobs().enqueue(List.of(job))).getFirst();
  }

  private List<Job> claim(String worker, int limit) {
    return database().inTransaction(tx -> tx.jobs().claim(worker, Set.of(KIND), List.of(), limit));
  }

  private Job find(JobKey key) {
    return database().inTransaction(tx -> tx.jobs().find(key)).orElseThrow();
  }

  private List<JobKey> stale() {
    return database().inTransaction(tx -> tx.jobs().stale(Set.of(KIND), LEASE, 0, 10));
  }

  private boolean release(JobKey key) {
    return database()
        .inTransaction(tx ->
            tx.jobs()
                .lockStale(key, LEASE)
                .map(job -> tx.jobs().retryLater(job.claim(), "stale", Duration.ZERO))
                .orElse(false));
  }
}
