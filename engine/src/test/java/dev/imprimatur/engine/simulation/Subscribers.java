package dev.imprimatur.engine.simulation;

import dev.imprimatur.engine.memory.DeliveryRow;
import dev.imprimatur.engine.outbox.EventConsumer;
import dev.imprimatur.engine.outbox.EventSender;
import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.store.Transaction;
import java.io.IOException;

/// Whom events are delivered to.
final class Subscribers {
  private Subscribers() {}

  /// Counts what it applies, and fails at times.
  record Taking(Baton baton) implements EventConsumer {
    @Override
    public String name() {
      return World.CONSUMER;
    }

    @Override
    public void handle(Transaction tx, OutboxEvent event) {
      tx.jobs().increment("once:applied:" + event.key());
      if (baton.mishap(10)) {
        throw new IllegalStateException("does not like it");
      }
    }
  }

  /// Takes its time, at times longer than its claim holds.
  record Sending(Baton baton, Baton.Process process, Rules rules) implements EventSender {
    @Override
    public String name() {
      return World.SENDER;
    }

    @Override
    public void send(OutboxEvent event) throws IOException {
      baton.sleep(process, baton.random(baton.mishap(4) ? 2500 : 100) + 1);
      if (baton.mishap(10)) {
        throw new IOException("nobody there");
      }
      rules.sent(new DeliveryRow.Key(World.SENDER, event.id()));
    }
  }
}
