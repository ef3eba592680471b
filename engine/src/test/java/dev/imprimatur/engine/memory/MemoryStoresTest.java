package dev.imprimatur.engine.memory;

import dev.imprimatur.engine.store.JobStoreContract;
import dev.imprimatur.engine.store.OutboxStoreContract;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/// The stores in memory keep the contracts that those on H2 and PostgreSQL keep.
class MemoryStoresTest {
  @Nested
  class Jobs extends JobStoreContract {
    private final Ticking ticking = new Ticking();

    @Override
    protected UnitOfWork database() {
      return ticking;
    }

    @Override
    protected void pass(Duration time) {
      ticking.database.pass(time);
    }
  }

  @Nested
  class Events extends OutboxStoreContract {
    private final Ticking ticking = new Ticking();

    @Override
    protected UnitOfWork database() {
      return ticking;
    }

    @Override
    protected void pass(Duration time) {
      ticking.database.pass(time);
    }
  }

  /// A clock of its own goes on between transactions.
  private static final class Ticking implements UnitOfWork {
    final MemoryDatabase database =
        new MemoryDatabase(1, MemoryDatabase.Stores.USUAL, Referee.NONE);
    private final UnitOfWork door = database.door("me", false, Waiting.ALONE);

    @Override
    public <T> T inTransaction(Work<T> work) {
      database.pass(Duration.ofMillis(1));
      return door.inTransaction(work);
    }
  }
}
