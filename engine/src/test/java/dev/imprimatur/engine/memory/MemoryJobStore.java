package dev.imprimatur.engine.memory;

import dev.imprimatur.engine.queue.Enqueued;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.Job.Claim;
import dev.imprimatur.engine.queue.JobCount;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobQuery;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.store.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The queue over memory.
public class MemoryJobStore implements JobStore {
  private static final Comparator<Job> CLAIM_ORDER =
      Comparator.comparingInt(Job::priority)
          .reversed()
          .thenComparing(Job::runAt)
          .thenComparingLong(Job::sequence);

  protected final MemoryTransaction tx;
  private final MemoryDatabase db;

  public MemoryJobStore(MemoryTransaction tx) {
    this.tx = tx;
    this.db = tx.database();
  }

  /// Whether a claim is the one in force.
  protected boolean inForce(Job job, Claim claim) {
    return job.status() == JobStatus.RUNNING && job.attempts() == claim.attempt();
  }

  /// Whether a job's worker has not been heard of.
  protected boolean isStale(Job job, Duration threshold) {
    return job.status() == JobStatus.RUNNING
        && Objects.requireNonNull(job.heartbeatAt()).isBefore(tx.now().minus(threshold));
  }

  @Override
  public List<Enqueued> enqueue(List<NewJob> jobs) {
    tx.statement();
    List<Enqueued> result = new ArrayList<>();
    for (NewJob job : jobs) {
      var key = new JobKey(job.workspaceId(), tx.newId());
      String request = job.clientRequestId();
      if (request != null && !enter(job.workspaceId(), request, key)) {
        result.add(
            new Enqueued(findByClientRequest(job.workspaceId(), request).orElseThrow(), true));
      } else {
        db.jobs.insert(tx, key, JobRow.of(key, db.nextSequence(), job, tx.actor().id(), tx.now()));
        result.add(new Enqueued(key, false));
      }
    }
    return result;
  }

  /// Writes a client request id, which may be there once.
  protected boolean enter(String workspace, String request, JobKey key) {
    return db.requests.insert(tx, List.of(workspace, request), key);
  }

  @Override
  public Optional<JobKey> findByClientRequest(String workspace, String clientRequestId) {
    return Optional.ofNullable(db.requests.see(tx, List.of(workspace, clientRequestId)));
  }

  @Override
  public List<Job> claim(
      String workerId, Collection<String> kinds, Collection<String> workspaces, int limit) {
    List<Job> claimed = new ArrayList<>();
    for (Job job : due(kinds, workspaces, Integer.MAX_VALUE)) {
      if (claimed.size() >= limit) {
        break;
      }
      Instant now = tx.now();
      take(job.key())
          .ifPresent(held -> {
            write(
                job.key(),
                row -> {
                  row.status = JobStatus.RUNNING;
                  row.attempts++;
                  row.lockedBy = workerId;
                  row.startedAt = now;
                  row.heartbeatAt = now;
                  row.progressAt = now;
                  row.progress = 0;
                  row.progressText = null;
                  row.cancelRequested = false;
                });
            claimed.add(find(job.key()).orElseThrow());
          });
    }
    return claimed;
  }

  /// Locks a job that is to be claimed, unless another holds it or was quicker.
  protected Optional<Job> take(JobKey key) {
    return db.jobs.lockUnlessHeld(tx, key, job -> job.status() == JobStatus.PENDING);
  }

  @Override
  public List<Job> due(Collection<String> kinds, Collection<String> workspaces, int limit) {
    tx.statement();
    Instant now = tx.now();
    return pending(kinds, workspaces)
        .filter(job -> !job.runAt().isAfter(now))
        .sorted(CLAIM_ORDER)
        .limit(limit)
        .toList();
  }

  private Stream<Job> pending(Collection<String> kinds, Collection<String> workspaces) {
    return db.jobs.all(tx).stream()
        .filter(job -> job.status() == JobStatus.PENDING && kinds.contains(job.kind()))
        .filter(job -> workspaces.isEmpty() || workspaces.contains(job.key().workspaceId()));
  }

  @Override
  public Optional<Duration> untilNextDue(Collection<String> kinds, Collection<String> workspaces) {
    tx.statement();
    return pending(kinds, workspaces)
        .map(Job::runAt)
        .min(Comparator.naturalOrder())
        .map(next -> Duration.between(tx.now(), next));
  }

  @Override
  public Map<Claim, Boolean> heartbeat(String workerId, Collection<Claim> claims) {
    tx.statement();
    Instant now = tx.now();
    for (Claim claim : claims) {
      if (db.jobs.lockUnlessHeld(tx, claim.key(), job -> inForce(job, claim)).isPresent()) {
        write(claim.key(), row -> row.heartbeatAt = now);
      }
    }
    Map<Claim, Boolean> alive = new HashMap<>();
    for (Claim claim : claims) {
      find(claim.key())
          .filter(job -> inForce(job, claim))
          .ifPresent(job -> alive.put(claim, job.cancelRequested()));
    }
    return alive;
  }

  @Override
  public void progress(Claim claim, double fraction, String text) {
    fenced(
        claim,
        row -> {
          row.progress = fraction;
          row.progressText = text.length() <= 1000 ? text : text.substring(0, 1000);
          row.progressAt = tx.now();
        });
  }

  @Override
  public Set<Claim> complete(Map<Claim, Optional<JsonNode>> results) {
    Set<Claim> marked = new HashSet<>();
    results.keySet().stream()
        .sorted(Comparator.comparing((Claim c) -> c.key().id()))
        .forEach(claim -> {
          boolean done =
              fenced(
                  claim,
                  row -> {
                    row.end(JobStatus.COMPLETED, tx.now());
                    row.progress = 1;
                    row.result = results.getOrDefault(claim, Optional.empty()).orElse(null);
                  });
          if (done) {
            marked.add(claim);
          }
        });
    return marked;
  }

  @Override
  public Optional<Job> lockClaim(Claim claim) {
    tx.statement();
    return db.jobs.lock(tx, claim.key(), job -> inForce(job, claim));
  }

  @Override
  public boolean retryLater(Claim claim, String error, Duration delay) {
    return fenced(
        claim,
        row -> {
          row.status = JobStatus.PENDING;
          row.runAt = tx.now().plus(delay);
          row.lastError = error;
        });
  }

  @Override
  public boolean abandon(
      Claim claim, JobStatus status, String error, @Nullable JsonNode diagnostics) {
    return fenced(
        claim,
        row -> {
          row.end(status, tx.now());
          row.lastError = error;
        });
  }

  @Override
  public boolean handBack(Claim claim, Duration delay, @Nullable String why) {
    return fenced(
        claim,
        row -> {
          row.status = JobStatus.PENDING;
          row.runAt = tx.now().plus(delay);
          row.handedBack++;
          row.lockedBy = null;
          row.heartbeatAt = null;
          row.lastError = why;
        });
  }

  @Override
  public List<JobKey> stale(Collection<String> kinds, Duration threshold, int skip, int limit) {
    tx.statement();
    Instant latest = tx.now().minus(threshold);
    return db.jobs.all(tx).stream()
        .filter(job -> job.status() == JobStatus.RUNNING && kinds.contains(job.kind()))
        .filter(job -> Objects.requireNonNull(job.heartbeatAt()).isBefore(latest))
        .sorted(
            Comparator.comparing((Job job) -> Objects.requireNonNull(job.heartbeatAt()))
                .thenComparingLong(Job::sequence))
        .skip(skip)
        .limit(limit)
        .map(Job::key)
        .toList();
  }

  @Override
  public Optional<Job> lockStale(JobKey key, Duration threshold) {
    tx.statement();
    return db.jobs.lockUnlessHeld(tx, key, job -> isStale(job, threshold));
  }

  @Override
  public boolean cancelPending(JobKey key) {
    tx.statement();
    return db.jobs.update(
        tx,
        key,
        job -> job.status() == JobStatus.PENDING,
        job ->
            JobRow.edit(
                job,
                row -> {
                  row.end(JobStatus.CANCELLED, tx.now());
                  row.lastError = "cancelled on request";
                }));
  }

  @Override
  public boolean requestCancel(JobKey key) {
    tx.statement();
    return db.jobs.update(
        tx,
        key,
        job -> job.status() == JobStatus.RUNNING,
        job -> JobRow.edit(job, row -> row.cancelRequested = true));
  }

  private boolean fenced(Claim claim, JobRow.Edit edit) {
    tx.statement();
    return db.jobs.update(
        tx, claim.key(), job -> inForce(job, claim), job -> JobRow.edit(job, edit));
  }

  private void write(JobKey key, JobRow.Edit edit) {
    db.jobs.update(tx, key, job -> true, job -> JobRow.edit(job, edit));
  }

  @Override
  public Optional<Job> find(JobKey key) {
    return Optional.ofNullable(db.jobs.see(tx, key));
  }

  @Override
  public Optional<Job> lock(JobKey key) {
    tx.statement();
    return db.jobs.lock(tx, key, job -> true);
  }

  @Override
  public List<Job> findByIdPrefix(String prefix) {
    return db.jobs.all(tx).stream()
        .filter(job -> job.key().id().toString().startsWith(prefix))
        .limit(10)
        .toList();
  }

  @Override
  public List<Job> list(
      @Nullable JobStatus status, @Nullable String kind, @Nullable String workspace, int limit) {
    return db.jobs.all(tx).stream()
        .filter(job -> status == null || job.status() == status)
        .filter(job -> kind == null || job.kind().equals(kind))
        .filter(job -> workspace == null || job.key().workspaceId().equals(workspace))
        .sorted(Comparator.comparingLong(Job::sequence).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public Map<JobStatus, Long> countByStatus() {
    Map<JobStatus, Long> counts = new EnumMap<>(JobStatus.class);
    for (JobStatus status : JobStatus.values()) {
      counts.put(status, db.jobs.all(tx).stream().filter(j -> j.status() == status).count());
    }
    return counts;
  }

  @Override
  public long countOpen() {
    return db.jobs.all(tx).stream().filter(job -> !job.status().terminal()).count();
  }

  @Override
  public void increment(String counter) {
    tx.statement();
    db.counters.insert(tx, counter, new MemoryDatabase.Counter(counter, 0));
    tx.statement();
    db.counters.update(
        tx,
        counter,
        count -> true,
        count -> new MemoryDatabase.Counter(counter, count.value() + 1));
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> named = new TreeMap<>();
    db.counters.all(tx).forEach(counter -> named.put(counter.name(), counter.value()));
    return named;
  }

  @Override
  public Set<String> open(Collection<String> clientRequestIds) {
    throw notHere();
  }

  @Override
  public int prune(Instant before, int limit) {
    throw notHere();
  }

  @Override
  public List<JobKey> order(JobQuery query, Instant now, Duration tooLong) {
    throw notHere();
  }

  @Override
  public Map<JobKey, dev.imprimatur.engine.queue.JobRow> rows(
      Collection<JobKey> keys, Instant now, Duration tooLong) {
    throw notHere();
  }

  @Override
  public List<JobCount> countByKind() {
    throw notHere();
  }

  @Override
  public List<String> workspaces() {
    throw notHere();
  }

  @Override
  public Optional<JsonNode> diagnostics(JobKey key) {
    throw notHere();
  }

  private static UnsupportedOperationException notHere() {
    return new UnsupportedOperationException(
        "the database in memory has no lists and keeps house for nobody");
  }
}
