package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.lock.Held;
import dev.imprimatur.engine.lock.LockLease;
import dev.imprimatur.engine.lock.LockUnavailable;
import dev.imprimatur.engine.lock.Locks;
import dev.imprimatur.engine.review.Article;
import dev.imprimatur.engine.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Locks by name: one holder at a time, over threads and engines; who may hold one, and what may be
/// done under it.
class LocksTest {
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

    /// As another name with the same hash would, or a session that was stopped before it wrote its
    /// lease.
    @Test
    void anotherThatHoldsTheSameNumberIsWaitedForAndThenPassedBy() throws Exception {
      locks().hold(NAME, LEASE, Held::token);
      try (Connection foreign = database.owner();
          Statement statement = foreign.createStatement()) {
        statement.execute("SELECT pg_advisory_lock(hashtextextended(name, epoch)) FROM lock_lease");
        try (var first = new Holder(locks(), NAME, LEASE)) {
          assertThat(first.held().token()).isPositive();
          assertThat(locks().held().getFirst().connected()).isTrue();
          try (Bench other = Bench.on(database.open())) {
            assertThatThrownBy(
                    () -> other.engine().locks().hold(NAME, LEASE, Duration.ofMillis(100), h -> 1))
                .isInstanceOf(LockUnavailable.class);
          }
        }
      }
    }

    @Test
    void soManyLocksAProcessCanHold() throws Exception {
      List<Holder> holders = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        holders.add(new Holder(locks(), "many:" + i, LEASE));
      }
      for (Holder holder : holders) {
        holder.held();
      }
      assertThatThrownBy(() -> locks().hold(NAME, LEASE, Duration.ofMillis(50), h -> 1))
          .isInstanceOf(LockUnavailable.class)
          .hasMessageContaining("8 locks");
      for (Holder holder : holders) {
        holder.close();
      }
      assertThat(locks().<Integer>hold(NAME, LEASE, h -> 1)).isEqualTo(1);
    }

    @Test
    void whoSignsInHoldsAndReadersHoldNothing() {
      for (String login : List.of(TestDatabase.EDITOR_A, TestDatabase.WORKER)) {
        try (Database signedIn = database.openAs(login)) {
          Locks locks = locks(signedIn);
          String holder =
              locks.hold(
                  NAME,
                  LEASE,
                  h -> {
                    signedIn.people().run(h::check);
                    signedIn.automation().run(h::check);
                    return locks.held().getFirst().holder();
                  });
          assertThat(holder).isEqualTo(login);
          locks.flush();
          assertThat(locks.statistics(1).types()).hasSize(1);
          assertThat(locks.prune()).isZero();
        }
      }
      try (Database reader = database.openAs(TestDatabase.READER)) {
        Locks locks = locks(reader);
        assertThat(locks.held()).isEmpty();
        assertThatThrownBy(() -> locks.hold(NAME, LEASE, h -> 1))
            .isInstanceOf(StoreException.Forbidden.class);
      }
    }

    @Test
    void nobodySignsAsAnother() throws Exception {
      locks().hold(NAME, LEASE, Held::token);
      try (Connection editor = database.plain(TestDatabase.EDITOR_A);
          Statement statement = editor.createStatement()) {
        statement.executeUpdate(
            "UPDATE lock_lease SET token = nextval('lock_token'), holder = 'somebody', process = 'p',"
                + " acquired_at = now(), expires_at = now() + interval '1 minute'");
      }
      assertThat(locks().held().getFirst().holder()).isEqualTo(TestDatabase.EDITOR_A);
    }

    private Locks locks(Database signedIn) {
      return new Engine(
              signedIn,
              Scripted.providers(),
              bench.engine().settings(),
              Engine.Extensions.NONE,
              FaultPoints.NONE)
          .locks();
    }
  }

  abstract static class Contract extends LocksContract {
    @Test
    void fiftyThreadsOfTwoEnginesHoldItOneAfterTheOther() throws Exception {
      try (Bench other = Bench.on(database.open())) {
        AtomicInteger inside = new AtomicInteger();
        List<Long> tokens = Collections.synchronizedList(new ArrayList<>());
        Together.run(
            50,
            i -> {
              Locks locks = i % 2 == 0 ? locks() : other.engine().locks();
              for (int k = 0; k < 4; k++) {
                locks.hold(
                    NAME,
                    LEASE,
                    Duration.ofMinutes(5),
                    held -> {
                      assertThat(inside.incrementAndGet()).isEqualTo(1);
                      tokens.add(held.token());
                      Thread.yield();
                      return inside.decrementAndGet();
                    });
              }
            });
        assertThat(tokens).hasSize(200).isSorted().doesNotHaveDuplicates();
        assertThat(locks().held()).isEmpty();
      }
    }

    @Test
    void aWaitEndsAndNamesTheHolder() throws Exception {
      // Opened first: on H2 whoever opens the file has it to himself, and frees what is left there.
      try (Bench other = Bench.on(database.open());
          var holder = new Holder(locks(), NAME, LEASE)) {
        long token = holder.held().token();
        for (Locks locks : List.of(locks(), other.engine().locks())) {
          assertThatThrownBy(
                  () -> locks.hold(NAME, LEASE, Duration.ofMillis(50), held -> "not reached"))
              .isInstanceOfSatisfying(
                  LockUnavailable.class,
                  e -> {
                    LockLease by = e.holder().orElseThrow();
                    assertThat(by.token()).isEqualTo(token);
                    assertThat(by.state()).isEqualTo(LockLease.State.HELD);
                    assertThat(by.age()).isPositive();
                    assertThat(e.waited()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
                    assertThat(e.getMessage())
                        .contains(
                            NAME,
                            by.holder(),
                            by.process(),
                            by.acquiredAt().toString(),
                            "its lease runs for another");
                  });
        }
      }
    }

    @Test
    void whoWaitsGetsItWhenItIsLetGo() throws Exception {
      try (Bench other = Bench.on(database.open());
          var first = new Holder(locks(), NAME, LEASE)) {
        first.held();
        try (var second = new Holder(other.engine().locks(), NAME, LEASE);
            var third = new Holder(locks(), NAME, LEASE)) {
          await().until(() -> waiting() >= 1);
          first.close();
          CompletableFuture.anyOf(second.got, third.got).get(60, TimeUnit.SECONDS);
          second.leave.countDown();
          third.leave.countDown();
          assertThat(second.held().waitedMillis()).isNotNegative();
          assertThat(third.held().token()).isNotEqualTo(second.held().token());
        }
      }
    }

    long waiting() {
      return locks().held().stream().mapToLong(LockLease::waiting).sum();
    }

    @Test
    void misuseIsRefused() {
      assertThatThrownBy(() -> locks().hold("no-type", LEASE, h -> 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("type:what");
      assertThatThrownBy(() -> locks().hold(":42", LEASE, h -> 1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> locks().hold("a:" + "x".repeat(200), LEASE, h -> 1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> locks().hold(NAME, Duration.ZERO, h -> 1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () -> locks().hold(NAME, LEASE, outer -> locks().hold(NAME, LEASE, inner -> 1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("already");
      assertThatThrownBy(() -> database().inTransaction(tx -> locks().hold(NAME, LEASE, h -> 1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("inside a transaction");
      Held gone = locks().hold(NAME, LEASE, h -> h);
      assertThatThrownBy(() -> database().run(gone::check))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("was let go");
      assertThat(locks().<Integer>hold(NAME, LEASE, a -> locks().hold("b:2", LEASE, b -> 3)))
          .isEqualTo(3);
      assertThat(locks().held()).isEmpty();
    }

    @Test
    void whatTheBodyThrowsLetsItGo() {
      assertThatThrownBy(() ->
              locks()
                  .hold(
                      NAME,
                      LEASE,
                      h -> {
                        throw new IllegalStateException("the body");
                      }))
          .hasMessage("the body");
      assertThat(locks().<Integer>hold(NAME, LEASE, Duration.ZERO, h -> 1)).isEqualTo(1);
    }

    @Test
    void theTokenRisesAlsoOverAPruning() {
      long first = locks().hold(NAME, LEASE, Held::token);
      int pruned = database().inTransaction(tx -> tx.locks().pruneFree(tx.now().plusSeconds(1)));
      assertThat(pruned).isEqualTo(1);
      assertThat(locks().<Long>hold(NAME, LEASE, Held::token)).isGreaterThan(first);
    }

    @Test
    void theDatabaseRefusesATokenThatFalls() {
      locks().hold(NAME, LEASE, Held::token);
      assertThatThrownBy(() -> database.execute("UPDATE lock_lease SET token = token - 1"))
          .hasRootCauseInstanceOf(SQLException.class)
          .rootCause()
          .hasMessageContaining("must rise");
      assertThatThrownBy(() ->
              database.execute(
                  "UPDATE lock_lease SET holder = 'x', process = 'y', acquired_at = changed_at,"
                      + " expires_at = changed_at + interval '1' minute"))
          .rootCause()
          .hasMessageContaining("must rise");
    }

    /// What a lock protects holds without it: the row lock keeps increments apart.
    @ParameterizedTest(name = "locks.distributed = {0}")
    @ValueSource(strings = {"true", "false"})
    void noUpdateIsLostWhetherLocksReachOverProcessesOrNot(String distributed) throws Exception {
      Article article = article();
      try (Bench one = distributed(distributed);
          Bench two = distributed(distributed)) {
        Together.run(
            20,
            i -> {
              Bench mine = i % 2 == 0 ? one : two;
              for (int k = 0; k < 10; k++) {
                mine.engine()
                    .locks()
                    .inTransaction(
                        "article:" + article.id(),
                        LEASE,
                        mine.database().people(),
                        (tx, held) -> {
                          tx.articles().lock(article.id());
                          return tx.articles().raiseRevision(article.id());
                        });
              }
            });
      }
      assertThat(article().revision()).isEqualTo(article.revision() + 200);
    }
  }
}
