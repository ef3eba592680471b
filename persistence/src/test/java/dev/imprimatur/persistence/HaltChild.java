package dev.imprimatur.persistence;

import java.util.concurrent.atomic.AtomicInteger;

/// Counts in a tight loop on several threads, each time on two counters in one transaction: one of
/// the thread's own and one that all of them write. Halts the JVM right after the commit whose
/// number it is given, while the others are in the middle of theirs.
///
/// Arguments: URL, a number.
public final class HaltChild {
  static final int THREADS = 4;
  static final String ALL = "all";

  private HaltChild() {}

  /// The counter of one thread alone.
  static String own(int thread) {
    return "own:" + thread;
  }

  public static void main(String[] args) throws InterruptedException {
    Database database = Database.open(new DatabaseConfig(args[0], null, null, "editor", THREADS));
    int last = Integer.parseInt(args[1]);
    var committed = new AtomicInteger();
    Thread[] threads = new Thread[THREADS];
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      threads[i] =
          Thread.ofPlatform()
              .start(() -> {
                for (; ; ) {
                  database
                      .automation()
                      .run(tx -> {
                        tx.jobs().increment(own(thread));
                        tx.jobs().increment(ALL);
                      });
                  if (committed.incrementAndGet() == last) {
                    // No hooks, no flushing, no closing: as a kill would.
                    Runtime.getRuntime().halt(137);
                  }
                }
              });
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
