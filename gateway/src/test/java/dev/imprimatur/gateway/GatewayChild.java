package dev.imprimatur.gateway;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.persistence.Database;
import dev.imprimatur.persistence.DatabaseConfig;
import java.util.concurrent.locks.LockSupport;

/// A process that serves a gateway, writes events, and halts at a fault point if it is told to;
/// otherwise it ends when everything is acknowledged.
///
/// Arguments: URL, login, port, number of events, fault point (or `none`), the how many-eth time.
public final class GatewayChild {
  private GatewayChild() {}

  public static void main(String[] args) {
    int events = Integer.parseInt(args[3]);
    FaultPoints faults =
        args[4].equals("none")
            ? FaultPoints.NONE
            : haltAt(FaultPoint.ofCode(args[4]), Integer.parseInt(args[5]));
    Database database =
        Database.open(
            new DatabaseConfig(
                args[0],
                args[1].isEmpty() ? null : args[1],
                args[1].isEmpty() ? null : "secret",
                "editor",
                8));
    try (GatewayBench bench =
        GatewayBench.on(database, Integer.parseInt(args[2]), faults, "gateway.ack-timeout", "2s")) {
      for (int i = 0; i < events; i++) {
        // Those that stand already are not written again.
        bench.publish("a" + i % 4, "k" + i);
      }
      while (bench.pending() > 0
          || bench.counters().byState().getOrDefault(DeliveryState.ACKNOWLEDGED, 0L) < events) {
        LockSupport.parkNanos(20_000_000);
      }
    }
    System.out.println("DONE");
  }

  private static FaultPoints haltAt(FaultPoint wanted, int time) {
    var left = new java.util.concurrent.atomic.AtomicInteger(time);
    return point -> {
      if (point == wanted && left.decrementAndGet() == 0) {
        Runtime.getRuntime().halt(137);
      }
    };
  }
}
