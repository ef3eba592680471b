package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.store.UnitOfWork;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Claims jobs for a worker, on one thread. It remembers where it has got to: while a transaction
/// of somebody else's stays open, the database must keep every version of every job, and a claim
/// that began at the beginning would pass over all that was claimed since.
final class Claimer {
  /// How long a job that came in unheard, before the place where claims have got to, may be passed
  /// over.
  private static final long TRAIL_NANOS = 100_000_000L;

  private final UnitOfWork database;
  private final WorkerOptions options;
  private final Collection<String> kinds;
  private final WakeUps wakeUps;
  private @Nullable Trail trail;
  private boolean tookAll;

  Claimer(UnitOfWork database, WorkerOptions options, Collection<String> kinds, WakeUps wakeUps) {
    this.database = database;
    this.options = options;
    this.kinds = kinds;
    this.wakeUps = wakeUps;
  }

  /// Claims behind what it claimed last, for a moment and as long as nobody has rung; otherwise,
  /// and where there is not enough behind it, from the beginning.
  List<Job> claim(int limit) {
    long rings = wakeUps.count();
    Job last = trail != null && trail.fresh(rings) ? trail.last() : null;
    List<Job> claimed = claim(last, limit);
    if (last != null && claimed.isEmpty()) {
      last = null;
      claimed = claim(null, limit);
    }
    tookAll = last == null && claimed.size() < limit;
    if (claimed.isEmpty()) {
      trail = null;
    } else if (last == null || trail == null) {
      trail = new Trail(claimed.getLast(), rings, System.nanoTime());
    } else {
      trail = new Trail(claimed.getLast(), trail.rings(), trail.since());
    }
    return claimed;
  }

  /// Whether the last claim left nothing that was due and free.
  boolean tookAll() {
    return tookAll;
  }

  private List<Job> claim(@Nullable Job last, int limit) {
    return database.atOnce(tx ->
        last == null
            ? tx.jobs().claim(options.workerId(), kinds, options.workspaces(), limit)
            : tx.jobs().claimBehind(last, options.workerId(), kinds, options.workspaces(), limit));
  }

  /// Where the last claim ended.
  ///
  /// @param rings heard before the last claim that began at the beginning
  /// @param since when that was, by [System#nanoTime]
  private record Trail(Job last, long rings, long since) {
    boolean fresh(long ringsNow) {
      return rings == ringsNow && System.nanoTime() - since < TRAIL_NANOS;
    }
  }
}
