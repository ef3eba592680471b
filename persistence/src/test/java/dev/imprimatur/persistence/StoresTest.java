package dev.imprimatur.persistence;

import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.queue.QueueLayouts;
import dev.imprimatur.engine.store.JobStoreContract;
import dev.imprimatur.engine.store.OutboxStoreContract;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The queue's and the outbox's stores keep the contracts that those in memory keep, over which the
/// simulation runs.
@Execution(ExecutionMode.CONCURRENT)
class StoresTest {
  @Nested
  class JobsOnH2 extends Jobs {
    JobsOnH2() {
      super(TestDatabase.Kind.H2);
    }
  }

  @Nested
  class JobsOnPostgres extends Jobs {
    JobsOnPostgres() {
      super(TestDatabase.Kind.POSTGRES);
    }
  }

  @Nested
  class JobsOnH2InTheOldLayout extends Jobs {
    JobsOnH2InTheOldLayout() {
      super(TestDatabase.Kind.H2, QueueLayout.LEGACY);
    }
  }

  @Nested
  class JobsOnH2InBothLayouts extends Jobs {
    JobsOnH2InBothLayouts() {
      super(TestDatabase.Kind.H2, QueueLayout.DUAL);
    }
  }

  @Nested
  class JobsOnPostgresInTheOldLayout extends Jobs {
    JobsOnPostgresInTheOldLayout() {
      super(TestDatabase.Kind.POSTGRES, QueueLayout.LEGACY);
    }
  }

  @Nested
  class JobsOnPostgresInBothLayouts extends Jobs {
    JobsOnPostgresInBothLayouts() {
      super(TestDatabase.Kind.POSTGRES, QueueLayout.DUAL);
    }
  }

  @Nested
  class EventsOnH2 extends Events {
    EventsOnH2() {
      super(TestDatabase.Kind.H2);
    }
  }

  @Nested
  class EventsOnPostgres extends Events {
    EventsOnPostgres() {
      super(TestDatabase.Kind.POSTGRES);
    }
  }

  abstract static class Jobs extends JobStoreContract {
    private final Open open;

    Jobs(TestDatabase.Kind kind) {
      this(kind, QueueLayout.WORKSPACE);
    }

    Jobs(TestDatabase.Kind kind, QueueLayout layout) {
      this.open = new Open(kind, layout);
    }

    @AfterEach
    void close() {
      open.close();
    }

    @Override
    protected UnitOfWork database() {
      return open.automation();
    }

    @Override
    protected void pass(Duration time) {
      open.pass(time);
    }

    // ADR 30.
    @Override
    protected boolean writersOverlap() {
      return open.kind != TestDatabase.Kind.H2;
    }
  }

  abstract static class Events extends OutboxStoreContract {
    private final Open open;

    Events(TestDatabase.Kind kind) {
      this.open = new Open(kind, QueueLayout.WORKSPACE);
    }

    @AfterEach
    void close() {
      open.close();
    }

    @Override
    protected UnitOfWork database() {
      return open.automation();
    }

    @Override
    protected void pass(Duration time) {
      open.pass(time);
    }

    // ADR 30.
    @Override
    protected boolean writersOverlap() {
      return open.kind != TestDatabase.Kind.H2;
    }
  }

  private static final class Open {
    private final TestDatabase.Kind kind;
    private TestDatabase files;
    private Database database;

    private final QueueLayout layout;

    private Open(TestDatabase.Kind kind, QueueLayout layout) {
      this.layout = layout;
      this.kind = kind;
    }

    /// Opened at the first use: a contract may use it before each of its tests.
    UnitOfWork automation() {
      if (database == null) {
        files = TestDatabase.migrated(kind);
        database = files.open();
        LayoutSteps.to(new QueueLayouts(database.people(), database.automation()), layout);
      }
      return database.automation();
    }

    /// The database's clock can't be moved: all its times are moved back.
    void pass(Duration time) {
      String back = " - INTERVAL '" + time.toSeconds() + "' SECOND";
      LayoutSteps.execute(
          files,
          layout,
          "UPDATE "
              + (layout == QueueLayout.LEGACY ? "legacy_job" : "job")
              + " SET run_at = run_at"
              + back
              + ", heartbeat_at = heartbeat_at"
              + back
              + " WHERE status IN ('PENDING', 'RUNNING')");
      files.execute("UPDATE outbox_delivery SET next_attempt_at = next_attempt_at" + back);
    }

    void close() {
      if (database != null) {
        database.close();
        files.close();
      }
    }
  }
}
