package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.lock.Held;
import dev.imprimatur.engine.lock.LockLease;
import dev.imprimatur.engine.lock.LockLost;
import dev.imprimatur.engine.lock.LockUnavailable;
import dev.imprimatur.engine.lock.Locks;
import dev.imprimatur.engine.review.Article;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What a holder that hangs, died or lost its connection leaves: the lock is taken over, and what
/// it still tries is refused.
class LostLocksTest {
  @Nested
  class OnH2 extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.H2;
    }

    @Test
    void whatADeadProcessLeftIsFreedAtTheStart() {
      database.execute(
          "INSERT INTO lock_lease (name, lock_type, epoch, token, holder, process, acquired_at, expires_at, changed_at)"
              + " VALUES ('a:1', 'a', 0, 1, 'editor', 'gone:1', CURRENT_TIMESTAMP,"
              + " DATEADD(HOUR, 1, CURRENT_TIMESTAMP), CURRENT_TIMESTAMP)");
      assertThat(locks().held()).hasSize(1);
      try (Bench again = Bench.on(database.open())) {
        assertThat(again.engine().locks().held()).isEmpty();
      }
    }
  }

  @Nested
  class OnPostgres extends Contract {
    @Override
    TestDatabase.Kind kind() {
      return TestDatabase.Kind.POSTGRES;
    }

    @Test
    void whoLosesTheConnectionHasLostTheLock() throws Exception {
      try (var holder = new Holder(locks(), NAME, LEASE)) {
        Held lost = holder.held();
        assertThat(
                database.count(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"))
            .isEqualTo(1);
        await().until(() -> locks().held().getFirst().state() == LockLease.State.ABANDONED);
        try (Bench other = Bench.on(database.open())) {
          // Long before the lease has run out.
          long token = other.engine().locks().hold(NAME, LEASE, Held::token);
          assertThat(token).isGreaterThan(lost.token());
          assertThatThrownBy(() -> database().run(lost::check)).isInstanceOf(LockLost.class);
        }
      }
      assertThat(locks().<Integer>hold(NAME, LEASE, h -> 1)).isEqualTo(1);
    }
  }

  abstract static class Contract extends LocksContract {
    @Test
    void whoHangsBeyondHisLeaseIsTakenOverAndRefused() throws Exception {
      Article article = article();
      try (var hanging = new Holder(locks(), NAME, Duration.ofMillis(300))) {
        Held lost = hanging.held();
        long token =
            locks()
                .inTransaction(
                    NAME,
                    LEASE,
                    database(),
                    (tx, held) -> {
                      tx.articles().lock(article.id());
                      tx.articles().raiseRevision(article.id());
                      return held.token();
                    });
        assertThat(token).isGreaterThan(lost.token());
        assertThatThrownBy(() ->
                database()
                    .run(tx -> {
                      tx.articles().lock(article.id());
                      tx.articles().raiseRevision(article.id());
                      lost.check(tx);
                    }))
            .isInstanceOf(LockLost.class)
            .hasMessageContaining(NAME);
        assertThat(article().revision()).isEqualTo(article.revision() + 1);
      }
      assertThat(locks().held()).isEmpty();
    }

    @Test
    void nothingSlipsInBetweenCheckAndCommit() throws Exception {
      try (var slow = new Holder(locks(), NAME, Duration.ofMillis(200))) {
        Held held = slow.held();
        database()
            .run(tx -> {
              held.check(tx);
              await().until(() -> state() == LockLease.State.OVERDUE);
              CompletableFuture<String> other =
                  CompletableFuture.supplyAsync(() -> {
                    try {
                      return locks().hold(NAME, LEASE, Duration.ofMillis(300), h -> "slipped in");
                    } catch (LockUnavailable e) {
                      return "kept out";
                    }
                  });
              assertThat(other.join()).isEqualTo("kept out");
            });
        assertThat(locks().<String>hold(NAME, LEASE, h -> "now it is free").isEmpty()).isFalse();
      }
    }

    @Test
    void alongsideALeaseThatRanOutButNobodyTookOverWorkIsStillDone() throws Exception {
      try (var slow = new Holder(locks(), NAME, Duration.ofMillis(50))) {
        Held held = slow.held();
        await().until(() -> state() == LockLease.State.OVERDUE);
        database().run(held::check);
      }
    }

    @Test
    void withoutTheDatabaseThreadsAreStillKeptApart() throws Exception {
      try (Bench off = distributed("false")) {
        Locks locks = off.engine().locks();
        AtomicInteger inside = new AtomicInteger();
        List<Long> tokens = Collections.synchronizedList(new ArrayList<>());
        Together.run(
            20,
            i ->
                locks.hold(
                    NAME,
                    LEASE,
                    LONG,
                    held -> {
                      assertThat(inside.incrementAndGet()).isEqualTo(1);
                      tokens.add(held.token());
                      return inside.decrementAndGet();
                    }));
        assertThat(tokens).isSorted().doesNotHaveDuplicates();
        assertThat(database.count("SELECT count(*) FROM lock_lease")).isZero();
        try (var hanging = new Holder(locks, NAME, Duration.ofMillis(100))) {
          Held lost = hanging.held();
          assertThatThrownBy(
                  () -> locks.hold(NAME, LEASE, Duration.ofMillis(1), held -> "not reached"))
              .isInstanceOf(LockUnavailable.class)
              .hasMessageContaining("another thread of this process");
          assertThat(locks.<Integer>hold(NAME, LEASE, LONG, held -> 1)).isEqualTo(1);
          assertThatThrownBy(() -> database().run(lost::check)).isInstanceOf(LockLost.class);
        }
      }
    }
  }
}
