package dev.imprimatur.bench.contender;

/// A queue under measurement. Jobs are numbers; each run of one is told to the [Ledger].
interface Contender extends AutoCloseable {
  /// Makes the schema where it is missing, and connects.
  void open() throws Exception;

  /// Enqueues jobs by the quickest way the system offers.
  void enqueue(int from, int count) throws Exception;

  /// Enqueues one job as a caller does; its commit is done on return.
  void enqueueOne(int job) throws Exception;

  /// Starts working, on threads of its own.
  void start() throws Exception;

  /// Stops working; may be started again.
  void stop() throws Exception;

  /// Whether any job in the database has not ended.
  boolean anyOpen() throws Exception;
}
