package dev.imprimatur.engine.store;

/// The door to the database: one call, one transaction.
public interface UnitOfWork {
  /// Runs the work in one transaction and commits it. Where the database asks for a repeat
  /// (deadlock, serialisation), the work runs again from the start, so it must touch nothing but
  /// its transaction. If it throws, nothing is changed.
  ///
  /// @throws StoreException if the database refuses or cannot be reached
  <T extends @org.jspecify.annotations.Nullable Object> T inTransaction(Work<T> work);

  /// What to do in a transaction. Nothing slow: no provider, no network, no waiting for people.
  @FunctionalInterface
  interface Work<T extends @org.jspecify.annotations.Nullable Object> {
    T run(Transaction tx);
  }

  /// The same for work that only reads: the database, or the store before it, refuses anything
  /// else.
  default <T extends @org.jspecify.annotations.Nullable Object> T reading(Work<T> work) {
    return inTransaction(work);
  }

  /// Runs work that returns nothing.
  default void run(java.util.function.Consumer<Transaction> work) {
    inTransaction(tx -> {
      work.accept(tx);
      return Boolean.TRUE;
    });
  }

  /// The same for work that is one statement on some databases, which then commits by itself, and a
  /// transaction on the others.
  ///
  /// @throws IllegalStateException if it is more than one where it should be one; the first has
  ///   then been committed
  default <T extends @org.jspecify.annotations.Nullable Object> T atOnce(Work<T> work) {
    return inTransaction(work);
  }

  /// The same for work that is one statement, which then commits by itself: a round trip less.
  ///
  /// @throws IllegalStateException if it is more than one; the first has then been committed
  default <T extends @org.jspecify.annotations.Nullable Object> T inOneStatement(Work<T> work) {
    return inTransaction(work);
  }
}
