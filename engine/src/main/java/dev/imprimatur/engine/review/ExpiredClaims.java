package dev.imprimatur.engine.review;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.UnitOfWork;
import dev.imprimatur.engine.sweep.Findings;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes away reviewers' claims that have run out (review.md §4), each in a transaction of its own.
/// A claim that has run out holds nobody off even before; this makes it show, and audits it. The
/// revision stays: the reviewer who held it may still decide on what is on the screen.
///
/// Between choosing and locking, the reviewer may prolong, release or decide: the lock re-reads,
/// and the database lets automation take away nothing that still holds.
public final class ExpiredClaims {
  private static final Logger LOG = LoggerFactory.getLogger(ExpiredClaims.class);
  private static final int BATCH = 200;
  private static final int BATCHES = 50;

  private final UnitOfWork database;

  public ExpiredClaims(UnitOfWork database) {
    this.database = database;
  }

  /// Takes away what has run out, at most 10,000.
  public Findings sweep(BooleanSupplier stopping) {
    int found = 0;
    int done = 0;
    UUID after = null;
    for (int i = 0; i < BATCHES && !stopping.getAsBoolean(); i++) {
      UUID from = after;
      List<UUID> some =
          database.inTransaction(tx -> tx.escalations().expiredClaims(tx.now(), from, BATCH));
      for (UUID id : some) {
        found++;
        if (takeAway(id)) {
          done++;
        }
      }
      if (some.size() < BATCH) {
        break;
      }
      after = some.getLast();
    }
    return new Findings(found, done, "");
  }

  private boolean takeAway(UUID id) {
    try {
      return database.inTransaction(tx -> {
        Escalation e = tx.escalations().lock(id).orElse(null);
        if (e == null || !tx.escalations().takeAwayExpiredClaim(id, tx.now())) {
          return false;
        }
        Steps.record(
            tx,
            Steps.ESCALATION,
            id,
            e.revision(),
            "escalation.claim_expired",
            Json.object()
                .put("claimed_by", e.claimedBy())
                .put("until", Objects.toString(e.claimExpiresAt())),
            Json.object().putNull("claimed_by"),
            null);
        return true;
      });
    } catch (StoreException.Unavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("the claim on escalation {} could not be taken away", id, e);
      return false;
    }
  }
}
