package dev.imprimatur.engine.tour;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.UnitOfWork;
import dev.imprimatur.engine.sweep.Findings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes tours that are ASSIGNED and whose time is over (tours.md), each in a transaction of its
/// own under its own lock. Between choosing and locking somebody may begin or put off one: the lock
/// re-reads, and a step from ASSIGNED is then a conflict or invalid, and left. One that others hold
/// is passed over without a wait, told of, and looked at again at the next tick: a sweep that
/// waited for each would keep the others from being closed.
final class ExpiredTours {
  private static final Logger LOG = LoggerFactory.getLogger(ExpiredTours.class);
  private static final int BATCH = 200;
  private static final int BATCHES = 50;

  private final UnitOfWork database;
  private final TourWriter writer;
  private final FaultPoints faults;

  ExpiredTours(UnitOfWork database, TourWriter writer, FaultPoints faults) {
    this.database = database;
    this.writer = writer;
    this.faults = faults;
  }

  /// What became of one.
  private enum End {
    CLOSED,
    /// It is no longer to be closed.
    LEFT,
    /// Others hold it.
    BUSY,
    FAILED
  }

  /// Closes what has expired, at most 10,000.
  Findings sweep(BooleanSupplier stopping) {
    Map<End, Integer> ends = new EnumMap<>(End.class);
    UUID after = null;
    for (int i = 0; i < BATCHES && !stopping.getAsBoolean(); i++) {
      UUID from = after;
      List<UUID> some = database.inTransaction(tx -> tx.tours().expired(tx.now(), from, BATCH));
      for (UUID id : some) {
        if (stopping.getAsBoolean()) {
          return findings(ends);
        }
        ends.merge(close(id), 1, Integer::sum);
      }
      if (some.size() < BATCH) {
        break;
      }
      after = some.getLast();
    }
    return findings(ends);
  }

  private static Findings findings(Map<End, Integer> ends) {
    int found = ends.values().stream().mapToInt(Integer::intValue).sum();
    int busy = ends.getOrDefault(End.BUSY, 0);
    String note =
        switch (busy) {
          case 0 -> "";
          case 1 -> "Others are at work on 1 tour; the next sweep looks at it again.";
          default ->
              "Others are at work on " + busy + " tours; the next sweep looks at them again.";
        };
    return new Findings(found, ends.getOrDefault(End.CLOSED, 0), note);
  }

  private End close(UUID id) {
    try {
      // Only as long as it is ASSIGNED: others that have expired are for people to close.
      Tour seen =
          database
              .inTransaction(tx -> tx.tours().find(id))
              .filter(t -> t.status() == TourStatus.ASSIGNED)
              .orElse(null);
      faults.reach(FaultPoint.EXPIRED_TOUR_CHOSEN);
      if (seen == null) {
        return End.LEFT;
      }
      return switch (writer.transition(id, TourStatus.AUTOCLOSED, seen.revision(), null, null)) {
        case TourOutcome.Done<Boolean> done -> done.changed() ? End.CLOSED : End.LEFT;
        case TourOutcome.Refused<Boolean> refused -> {
          LOG.info("tour {} is left for the next tick: {}", id, refused.refusal().message());
          yield refused.refusal().code().equals(TourSteps.BUSY) ? End.BUSY : End.FAILED;
        }
        case TourOutcome.Conflicting<Boolean> other -> End.LEFT;
        case TourOutcome.Invalid<Boolean> other -> End.LEFT;
      };
    } catch (StoreException.Unavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("tour {} could not be closed", id, e);
      return End.FAILED;
    }
  }
}
