package dev.imprimatur.engine.outbox;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.queue.RetryPolicy;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands events to the consumers within this process.
///
/// Each event is one transaction per consumer: lock the delivery (skipping what another process
/// holds), write the inbox row, apply, acknowledge. A death anywhere leaves all or nothing of it; a
/// consumer that throws sees the event again later, and does not hold up events of other
/// aggregates.
public final class OutboxDispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxDispatcher.class);
  private static final int BATCH = 100;

  private final UnitOfWork database;
  private final List<EventConsumer> consumers;
  private final RetryPolicy retries;
  private final FaultPoints faults;

  public OutboxDispatcher(
      UnitOfWork database, List<EventConsumer> consumers, RetryPolicy retries, FaultPoints faults) {
    this.database = database;
    this.consumers = List.copyOf(consumers);
    this.retries = retries;
    this.faults = faults;
  }

  /// Makes the consumers known to the outbox; once at start.
  public void register() {
    // A reader of a shared database may not act as automation, and without consumers need not.
    if (!consumers.isEmpty()) {
      database.run(tx -> consumers.forEach(c -> tx.outbox().register(c.name())));
    }
  }

  /// Hands on what is due, at most 100 events per consumer.
  ///
  /// @return how many were handled
  public int dispatch() {
    int handled = 0;
    for (EventConsumer consumer : consumers) {
      List<UUID> due =
          database.inTransaction(tx -> tx.outbox().undelivered(consumer.name(), BATCH));
      for (UUID id : due) {
        if (deliver(consumer, id)) {
          handled++;
        }
      }
    }
    return handled;
  }

  private boolean deliver(EventConsumer consumer, UUID id) {
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
    } catch (RuntimeException e) {
      LOG.error("{} could not handle event {}: {}", consumer.name(), id, e.getMessage());
      database.run(tx -> {
        int attempts = tx.outbox().attempts(consumer.name(), id);
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        tx.outbox().failed(consumer.name(), id, why, retries.delayAfter(attempts + 1));
      });
      return false;
    }
  }
}
