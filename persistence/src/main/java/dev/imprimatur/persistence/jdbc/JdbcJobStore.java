package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.queue.Enqueued;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.Job.Claim;
import dev.imprimatur.engine.queue.JobCount;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobQuery;
import dev.imprimatur.engine.queue.JobRow;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.store.JobStore;
import dev.imprimatur.persistence.dialect.Dialect.ClaimRequest;
import dev.imprimatur.persistence.dialect.Dialect.JobSource;
import dev.imprimatur.persistence.dialect.Dialect.OpenJob;
import dev.imprimatur.persistence.dialect.Dialect.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The queue over JDBC.
final class JdbcJobStore implements JobStore {
  private final JdbcTransaction tx;
  private final Handle handle;
  private final JobQueries queries;
  private final JobLists lists;
  private final JobTable newer;
  private final JobTable older;
  private final JobCopies copies;
  private final JobClaims claims;

  JdbcJobStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
    this.queries = new JobQueries(handle);
    this.lists = new JobLists(handle, tx);
    this.newer = new JobTable(tx, JobSource.NEW);
    this.older = new JobTable(tx, JobSource.OLD);
    this.copies = new JobCopies(tx);
    this.claims = new JobClaims(tx, newer, older, copies);
  }

  @Override
  public List<Enqueued> enqueue(List<NewJob> jobs) {
    return new JobInserts(tx).enqueue(jobs);
  }

  @Override
  public Optional<JobKey> findByClientRequest(String workspace, String clientRequestId) {
    return queries.byClientRequest(workspace, clientRequestId);
  }

  @Override
  public List<Job> claim(
      String workerId, Collection<String> kinds, Collection<String> workspaces, int limit) {
    return claims.claim(new ClaimRequest(JobSource.NEW, workerId, kinds, workspaces, limit, null));
  }

  @Override
  public List<Job> claimBehind(
      Job last,
      String workerId,
      Collection<String> kinds,
      Collection<String> workspaces,
      int limit) {
    var behind = new Place(last.priority(), last.runAt(), last.sequence());
    return claims.claim(
        new ClaimRequest(JobSource.NEW, workerId, kinds, workspaces, limit, behind));
  }

  @Override
  public List<Job> due(Collection<String> kinds, Collection<String> workspaces, int limit) {
    return claims.due(kinds, workspaces, limit);
  }

  @Override
  public Optional<Duration> untilNextDue(Collection<String> kinds, Collection<String> workspaces) {
    return claims.untilNextDue(kinds, workspaces);
  }

  @Override
  public Map<Claim, Boolean> heartbeat(String workerId, Collection<Claim> claims) {
    if (claims.isEmpty()) {
      return Map.of();
    }
    // In one layout only: a heartbeat goes over into the other with the next change of status.
    Map<Claim, Boolean> inForce = new HashMap<>();
    for (JobTable table : List.of(newer, older, newer)) {
      List<Claim> rest = claims.stream().filter(claim -> !inForce.containsKey(claim)).toList();
      if (!rest.isEmpty() && writes(table)) {
        inForce.putAll(table.heartbeat(rest));
      }
    }
    if (inForce.size() < claims.size()) {
      tx.confirmLayout();
    }
    return inForce;
  }

  private boolean writes(JobTable table) {
    return tx.layout() != (table == newer ? QueueLayout.LEGACY : QueueLayout.WORKSPACE);
  }

  @Override
  public void progress(Claim claim, double fraction, String text) {
    changed(claim.key(), false, table -> table.progress(claim, fraction, text));
  }

  @Override
  public Optional<Job> lockClaim(Claim claim) {
    return locked(table -> table.lockClaim(claim));
  }

  /// Changes a job where it stands. The new layout is asked twice: between the two looks the
  /// backfill may have copied it.
  ///
  /// @param both whether the change is to stand in both layouts
  private boolean changed(JobKey key, boolean both, Predicate<JobTable> change) {
    for (JobTable table : List.of(newer, older, newer)) {
      if (writes(table) && change.test(table)) {
        if (both && table == newer && tx.layout() == QueueLayout.DUAL) {
          copies.update(List.of(key));
        }
        return true;
      }
      if (tx.layout() != QueueLayout.DUAL && table == older) {
        break;
      }
    }
    tx.confirmLayout();
    return false;
  }

  private Optional<Job> locked(Function<JobTable, Optional<Job>> lock) {
    for (JobTable table : List.of(newer, older, newer)) {
      Optional<Job> job = writes(table) ? lock.apply(table) : Optional.empty();
      if (job.isPresent()) {
        return job;
      }
      if (tx.layout() != QueueLayout.DUAL && table == older) {
        break;
      }
    }
    tx.confirmLayout();
    return Optional.empty();
  }

  @Override
  public Set<Claim> complete(Map<Claim, Optional<JsonNode>> results) {
    return among(results.keySet(), end(ending(results), JobStatus.COMPLETED, null, null));
  }

  @Override
  public Optional<Set<Claim>> completeEach(Map<Claim, Optional<JsonNode>> results) {
    if (!tx.inOneStatement() || tx.layout() != QueueLayout.WORKSPACE) {
      return Optional.empty();
    }
    Optional<Set<Claim>> done =
        newer.endEach(ending(results)).map(ended -> among(results.keySet(), ended));
    if (done.isPresent() && done.get().size() < results.size()) {
      tx.confirmLayout();
    }
    return done;
  }

  private static List<OpenJob> ending(Map<Claim, Optional<JsonNode>> results) {
    // In one order everywhere, so that two that complete overlapping sets do not wait for each
    // other in a ring.
    return results.keySet().stream()
        .sorted(Comparator.comparing((Claim c) -> c.key().id()))
        .map(claim ->
            new OpenJob(
                claim.key().workspaceId(),
                claim.key().id(),
                claim.attempt(),
                results.getOrDefault(claim, Optional.empty()).map(Rows::text).orElse(null)))
        .toList();
  }

  private static Set<Claim> among(Set<Claim> claims, Set<JobKey> ended) {
    return claims.stream()
        .filter(claim -> ended.contains(claim.key()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /// Ends open jobs where they stand.
  private Set<JobKey> end(
      List<OpenJob> jobs, JobStatus status, @Nullable String error, @Nullable JsonNode why) {
    if (tx.layout() == QueueLayout.LEGACY) {
      return older.end(jobs, status, error, why);
    }
    Set<JobKey> ended = new HashSet<>(newer.end(jobs, status, error, why));
    if (tx.layout() == QueueLayout.DUAL) {
      copies.update(ended);
      ended.addAll(older.end(without(jobs, ended), status, error, why));
      // The backfill may have copied the rest meanwhile.
      Set<JobKey> copied = newer.end(without(jobs, ended), status, error, why);
      copies.update(copied);
      ended.addAll(copied);
    } else if (ended.size() < jobs.size()) {
      tx.confirmLayout();
    }
    return ended;
  }

  private static List<OpenJob> without(List<OpenJob> jobs, Set<JobKey> ended) {
    return jobs.stream()
        .filter(job -> !ended.contains(new JobKey(job.workspaceId(), job.id())))
        .toList();
  }

  @Override
  public boolean retryLater(Claim claim, String error, Duration delay) {
    boolean inForce = changed(claim.key(), true, table -> table.retryLater(claim, error, delay));
    tx.leaveJobs();
    return inForce;
  }

  @Override
  public boolean abandon(
      Claim claim, JobStatus status, String error, @Nullable JsonNode diagnostics) {
    var held = new OpenJob(claim.key().workspaceId(), claim.key().id(), claim.attempt(), null);
    return !end(List.of(held), status, error, diagnostics).isEmpty();
  }

  @Override
  public boolean handBack(Claim claim, Duration delay, @Nullable String why) {
    boolean inForce = changed(claim.key(), true, table -> table.handBack(claim, delay, why));
    tx.leaveJobs();
    return inForce;
  }

  @Override
  public List<JobKey> stale(Collection<String> kinds, Duration threshold, int skip, int limit) {
    return handle
        .createQuery(
            """
            SELECT workspace_id, id FROM %s
            WHERE status = 'RUNNING' AND heartbeat_at < :limit_time AND kind = ANY (:kinds)
            ORDER BY heartbeat_at, seq LIMIT :limit OFFSET :skip
            """
                .formatted(claims.openJobs()))
        .bind("skip", skip)
        .bind("limit_time", Rows.time(tx.now().minus(threshold)))
        .bindArray("kinds", String.class, kinds.toArray())
        .bind("limit", limit)
        .map((rs, ctx) -> new JobKey(rs.getString("workspace_id"), Rows.id(rs, "id")))
        .list();
  }

  @Override
  public Optional<Job> lockStale(JobKey key, Duration threshold) {
    return locked(table -> table.lockStale(key, threshold));
  }

  @Override
  public boolean cancelPending(JobKey key) {
    var pending = new OpenJob(key.workspaceId(), key.id(), null, null);
    return !end(List.of(pending), JobStatus.CANCELLED, "cancelled on request", null).isEmpty();
  }

  @Override
  public boolean requestCancel(JobKey key) {
    return changed(key, true, table -> table.requestCancel(key));
  }

  @Override
  public Set<String> open(Collection<String> clientRequestIds) {
    return queries.open(clientRequestIds);
  }

  @Override
  public int prune(Instant before, int limit) {
    return new Pruning(tx).jobs(before, limit);
  }

  @Override
  public Optional<Job> find(JobKey key) {
    return queries.find(key);
  }

  @Override
  public Optional<Job> lock(JobKey key) {
    return tx.locking(() -> queries.lock(key, tx.dialect().lockRow()));
  }

  @Override
  public List<Job> findByIdPrefix(String prefix) {
    return queries.findByIdPrefix(prefix);
  }

  @Override
  public List<Job> list(
      @Nullable JobStatus status, @Nullable String kind, @Nullable String workspace, int limit) {
    return queries.list(status, kind, workspace, limit);
  }

  @Override
  public Map<JobStatus, Long> countByStatus() {
    return queries.countByStatus();
  }

  @Override
  public long countOpen() {
    return queries.countOpen();
  }

  @Override
  public List<JobKey> order(JobQuery query, Instant now, Duration tooLong) {
    return lists.order(query, now, tooLong);
  }

  @Override
  public Map<JobKey, JobRow> rows(Collection<JobKey> keys, Instant now, Duration tooLong) {
    return lists.rows(keys, now, tooLong);
  }

  @Override
  public List<JobCount> countByKind() {
    return lists.countByKind();
  }

  @Override
  public List<String> workspaces() {
    return lists.workspaces();
  }

  @Override
  public Optional<JsonNode> diagnostics(JobKey key) {
    return lists.diagnostics(key);
  }

  @Override
  public void increment(String counter) {
    handle
        .createUpdate(
            "INSERT INTO job_counter (name, count_value) VALUES (:name, 0) ON CONFLICT DO NOTHING")
        .bind("name", counter)
        .execute();
    handle
        .createUpdate("UPDATE job_counter SET count_value = count_value + 1 WHERE name = :name")
        .bind("name", counter)
        .execute();
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> counters = new TreeMap<>();
    handle
        .createQuery("SELECT name, count_value FROM job_counter")
        .map((rs, ctx) -> Map.entry(rs.getString("name"), rs.getLong("count_value")))
        .forEach(entry -> counters.put(entry.getKey(), entry.getValue()));
    return counters;
  }
}
