package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.NewJob;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What holds for every transaction.
class TransactionsTest {
  @Nested
  class OnH2 extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.H2;
    }
  }

  @Nested
  class OnPostgres extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.POSTGRES;
    }
  }

  abstract static class Contract extends BenchContract {
    /// Whoever holds one connection and waits for a second can wait for ever, once as many do so as
    /// the pool has connections; on H2 they would also hold the place of the one writer meanwhile.
    @Test
    void noneIsBegunWithinAnother() {
      Database open = bench.database();
      UnitOfWork automation = open.automation();
      for (UnitOfWork second : List.of(automation, open.people())) {
        assertThatThrownBy(
                () -> automation.inTransaction(tx -> second.inTransaction(Transaction::now)))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("within a transaction");
      }
      assertThat(automation.inTransaction(Transaction::now)).isNotNull();
    }

    /// Else all but the first would be lost without a word where that is one statement.
    @Test
    void atOnceGoesOneJobOnlyOrAllOfThem() {
      UnitOfWork automation = bench.database().automation();
      NewJob job = NewJob.of("w", "diagnostic.noop", Json.object());
      int before = jobs(automation);
      int expected;
      try {
        expected = automation.atOnce(tx -> tx.jobs().enqueue(List.of(job, job))).size();
      } catch (IllegalArgumentException e) {
        expected = 0;
      }
      assertThat(jobs(automation) - before).isEqualTo(expected);
    }

    private static int jobs(UnitOfWork database) {
      return database.inTransaction(tx -> tx.jobs().list(null, null, null, 100)).size();
    }
  }
}
