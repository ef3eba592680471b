package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.outbox.EventConsumer;
import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.store.Transaction;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ledger: charges a batch for what it used, once however often it is told. The inbox keeps a
/// second delivery out; the ledger's key, which is the batch, keeps out a second event.
public final class Entitlements implements EventConsumer {
  /// What it listens to; the migration that made it known says so too.
  static final String EVENT = "ResourceConsumptionV1";

  private static final Logger LOG = LoggerFactory.getLogger(Entitlements.class);

  private final FaultPoints faults;

  public Entitlements(FaultPoints faults) {
    this.faults = faults;
  }

  @Override
  public String name() {
    return "entitlements";
  }

  @Override
  public void handle(Transaction tx, OutboxEvent event) {
    if (!event.type().equals(EVENT)) {
      return;
    }
    UUID batch = UUID.fromString(event.payload().path("batch").asString());
    boolean charged =
        tx.batches()
            .charge(
                batch,
                event.id(),
                event.payload().path("workspace_id").asString(),
                event.payload().path("credits").asInt());
    faults.reach(FaultPoint.CREDITS_CHARGED);
    if (!charged) {
      LOG.warn("batch {} was charged before; event {} charges nothing", batch, event.id());
    }
  }
}
