package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  }
}
