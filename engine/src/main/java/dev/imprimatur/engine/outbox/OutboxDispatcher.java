package dev.imprimatur.engine.outbox;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.queue.RetryPolicy;
import dev.imprimatur.engine.store.OutboxStore;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.UnitOfWork;
import dev.imprimatur.engine.sweep.Findings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands events to this process's subscribers.
///
/// To a consumer, each event is one transaction: lock the delivery (skipping what another process
/// holds), write the inbox row, apply, acknowledge. To a sender it is two, with the sending between
/// them: claim, send, acknowledge. What may go wrong between any two lines:
///
/// - chosen, then taken by another: the lock skips rows that are held, and looks again whether the
///   delivery is due and first of its aggregate.
/// - a death inside a consumer's transaction: nothing of it remains; after it, all does.
/// - a death between claim and send, or between send and acknowledgement: the claim runs out, and
///   the same event, with the same id, is sent again. The attempt counts, so that an event which
///   kills its process is parked like one that fails.
/// - a sender that outlives its claim: whoever claimed after it has a higher token, and its late
///   acknowledgement or failure changes nothing. The same after a replay, as tokens never fall.
/// - a failure, and the delivery acknowledged, parked or skipped before the failure is noted: the
///   note changes pending deliveries only.
/// - the database busy or gone: no fault of the event, so it uses up no attempt.
///
/// After too many attempts a delivery is dead: it waits for a person, and later events of its
/// aggregate wait behind it. Other aggregates and other subscribers go on.
public final class OutboxDispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxDispatcher.class);
  private static final int BATCH = 100;

  private final UnitOfWork database;
  private final List<Subscriber> subscribers;
  private final RetryPolicy retries;
  private final Limits limits;
  private final FaultPoints faults;

  /// How often, and how long.
  ///
  /// @param maxAttempts at one delivery before it is parked; at least 1
  /// @param lease how long a sender has before its event is sent again
  public record Limits(int maxAttempts, Duration lease) {}

  public OutboxDispatcher(
      UnitOfWork database,
      List<Subscriber> subscribers,
      RetryPolicy retries,
      Limits limits,
      FaultPoints faults) {
    this.database = database;
    this.subscribers = List.copyOf(subscribers);
    this.retries = retries;
    this.limits = limits;
    this.faults = faults;
  }

  /// Makes the subscribers known to the outbox; once at start.
  public void register() {
    // A reader of a shared database may not act as automation, and without subscribers need not.
    if (!subscribers.isEmpty()) {
      database.run(tx -> subscribers.forEach(s -> tx.outbox().register(s.name())));
    }
  }

  /// Hands on all that is due and that nobody woke for, as a sweep: at most 10,000 per subscriber.
  public Findings sweep(BooleanSupplier stopping) {
    int all = 0;
    for (int i = 0; i < BATCH && !stopping.getAsBoolean(); i++) {
      int some = dispatch();
      all += some;
      if (some == 0) {
        break;
      }
    }
    return Findings.all(all);
  }

  /// Hands on what is due, at most 100 events per subscriber.
  ///
  /// @return how many were handled
  public int dispatch() {
    int handled = 0;
    for (Subscriber subscriber : subscribers) {
      List<UUID> due =
          database.inTransaction(tx -> tx.outbox().undelivered(subscriber.name(), BATCH));
      for (UUID id : due) {
        boolean done =
            switch (subscriber) {
              case EventConsumer consumer -> apply(consumer, id);
              case EventSender sender -> send(sender, id);
            };
        if (done) {
          handled++;
        }
      }
    }
    return handled;
  }

  private boolean apply(EventConsumer consumer, UUID id) {
    try {
      boolean done =
          database.inTransaction(tx -> {
            OutboxEvent event = tx.outbox().lockDelivery(consumer.name(), id).orElse(null);
            if (event == null) {
              return false;
            }
            faults.reach(FaultPoint.EVENT_LOCKED);
            if (tx.outbox().enterInbox(consumer.name(), id)) {
              consumer.handle(tx, event);
            }
            faults.reach(FaultPoint.EVENT_APPLIED);
            tx.outbox().acknowledge(consumer.name(), id);
            return true;
          });
      faults.reach(FaultPoint.EVENT_COMMITTED);
      return done;
    } catch (StoreException.Unavailable e) {
      throw e;
    } catch (StoreException.Transient e) {
      LOG.warn("{} must try event {} again: {}", consumer.name(), id, e.getMessage());
      return false;
    } catch (RuntimeException e) {
      database.run(tx -> {
        int attempt = tx.outbox().attempts(consumer.name(), id) + 1;
        tx.outbox().failed(consumer.name(), id, failure(consumer, id, attempt, e));
      });
      return false;
    }
  }

  private boolean send(EventSender sender, UUID id) {
    OutboxStore.@Nullable Claim claim =
        database
            .inTransaction(tx -> tx.outbox().claim(sender.name(), id, limits.lease()))
            .orElse(null);
    if (claim == null) {
      return false;
    }
    faults.reach(FaultPoint.EVENT_CLAIMED);
    try {
      if (claim.attempt() > limits.maxAttempts()) {
        throw new IOException(
            "the process ended during the last attempt, or sending took too long");
      }
      sender.send(claim.event());
    } catch (IOException | RuntimeException e) {
      OutboxStore.Failure failure = failure(sender, id, claim.attempt(), e);
      database.run(tx -> tx.outbox().failed(claim, failure));
      return false;
    }
    faults.reach(FaultPoint.EVENT_SENT);
    boolean acknowledged = database.inTransaction(tx -> tx.outbox().acknowledge(claim));
    if (!acknowledged) {
      LOG.warn("{} sent event {} after its claim had run out", sender.name(), id);
    }
    return acknowledged;
  }

  private OutboxStore.Failure failure(Subscriber subscriber, UUID id, int attempt, Exception e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    boolean dead = attempt >= limits.maxAttempts();
    LOG.error(
        "{} could not take event {} (attempt {} of {}{}): {}",
        subscriber.name(),
        id,
        attempt,
        limits.maxAttempts(),
        dead ? "; it is parked" : "",
        why);
    return new OutboxStore.Failure(why, retries.delayAfter(attempt), dead);
  }
}
