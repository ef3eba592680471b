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
import dev.imprimatur.engine.store.JobStore;
import dev.imprimatur.persistence.dialect.Dialect;
import dev.imprimatur.persistence.dialect.Dialect.ClaimRequest;
import dev.imprimatur.persistence.dialect.Dialect.EndRequest;
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
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The queue over JDBC.
final class JdbcJobStore implements JobStore {
  private static final Comparator<Job> CLAIM_ORDER =
      Comparator.comparingInt(Job::priority)
          .reversed()
          .thenComparing(Job::runAt)
          .thenComparingLong(Job::sequence);

  private static final String DUE =
      """
      FROM job
      WHERE status = 'PENDING' AND kind = ANY (:kinds) AND (:all_workspaces OR workspace_id = ANY (:workspaces))
      """;

  private final JdbcTransaction tx;
  private final Handle handle;
  private final JobQueries queries;
  private final JobLists lists;

  JdbcJobStore(JdbcTransaction tx) {
    this.tx = tx;
    this.handle = tx.handle();
    this.queries = new JobQueries(handle);
    this.lists = new JobLists(handle);
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
    return claim(new ClaimRequest(workerId, kinds, workspaces, limit, null));
  }

  @Override
  public List<Job> claimBehind(
      Job last,
      String workerId,
      Collection<String> kinds,
      Collection<String> workspaces,
      int limit) {
    var behind = new Place(last.priority(), last.runAt(), last.sequence());
    return claim(new ClaimRequest(workerId, kinds, workspaces, limit, behind));
  }

  private List<Job> claim(ClaimRequest request) {
    if (request.limit() <= 0 || request.kinds().isEmpty()) {
      return List.of();
    }
    List<Job> claimed = tx.dialect().claim(handle, request, JobQueries::job, tx::onEnd);
    if (!claimed.isEmpty()) {
      tx.wrote();
    }
    return claimed.stream().sorted(CLAIM_ORDER).toList();
  }

  @Override
  public List<Job> due(Collection<String> kinds, Collection<String> workspaces, int limit) {
    return filtered(
            "SELECT "
                + Dialect.OPEN_JOB
                + " "
                + DUE
                + " AND run_at <= :now ORDER BY priority DESC, run_at, seq LIMIT :limit",
            kinds,
            workspaces)
        .bind("now", Rows.time(tx.now()))
        .bind("limit", limit)
        .map((rs, ctx) -> JobQueries.job(rs))
        .list();
  }

  @Override
  public Optional<Instant> nextDue(Collection<String> kinds, Collection<String> workspaces) {
    return filtered("SELECT min(run_at) AS next " + DUE, kinds, workspaces)
        .map((rs, ctx) -> Optional.ofNullable(Rows.instantOrNull(rs, "next")))
        .one();
  }

  private Query filtered(String sql, Collection<String> kinds, Collection<String> workspaces) {
    return handle
        .createQuery(sql)
        .bindArray("kinds", String.class, kinds.toArray())
        .bindArray("workspaces", String.class, workspaces.toArray())
        .bind("all_workspaces", workspaces.isEmpty());
  }

  @Override
  public Map<Claim, Boolean> heartbeat(String workerId, Collection<Claim> claims) {
    if (claims.isEmpty()) {
      return Map.of();
    }
    // Rows that somebody holds are passed over: it is this worker's own completion, or a release
    // that must win. Waiting for
    // one would silence all the worker's other jobs.
    Set<Claim> free = new HashSet<>();
    held(claims, tx.dialect().lockRow() + " SKIP LOCKED").forEach(job -> free.add(job.claim()));
    PreparedBatch batch =
        handle.prepareBatch(
            """
            UPDATE job SET heartbeat_at = :now
            WHERE workspace_id = :workspace AND id = :id AND attempts = :attempt AND status = 'RUNNING'
            """);
    free.retainAll(new HashSet<>(claims));
    free.forEach(claim -> claim(batch, claim).bind("now", Rows.time(tx.now())).add());
    if (!free.isEmpty()) {
      batch.execute();
    }
    Map<Claim, Boolean> inForce = new HashMap<>();
    held(claims, "").forEach(job -> inForce.put(job.claim(), job.cancelRequested()));
    inForce.keySet().retainAll(new HashSet<>(claims));
    return inForce;
  }

  private record Held(Claim claim, boolean cancelRequested) {}

  private List<Held> held(Collection<Claim> claims, String lock) {
    return handle
        .createQuery(
            """
            SELECT workspace_id, id, attempts, cancel_requested FROM job
            WHERE workspace_id = ANY (:workspaces) AND id = ANY (:ids) AND status = 'RUNNING'
            """
                + lock)
        .bindArray(
            "workspaces",
            String.class,
            claims.stream().map(c -> c.key().workspaceId()).distinct().toArray())
        .bindArray("ids", UUID.class, claims.stream().map(c -> c.key().id()).toArray())
        .map((rs, ctx) ->
            new Held(
                new Claim(
                    new JobKey(rs.getString("workspace_id"), Rows.id(rs, "id")),
                    rs.getInt("attempts")),
                rs.getBoolean("cancel_requested")))
        .list();
  }

  @Override
  public void progress(Claim claim, double fraction, String text) {
    handle
        .createUpdate(
            """
            UPDATE job SET progress = :fraction, progress_text = :text, progress_at = :now
            WHERE workspace_id = :workspace AND id = :id AND attempts = :attempt AND status = 'RUNNING'
            """)
        .bind("fraction", fraction)
        .bind("text", text.length() <= 1000 ? text : text.substring(0, 1000))
        .bind("now", Rows.time(tx.now()))
        .bind("workspace", claim.key().workspaceId())
        .bind("id", claim.key().id().toString())
        .bind("attempt", claim.attempt())
        .execute();
  }

  @Override
  public Optional<Job> lockClaim(Claim claim) {
    return tx.locking(() ->
        handle
            .createQuery(
                "SELECT "
                    + Dialect.OPEN_JOB
                    + """
                     FROM job
                    WHERE workspace_id = :workspace AND id = :id AND attempts = :attempt AND status = 'RUNNING'
                    """
                    + tx.dialect().lockRow())
            .bind("workspace", claim.key().workspaceId())
            .bind("id", claim.key().id().toString())
            .bind("attempt", claim.attempt())
            .map((rs, ctx) -> JobQueries.job(rs))
            .findOne());
  }

  @Override
  public Set<Claim> complete(Map<Claim, Optional<JsonNode>> results) {
    // In one order everywhere, so that two that complete overlapping sets do not wait for each
    // other in a ring.
    List<Claim> claims =
        results.keySet().stream().sorted(Comparator.comparing((Claim c) -> c.key().id())).toList();
    List<OpenJob> ending =
        claims.stream()
            .map(claim ->
                new OpenJob(
                    claim.key().workspaceId(),
                    claim.key().id(),
                    claim.attempt(),
                    results.getOrDefault(claim, Optional.empty()).map(Rows::text).orElse(null)))
            .toList();
    Set<JobKey> ended = end(ending, JobStatus.COMPLETED, null, null);
    return claims.stream()
        .filter(claim -> ended.contains(claim.key()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /// Moves open jobs into the history.
  private Set<JobKey> end(
      List<OpenJob> jobs, JobStatus status, @Nullable String error, @Nullable JsonNode why) {
    tx.wrote();
    return tx
        .dialect()
        .end(handle, new EndRequest(jobs, status.name(), error, Rows.text(why)))
        .stream()
        .map(key -> new JobKey(key.workspaceId(), key.id()))
        .collect(Collectors.toSet());
  }

  @Override
  public boolean retryLater(Claim claim, String error, Duration delay) {
    boolean inForce =
        handle
                .createUpdate(
                    """
                    UPDATE job SET status = 'PENDING', run_at = :run_at, last_error = :error
                    WHERE workspace_id = :workspace AND id = :id AND attempts = :attempt AND status = 'RUNNING'
                    """)
                .bind("run_at", Rows.time(tx.now().plus(delay)))
                .bind("error", error)
                .bind("workspace", claim.key().workspaceId())
                .bind("id", claim.key().id().toString())
                .bind("attempt", claim.attempt())
                .execute()
            == 1;
    tx.leaveWork();
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
    boolean inForce =
        handle
                .createUpdate(
                    """
                    UPDATE job SET status = 'PENDING', run_at = :run_at, handed_back = handed_back + 1, locked_by = NULL,
                        heartbeat_at = NULL, last_error = :why
                    WHERE workspace_id = :workspace AND id = :id AND attempts = :attempt AND status = 'RUNNING'
                    """)
                .bind("run_at", Rows.time(tx.now().plus(delay)))
                .bind("why", why)
                .bind("workspace", claim.key().workspaceId())
                .bind("id", claim.key().id().toString())
                .bind("attempt", claim.attempt())
                .execute()
            == 1;
    tx.leaveWork();
    return inForce;
  }

  private static PreparedBatch claim(PreparedBatch batch, Claim claim) {
    return batch
        .bind("workspace", claim.key().workspaceId())
        .bind("id", claim.key().id().toString())
        .bind("attempt", claim.attempt());
  }

  @Override
  public List<JobKey> stale(Collection<String> kinds, Duration threshold, int limit) {
    return handle
        .createQuery(
            """
            SELECT workspace_id, id FROM job
            WHERE status = 'RUNNING' AND heartbeat_at < :limit_time AND kind = ANY (:kinds)
            ORDER BY heartbeat_at, seq LIMIT :limit
            """)
        .bind("limit_time", Rows.time(tx.now().minus(threshold)))
        .bindArray("kinds", String.class, kinds.toArray())
        .bind("limit", limit)
        .map((rs, ctx) -> new JobKey(rs.getString("workspace_id"), Rows.id(rs, "id")))
        .list();
  }

  @Override
  public Optional<Job> lockStale(JobKey key, Duration threshold) {
    return tx.locking(() ->
        handle
            .createQuery(
                "SELECT "
                    + Dialect.OPEN_JOB
                    + """
                     FROM job
                    WHERE workspace_id = :workspace AND id = :id AND status = 'RUNNING' AND heartbeat_at < :limit_time
                    """
                    + tx.dialect().lockRow()
                    + " SKIP LOCKED")
            .bind("workspace", key.workspaceId())
            .bind("id", key.id().toString())
            .bind("limit_time", Rows.time(tx.now().minus(threshold)))
            .map((rs, ctx) -> JobQueries.job(rs))
            .findOne());
  }

  @Override
  public boolean cancelPending(JobKey key) {
    var pending = new OpenJob(key.workspaceId(), key.id(), null, null);
    return !end(List.of(pending), JobStatus.CANCELLED, "cancelled on request", null).isEmpty();
  }

  @Override
  public boolean requestCancel(JobKey key) {
    return handle
            .createUpdate(
                "UPDATE job SET cancel_requested = true WHERE workspace_id = :workspace AND id = :id AND status = 'RUNNING'")
            .bind("workspace", key.workspaceId())
            .bind("id", key.id().toString())
            .execute()
        == 1;
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
