package dev.imprimatur.engine.store;

import static dev.imprimatur.engine.store.Elsewhere.elsewhere;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.outbox.Delivery;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.store.OutboxStore.Claim;
import dev.imprimatur.engine.store.OutboxStore.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the outbox's tables must do, whichever database they stand in.
public abstract class OutboxStoreContract {
  private static final String ME = "sending";
  private static final Duration LEASE = Duration.ofMinutes(1);

  /// Automation's transactions on a database of its own.
  protected abstract UnitOfWork database();

  /// Lets time pass for the database.
  protected abstract void pass(Duration time);

  @BeforeEach
  void subscribe() {
    database().run(tx -> tx.outbox().register(ME));
  }

  /// Whether two transactions may have written at a time; else the second waits for the first.
  protected boolean writersOverlap() {
    return true;
  }

  @Test
  void oneFactIsOneEvent() {
    assertThat(append("a", "1")).isTrue();
    assertThat(append("b", "1")).isFalse();
    assertThatThrownBy(() ->
            database()
                .run(tx -> {
                  tx.outbox().append("t", "a", "T", "2", Json.object());
                  throw new IllegalStateException("rolled back");
                }))
        .hasMessage("rolled back");
    assertThat(append("a", "2")).isTrue();
    assertThat(due()).hasSize(2);
  }

  @Test
  void whoSubscribesLaterGetsWhatIsWrittenLater() {
    append("a", "1");
    database().run(tx -> tx.outbox().register("late"));
    append("a", "2");
    assertThat(database().<List<UUID>>inTransaction(tx -> tx.outbox().undelivered("late", 10)))
        .hasSize(1);
    assertThat(database().<List<String>>inTransaction(tx -> tx.outbox().subscribers()))
        .contains("late", ME)
        .isSorted();
  }

  @Test
  void aClaimKeepsOthersOffUntilItRunsOut() {
    UUID event = event("a", "1");
    UUID next = event("a", "2");
    Claim first = claim(event);
    assertThat(first.token()).isEqualTo(1);
    assertThat(due()).isEmpty();
    assertThat(database().<Optional<Claim>>inTransaction(tx -> tx.outbox().claim(ME, event, LEASE)))
        .isEmpty();
    assertThat(database().<Optional<Claim>>inTransaction(tx -> tx.outbox().claim(ME, next, LEASE)))
        .isEmpty();
    pass(LEASE.multipliedBy(2));
    Claim second = claim(event);
    assertThat(second.token()).isEqualTo(2);
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(acknowledge(first)).isFalse();
    database().run(tx -> tx.outbox().failed(first, new Failure("late", LEASE, true)));
    assertThat(delivery(event).state()).isEqualTo(DeliveryState.PENDING);
    assertThat(acknowledge(second)).isTrue();
    assertThat(acknowledge(second)).isFalse();
    assertThat(delivery(event).state()).isEqualTo(DeliveryState.ACKNOWLEDGED);
    assertThat(due()).containsExactly(next);
  }

  @Test
  void whatAnotherTransactionHoldsIsPassedOver() {
    assumeThat(writersOverlap()).isTrue();
    UUID held = event("a", "1");
    UUID free = event("b", "2");
    database()
        .run(tx -> {
          assertThat(tx.outbox().lockDelivery(ME, held)).isPresent();
          assertThat(
                  elsewhere(() ->
                      database()
                          .<Optional<Claim>>inTransaction(o -> o.outbox().claim(ME, held, LEASE))))
              .isEmpty();
          assertThat(
                  elsewhere(() ->
                      database()
                          .<Optional<Claim>>inTransaction(o -> o.outbox().claim(ME, free, LEASE))))
              .isPresent();
        });
  }

  @Test
  void whatFailedWaitsAndHoldsUpItsAggregateOnly() {
    UUID event = event("a", "1");
    UUID behind = event("a", "2");
    UUID other = event("b", "3");
    Claim claim = claim(event);
    database().run(tx -> tx.outbox().failed(claim, new Failure("no", LEASE, false)));
    assertThat(due()).containsExactly(other);
    pass(LEASE.multipliedBy(2));
    assertThat(due()).containsExactly(event, behind, other);
    assertThat(
            database()
                .<Optional<OutboxEvent>>inTransaction(tx -> tx.outbox().lockDelivery(ME, behind)))
        .isEmpty();
    assertThat(delivery(event).lastError()).isEqualTo("no");
  }

  @Test
  void theDeadWaitForAPersonAndWhatIsBehindThemToo() {
    UUID event = event("a", "1");
    UUID behind = event("a", "2");
    Claim claim = claim(event);
    database().run(tx -> tx.outbox().failed(claim, new Failure("no", Duration.ZERO, true)));
    pass(LEASE.multipliedBy(100));
    assertThat(due()).isEmpty();
    assertThat(database().<List<Delivery>>inTransaction(tx -> tx.outbox().dead(ME, tx.now(), 10)))
        .extracting(d -> d.event().id())
        .containsExactly(event);
    assertThat(database().<Boolean>inTransaction(tx -> tx.outbox().replay(ME, event))).isTrue();
    assertThat(database().<Boolean>inTransaction(tx -> tx.outbox().replay(ME, event))).isFalse();
    assertThat(database().<Boolean>inTransaction(tx -> tx.outbox().skip(ME, event))).isFalse();
    Claim again = claim(event);
    assertThat(again.token()).isEqualTo(2);
    assertThat(again.attempt()).isEqualTo(1);
    database().run(tx -> tx.outbox().failed(again, new Failure("no", Duration.ZERO, true)));
    assertThat(database().<Boolean>inTransaction(tx -> tx.outbox().skip(ME, event))).isTrue();
    assertThat(due()).containsExactly(behind);
    assertThat(delivery(event).state()).isEqualTo(DeliveryState.SKIPPED);
  }

  @Test
  void aConsumerTakesAnEventOnce() {
    UUID event = event("a", "1");
    database()
        .run(tx -> {
          assertThat(tx.outbox().lockDelivery(ME, event)).isPresent();
          assertThat(tx.outbox().enterInbox(ME, event)).isTrue();
          tx.outbox().acknowledge(ME, event);
        });
    assertThat(database().<Boolean>inTransaction(tx -> tx.outbox().replay(ME, event))).isTrue();
    assertThat(database().<Boolean>inTransaction(tx -> tx.outbox().enterInbox(ME, event)))
        .isFalse();
    assertThat(delivery(event).publishCount()).isEqualTo(1);
    assertThat(delivery(event).attempts()).isZero();
    assertThat(database().inTransaction(tx -> tx.outbox().counters()).sound()).isTrue();
  }

  private boolean append(String aggregate, String key) {
    return database()
        .inTransaction(tx -> tx.outbox().append("t", aggregate, "T", key, Json.object()));
  }

  private UUID event(String aggregate, String key) {
    append(aggregate, key);
    return database().inTransaction(tx -> tx.outbox().list(1)).getFirst().id();
  }

  private List<UUID> due() {
    return database().inTransaction(tx -> tx.outbox().undelivered(ME, 10));
  }

  private Claim claim(UUID event) {
    return database().inTransaction(tx -> tx.outbox().claim(ME, event, LEASE)).orElseThrow();
  }

  private boolean acknowledge(Claim claim) {
    return database().inTransaction(tx -> tx.outbox().acknowledge(claim));
  }

  private Delivery delivery(UUID event) {
    return database()
        .inTransaction(tx -> tx.outbox().evidence(event))
        .orElseThrow()
        .deliveries()
        .stream()
        .filter(d -> d.subscriber().equals(ME))
        .findFirst()
        .orElseThrow();
  }
}
