package dev.imprimatur.engine.tour;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.UnitOfWork;
import dev.imprimatur.engine.sweep.Findings;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes tours that are ASSIGNED and whose time is over (tours.md), each in a transaction of its
/// own under its own lock. Between choosing and locking somebody may begin or put off one: the lock
/// re-reads, and a step from ASSIGNED is then a conflict or invalid, and left. One that others hold
/// is passed over, and looked at again at the next tick.
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

  /// Closes what has expired, at most 10,000.
  Findings sweep(BooleanSupplier stopping) {
    int found = 0;
    int done = 0;
    UUID after = null;
    for (int i = 0; i < BATCHES && !stopping.getAsBoolean(); i++) {
      UUID from = after;
      List<UUID> some = database.inTransaction(tx -> tx.tours().expired(tx.now(), from, BATCH));
      for (UUID id : some) {
        if (stopping.getAsBoolean()) {
          return new Findings(found, done, "");
        }
        found++;
        done += close(id) ? 1 : 0;
      }
      if (some.size() < BATCH) {
        break;
      }
      after = some.getLast();
    }
    return new Findings(found, done, "");
  }

  private boolean close(UUID id) {
    try {
      // Only as long as it is ASSIGNED: others that have expired are for people to close.
      Tour seen =
          database
              .inTransaction(tx -> tx.tours().find(id))
              .filter(t -> t.status() == TourStatus.ASSIGNED)
              .orElse(null);
      faults.reach(FaultPoint.EXPIRED_TOUR_CHOSEN);
      if (seen == null) {
        return false;
      }
      TourOutcome<Boolean> outcome =
          writer.transition(id, TourStatus.AUTOCLOSED, seen.revision(), null, null);
      if (outcome instanceof TourOutcome.Refused<Boolean> refused) {
        LOG.info("tour {} is left for the next tick: {}", id, refused.refusal().message());
      }
      return outcome instanceof TourOutcome.Done<Boolean> d && d.changed();
    } catch (StoreException.Unavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("tour {} could not be closed", id, e);
      return false;
    }
  }
}
