package dev.imprimatur.persistence.jdbc;

import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.persistence.dialect.Dialect;
import dev.imprimatur.persistence.dialect.Dialect.ClaimRequest;
import dev.imprimatur.persistence.dialect.Dialect.JobSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Which jobs are next, and claiming them, in whichever layout they stand.
final class JobClaims {
  private static final Comparator<Job> CLAIM_ORDER =
      Comparator.comparingInt(Job::priority)
          .reversed()
          .thenComparing(Job::runAt)
          .thenComparingLong(Job::sequence);

  private static final String DUE =
      """
      FROM %s
      WHERE status = 'PENDING' AND kind = ANY (:kinds) AND (:all_workspaces OR workspace_id = ANY (:workspaces))
      """;

  private final JdbcTransaction tx;
  private final Handle handle;
  private final JobTable newer;
  private final JobTable older;
  private final JobCopies copies;

  JobClaims(JdbcTransaction tx, JobTable newer, JobTable older, JobCopies copies) {
    this.tx = tx;
    this.handle = tx.handle();
    this.newer = newer;
    this.older = older;
    this.copies = copies;
  }

  List<Job> claim(ClaimRequest request) {
    if (request.limit() <= 0 || request.kinds().isEmpty()) {
      return List.of();
    }
    List<Job> claimed =
        switch (tx.layout()) {
          case WORKSPACE -> newer.claim(request);
          case LEGACY -> older.claim(from(JobSource.OLD, request, request.limit()));
          case DUAL -> claimFromBoth(request);
        };
    return claimed.stream().sorted(CLAIM_ORDER).toList();
  }

  /// As many from each as would be next if they were one.
  private List<Job> claimFromBoth(ClaimRequest request) {
    int old = oldAmongNext(request);
    List<Job> claimed = new ArrayList<>();
    claimNew(claimed, request, request.limit() - old);
    claimOld(claimed, request, old);
    if (claimed.isEmpty()) {
      // Others hold what would have been next.
      claimNew(claimed, request, request.limit());
      claimOld(claimed, request, request.limit() - claimed.size());
    }
    return claimed;
  }

  private void claimNew(List<Job> claimed, ClaimRequest request, int limit) {
    if (limit > 0) {
      List<Job> some = newer.claim(from(JobSource.NEW, request, limit));
      copies.update(some.stream().map(Job::key).toList());
      claimed.addAll(some);
    }
  }

  private void claimOld(List<Job> claimed, ClaimRequest request, int limit) {
    if (limit > 0) {
      claimed.addAll(older.claim(from(JobSource.OLD, request, limit)));
    }
  }

  private static ClaimRequest from(JobSource source, ClaimRequest request, int limit) {
    return new ClaimRequest(
        source, request.workerId(), request.kinds(), request.workspaces(), limit, null);
  }

  private int oldAmongNext(ClaimRequest request) {
    return filtered(
            "SELECT count(*) FROM (SELECT id "
                + DUE.formatted("job_any_open")
                + " AND run_at <= :now ORDER BY priority DESC, run_at, seq LIMIT :limit) AS next_jobs"
                + " WHERE EXISTS (SELECT 1 FROM legacy_job l WHERE l.id = next_jobs.id AND NOT l.copied)",
            request.kinds(),
            request.workspaces())
        .bind("now", Rows.time(tx.now()))
        .bind("limit", request.limit())
        .mapTo(Integer.class)
        .one();
  }

  List<Job> due(Collection<String> kinds, Collection<String> workspaces, int limit) {
    return filtered(
            "SELECT "
                + Dialect.OPEN_JOB
                + " "
                + due()
                + " AND run_at <= :now ORDER BY priority DESC, run_at, seq LIMIT :limit",
            kinds,
            workspaces)
        .bind("now", Rows.time(tx.now()))
        .bind("limit", limit)
        .map((rs, ctx) -> JobQueries.job(rs))
        .list();
  }

  Optional<Duration> untilNextDue(Collection<String> kinds, Collection<String> workspaces) {
    return filtered(
            "SELECT min(run_at) AS next, (" + tx.dialect().clock() + ") AS clock " + due(),
            kinds,
            workspaces)
        .map((rs, ctx) -> {
          Instant next = Rows.instantOrNull(rs, "next");
          return next == null
              ? Optional.<Duration>empty()
              : Optional.of(Duration.between(Rows.instant(rs, "clock"), next));
        })
        .one();
  }

  private String due() {
    return DUE.formatted(openJobs());
  }

  /// Where open jobs are found, in whichever layout they stand.
  String openJobs() {
    return tx.layout() == QueueLayout.WORKSPACE ? "job" : "job_any_open";
  }

  private Query filtered(String sql, Collection<String> kinds, Collection<String> workspaces) {
    return handle
        .createQuery(sql)
        .bindArray("kinds", String.class, kinds.toArray())
        .bindArray("workspaces", String.class, workspaces.toArray())
        .bind("all_workspaces", workspaces.isEmpty());
  }
}
