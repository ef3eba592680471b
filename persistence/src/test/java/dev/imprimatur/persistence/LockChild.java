package dev.imprimatur.persistence;

import dev.imprimatur.engine.lock.Held;
import dev.imprimatur.engine.lock.LockLost;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.Transaction;
import java.io.IOException;
import java.time.Duration;

/// A process that takes a lock on PostgreSQL and says on its output how far it has come; where it
/// is to wait, it waits for a line on its input.
///
/// Arguments: URL, what to do (`hold`, `inside` or `count`), name, lease in milliseconds.
public final class LockChild {
  private final Bench bench;

  private LockChild(Bench bench) {
    this.bench = bench;
  }

  public static void main(String[] args) {
    Bench bench = Bench.on(Database.open(DatabaseConfig.of(args[0], "child")));
    var child = new LockChild(bench);
    Duration lease = Duration.ofMillis(Long.parseLong(args[3]));
    switch (args[1]) {
      case "hold" -> child.hold(args[2], lease);
      case "inside" -> child.inside(args[2], lease);
      default -> child.count(args[2], lease);
    }
    bench.close();
  }

  /// Waits between taking the lock and the transaction.
  private void hold(String name, Duration lease) {
    bench
        .engine()
        .locks()
        .hold(
            name,
            lease,
            held -> {
              say("HELD " + held.token());
              awaitLine();
              return write(held, false);
            });
  }

  /// Waits inside the transaction.
  private void inside(String name, Duration lease) {
    bench.engine().locks().hold(name, lease, held -> write(held, true));
  }

  private boolean write(Held held, boolean waits) {
    try {
      bench
          .database()
          .people()
          .run(tx -> {
            held.check(tx);
            if (waits) {
              tx.settings().put("test.value", "child");
              say("HELD " + held.token());
              awaitLine();
            }
            tx.settings().put("test.value", "child");
          });
      say("WRITTEN");
    } catch (LockLost e) {
      say("REFUSED");
    } catch (StoreException e) {
      say("BROKEN " + e.getMessage());
    }
    return true;
  }

  /// Reads and writes in two transactions: only the lock keeps another from coming between.
  private void count(String name, Duration lease) {
    for (int i = 0; i < LockCrashTest.ROUNDS; i++) {
      bench
          .engine()
          .locks()
          .hold(
              name,
              lease,
              Duration.ofMinutes(5),
              held -> {
                int before =
                    bench.database().people().inTransaction(tx -> Integer.parseInt(value(tx)));
                bench
                    .database()
                    .people()
                    .run(tx -> {
                      held.check(tx);
                      tx.settings().put("test.value", String.valueOf(before + 1));
                    });
                return before;
              });
    }
    say("COUNTED");
  }

  private static String value(Transaction tx) {
    return tx.settings().all().getOrDefault("test.value", "0");
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private static void awaitLine() {
    try {
      if (System.in.read() < 0) {
        throw new IllegalStateException("nobody is there any more");
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
