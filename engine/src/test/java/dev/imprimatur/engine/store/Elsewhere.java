package dev.imprimatur.engine.store;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Does something in another thread while the calling one waits: no thread begins a transaction
/// within a transaction.
final class Elsewhere {
  private Elsewhere() {}

  static <T> T elsewhere(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work).join();
  }
}
