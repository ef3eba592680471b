package dev.imprimatur.persistence;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What a contract stands on: a database of its kind with the schema in place, and an engine over
/// it.
abstract class BenchContract {
  TestDatabase database;
  Bench bench;

  abstract TestDatabase.Kind kind();

  /// The engine, by default with scripted providers and a worker.
  Bench bench(Database open) {
    Bench made = Bench.on(open);
    made.work();
    return made;
  }

  @BeforeEach
  void openBench() {
    database = TestDatabase.migrated(kind());
    bench = bench(database.open());
  }

  @AfterEach
  void closeBench() {
    bench.close();
    database.close();
  }
}
