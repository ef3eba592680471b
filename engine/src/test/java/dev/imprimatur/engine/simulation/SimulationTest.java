package dev.imprimatur.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.memory.MemoryDatabase;
import dev.imprimatur.engine.memory.MemoryJobStore;
import dev.imprimatur.engine.memory.MemoryOutboxStore;
import dev.imprimatur.engine.memory.MemoryTransaction;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.Job.Claim;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.store.JobStore;
import dev.imprimatur.engine.store.OutboxStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Random schedules of the queue and the outbox, of which not one may break a rule; and broken
/// stores, of which each must be found out. `-Dimprimatur.seed=` runs one schedule again,
/// `-Dimprimatur.schedules=` another number of them.
@Execution(ExecutionMode.CONCURRENT)
class SimulationTest {
  private static final int SCHEDULES = Integer.getInteger("imprimatur.schedules", 2000);

  @Test
  void noScheduleBreaksARule() throws Exception {
    Long one = Long.getLong("imprimatur.seed");
    long first = one != null ? one : System.nanoTime();
    int schedules = one != null ? 1 : SCHEDULES;
    System.out.println("simulation: " + schedules + " schedules from seed " + first);
    long steps =
        inOneThread(() -> {
          long sum = 0;
          for (long seed = first; seed < first + schedules; seed++) {
            var world = new World(seed, MemoryDatabase.Stores.USUAL, false);
            assertThat(world.run()).as("again with -Dimprimatur.seed=%s", seed).isEmpty();
            sum += world.steps();
          }
          return sum;
        });
    System.out.println("simulation: " + steps + " steps");
  }

  @Test
  void aSeedGivesOneSchedule() throws Exception {
    List<Long> steps =
        inOneThread(() -> {
          List<Long> all = new java.util.ArrayList<>();
          for (int i = 0; i < 3; i++) {
            var world = new World(42, MemoryDatabase.Stores.USUAL, false);
            assertThat(world.run()).isEmpty();
            all.add(world.steps());
          }
          return all;
        });
    assertThat(steps.stream().distinct()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsBrokenIsFoundOut(Flaw flaw) throws Exception {
    long found =
        inOneThread(() -> {
          for (long seed = 1; seed <= SCHEDULES; seed++) {
            List<String> broken = new World(seed, flaw.stores, flaw == Flaw.EFFECTS_APART).run();
            if (!broken.isEmpty()) {
              System.out.println(
                  "simulation: "
                      + flaw
                      + " is found by schedule "
                      + seed
                      + ": "
                      + broken.getFirst());
              return seed;
            }
          }
          return 0L;
        });
    assertThat(found).as("%s is found within %s schedules", flaw, SCHEDULES).isPositive();
  }

  /// The scheduler is a virtual thread like those it gives turns to, which makes handing over
  /// cheap.
  private static <T> T inOneThread(Callable<T> work) throws Exception {
    var result = new CompletableFuture<T>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            result.complete(work.call());
          } catch (Throwable t) {
            result.completeExceptionally(t);
          }
        });
    try {
      return result.get();
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  /// What somebody might break.
  enum Flaw {
    /// Writes do not name the claim they stand on.
    CLAIMS_NOT_FENCED(
        jobs(tx ->
            new MemoryJobStore(tx) {
              @Override
              protected boolean inForce(Job job, Claim claim) {
                return job.status() == JobStatus.RUNNING;
              }
            })),
    /// The stale check does not look again under the lock.
    STALE_NOT_CHECKED_AGAIN(
        jobs(tx ->
            new MemoryJobStore(tx) {
              @Override
              public Optional<Job> lockStale(JobKey key, Duration threshold) {
                return lock(key);
              }
            })),
    /// A completion does not look whether the job has ended.
    ENDED_IS_NOT_FINAL(
        jobs(tx ->
            new MemoryJobStore(tx) {
              @Override
              protected boolean inForce(Job job, Claim claim) {
                return job.attempts() == claim.attempt();
              }
            })),
    /// Two claimers may get one job.
    CLAIMED_WITHOUT_LOCK(
        jobs(tx ->
            new MemoryJobStore(tx) {
              @Override
              protected Optional<Job> take(JobKey key) {
                return find(key);
              }
            })),
    /// A client request id may be there twice.
    REQUESTS_NOT_UNIQUE(
        jobs(tx ->
            new MemoryJobStore(tx) {
              @Override
              protected boolean enter(String workspace, String request, JobKey key) {
                super.enter(workspace, request, key);
                return true;
              }
            })),
    /// An acknowledgement does not name the claim it stands on.
    ACKNOWLEDGED_WITHOUT_TOKEN(
        outbox(tx ->
            new MemoryOutboxStore(tx) {
              @Override
              public boolean acknowledge(Claim claim) {
                return evidence(claim.event().id()).orElseThrow().deliveries().stream()
                    .filter(d -> d.subscriber().equals(claim.subscriber()))
                    .allMatch(d ->
                        super.acknowledge(
                            new Claim(
                                claim.subscriber(),
                                claim.event(),
                                d.publishCount(),
                                claim.attempt())));
              }
            })),
    /// A consumer does not remember what it applied.
    NO_INBOX(
        outbox(tx ->
            new MemoryOutboxStore(tx) {
              @Override
              public boolean enterInbox(String consumer, UUID event) {
                return true;
              }
            })),
    /// Handlers commit their effects by themselves.
    EFFECTS_APART(MemoryDatabase.Stores.USUAL);

    private final MemoryDatabase.Stores stores;

    Flaw(MemoryDatabase.Stores stores) {
      this.stores = stores;
    }

    private interface Making<T> {
      T over(MemoryTransaction tx);
    }

    private static MemoryDatabase.Stores jobs(Making<JobStore> making) {
      return new MemoryDatabase.Stores() {
        @Override
        public JobStore jobs(MemoryTransaction tx) {
          return making.over(tx);
        }
      };
    }

    private static MemoryDatabase.Stores outbox(Making<OutboxStore> making) {
      return new MemoryDatabase.Stores() {
        @Override
        public OutboxStore outbox(MemoryTransaction tx) {
          return making.over(tx);
        }
      };
    }
  }
}
