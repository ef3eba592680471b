package dev.imprimatur.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.lock.Locks;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.sweep.Findings;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.engine.tour.Tours;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The sweep that closes tours: what it closes, what it leaves, and that automation does no more.
class TourSweepTest {
  abstract static class Contract extends BenchContract {
    TourBench tours;

    /// So long a wait that a sweep which waited would be seen to hang.
    @Override
    Bench bench(Database open) {
      return Bench.on(
          open,
          Scripted.providers(),
          Engine.Extensions.NONE,
          FaultPoints.NONE,
          Map.of("locks.max-wait", "10m"));
    }

    @BeforeEach
    void openTours() {
      tours = new TourBench(bench);
    }

    Findings sweep(FaultPoints faults) {
      return Tours.expiry(bench.database().automation(), bench.engine().locks(), faults)
          .work()
          .sweep(() -> false);
    }

    @Test
    void onlyWhatIsAssignedAndOverIsClosedOnce() {
      Tour over = tours.expired("Over", 1);
      Tour begun = tours.expired("Begun", 1);
      tours.stepped(begun.id(), TourStatus.INPROGRESS, "A-1");
      Tour ahead = tours.made("Ahead", 1);
      Tour ever = tours.tours().make(TourBench.of("Ever", 1, null)).tour();
      assertThat(sweep(FaultPoints.NONE)).isEqualTo(new Findings(1, 1, ""));
      assertThat(sweep(FaultPoints.NONE)).isEqualTo(new Findings(0, 0, ""));
      assertThat(tours.find(over.id()).status()).isEqualTo(TourStatus.AUTOCLOSED);
      assertThat(tours.find(begun.id()).status()).isEqualTo(TourStatus.INPROGRESS);
      assertThat(tours.find(ahead.id()).status()).isEqualTo(TourStatus.ASSIGNED);
      assertThat(tours.find(ever.id()).status()).isEqualTo(TourStatus.ASSIGNED);
      var entry = tours.tours().audit(over.id(), 1).getFirst();
      assertThat(entry.action()).isEqualTo("tour.autoclosed");
      assertThat(entry.actor().human()).isFalse();
      assertThat(entry.before().path("status").asString()).isEqualTo("ASSIGNED");
    }

    @Test
    void whoBeginsATourWhileItIsBeingClosedKeepsIt() {
      Tour over = tours.expired("Over", 1);
      AtomicBoolean once = new AtomicBoolean();
      Findings findings =
          sweep(point -> {
            if (point == FaultPoint.EXPIRED_TOUR_CHOSEN && !once.getAndSet(true)) {
              tours.stepped(over.id(), TourStatus.INPROGRESS, "A-1");
            }
          });
      assertThat(findings).isEqualTo(new Findings(1, 0, ""));
      assertThat(tours.find(over.id()).status()).isEqualTo(TourStatus.INPROGRESS);
    }

    /// Somebody holds one tour for as long as the sweep runs: a sweep that waited for it would end
    /// only when it gave up.
    @Test
    void aTourThatOthersAreAtWorkOnIsPassedOverAndToldOf() {
      Tour busy = tours.expired("Busy", 1);
      Tour over = tours.expired("Over", 1);
      Locks locks = bench.engine().locks();
      Findings findings =
          locks.hold(
              "tour-job:" + busy.id(),
              Duration.ofMinutes(10),
              held -> CompletableFuture.supplyAsync(() -> sweep(FaultPoints.NONE)).join());
      assertThat(findings.found()).isEqualTo(2);
      assertThat(findings.done()).isEqualTo(1);
      assertThat(findings.note()).contains("1 tour");
      assertThat(tours.find(busy.id()).status()).isEqualTo(TourStatus.ASSIGNED);
      assertThat(tours.find(over.id()).status()).isEqualTo(TourStatus.AUTOCLOSED);
      assertThat(sweep(FaultPoints.NONE)).isEqualTo(new Findings(1, 1, ""));
    }

    @Test
    void aSweepIsListedWithTheOthers() {
      assertThat(bench.engine().sweeps().list())
          .anySatisfy(s -> assertThat(s.name()).isEqualTo("tour-expiry"));
    }

    @Test
    void automationChangesNoTourButByClosingIt() {
      Tour tour = tours.made("Ahead", 1);
      assertThatThrownBy(() ->
              bench
                  .database()
                  .automation()
                  .run(tx -> {
                    Tour seen = tx.tours().lock(tour.id()).orElseThrow();
                    tx.tours().advance(seen, TourStatus.STANDBY, null, tx.now());
                  }))
          .isInstanceOf(StoreException.class);
      assertThatThrownBy(() ->
              bench
                  .database()
                  .automation()
                  .run(tx -> tx.tours().create(TourBench.of("Other", 1, null), "k")))
          .isInstanceOf(StoreException.class);
      assertThat(tours.find(tour.id())).isEqualTo(tour);
    }
  }

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
}
