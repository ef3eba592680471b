package dev.imprimatur.engine.simulation;

import dev.imprimatur.engine.memory.MemoryDatabase;
import dev.imprimatur.engine.memory.Waiting;
import dev.imprimatur.engine.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Lets many threads run one at a time, handing the turn on wherever they can be overtaken: before
/// and after each transaction, before each of its statements, at each fault point. Whose turn is
/// next, how far the clock goes, who dies and which connection breaks is drawn from a seed.
public final class Baton {
  private final Random random;
  private final List<Runner> runners = new ArrayList<>();
  private final MemoryDatabase database;
  private volatile @Nullable Runner turn;
  private @Nullable Runner current;
  private @Nullable Thread scheduler;
  private boolean chaos = true;
  private long steps;

  /// A process: what dies as one.
  public static class Process {
    private final String id;
    private boolean dead;

    public Process(String id) {
      this.id = id;
    }

    public final String id() {
      return id;
    }

    public final boolean dead() {
      return dead;
    }
  }

  /// Ends the threads of a process that has died. An error, as the engine's code must not take it
  /// for a failure; whatever it does all the same finds the process dead again.
  @SuppressWarnings("serial")
  private static final class Death extends Error {
    private Death() {
      super("the process has died", null, false, false);
    }
  }

  private static final class Runner {
    private final Process process;
    private final Thread thread;
    private BooleanSupplier ready = () -> true;
    private @Nullable Instant wake;
    private boolean done;
    private @Nullable Throwable failure;

    private Runner(Process process, Thread thread) {
      this.process = process;
      this.thread = thread;
    }
  }

  public Baton(Random random, MemoryDatabase database) {
    this.random = random;
    this.database = database;
  }

  /// Starts a thread of a process; it waits for its turn.
  public void start(Process process, Runnable body) {
    Runner[] self = new Runner[1];
    Thread thread =
        Thread.ofVirtual()
            .unstarted(() -> {
              Runner me = self[0];
              awaitTurn(me);
              try {
                if (!process.dead) {
                  body.run();
                }
              } catch (Death e) {
                // As it should be.
              } catch (Throwable e) {
                me.failure = process.dead ? null : e;
              }
              me.done = true;
              turn = null;
              LockSupport.unpark(scheduler);
            });
    self[0] = new Runner(process, thread);
    runners.add(self[0]);
    thread.start();
  }

  /// Gives turns until it is so, or the steps are used up.
  ///
  /// @return whether it is so
  public boolean run(long most, BooleanSupplier until) {
    scheduler = Thread.currentThread();
    for (long end = steps + most; steps < end; steps++) {
      if (until.getAsBoolean()) {
        return true;
      }
      Runner next = choose();
      if (next == null) {
        return until.getAsBoolean();
      }
      database.pass(Duration.ofMillis(1 + random.nextInt(10)));
      if (chaos && random.nextInt(400) == 0) {
        // A pause of the whole world: every lease may run out.
        database.pass(Duration.ofMillis(random.nextInt(3000)));
      }
      current = next;
      turn = next;
      LockSupport.unpark(next.thread);
      while (turn != null) {
        LockSupport.park(this);
      }
      if (next.done) {
        runners.remove(next);
        if (next.failure != null) {
          throw new AssertionError("a thread of " + next.process.id + " failed", next.failure);
        }
      }
    }
    return until.getAsBoolean();
  }

  private @Nullable Runner choose() {
    while (!runners.isEmpty()) {
      List<Runner> ready = new ArrayList<>();
      for (Runner r : runners) {
        if (r.process.dead
            || ((r.wake == null || !r.wake.isAfter(database.now())) && r.ready.getAsBoolean())) {
          ready.add(r);
        }
      }
      if (!ready.isEmpty()) {
        return ready.get(random.nextInt(ready.size()));
      }
      if (runners.stream().noneMatch(r -> r.wake != null)) {
        throw new AssertionError("everybody waits for somebody");
      }
      database.pass(Duration.ofMillis(5));
    }
    return null;
  }

  private void awaitTurn(Runner me) {
    while (turn != me) {
      LockSupport.park(this);
    }
  }

  /// Hands the turn on until the condition holds.
  private void hand(Process process, BooleanSupplier ready, @Nullable Instant wake) {
    Runner me = current;
    if (me == null || Thread.currentThread() != me.thread) {
      // The scheduler itself looks at the database.
      return;
    }
    die(process);
    me.ready = ready;
    me.wake = wake;
    turn = null;
    LockSupport.unpark(scheduler);
    awaitTurn(me);
    current = me;
    me.ready = () -> true;
    me.wake = null;
    die(process);
  }

  private static void die(Process process) {
    if (process.dead) {
      throw new Death();
    }
  }

  /// A place between two steps of a process.
  public void pause(Process process) {
    if (chaos && !process.id.startsWith("person") && random.nextInt(250) == 0) {
      kill(process);
    }
    hand(process, () -> true, null);
  }

  /// Waits for somebody else.
  public void until(Process process, BooleanSupplier condition) {
    hand(process, condition, null);
  }

  /// Lets time pass for the one who asks.
  public void sleep(Process process, int millis) {
    hand(process, () -> true, database.now().plusMillis(millis));
  }

  /// Ends a process as a kill would; its connections go when its threads have their next turn.
  public void kill(Process process) {
    process.dead = true;
  }

  /// From now on nobody dies and nothing breaks.
  public void calm() {
    chaos = false;
  }

  /// Whether no thread and so no connection of a process is left.
  public boolean gone(Process process) {
    return runners.stream().noneMatch(runner -> runner.process == process);
  }

  /// Whether every thread has ended.
  public boolean empty() {
    return runners.isEmpty();
  }

  /// Ends all threads that are left.
  public void abandon() {
    runners.forEach(runner -> kill(runner.process));
    chaos = false;
    run(Integer.MAX_VALUE, this::empty);
  }

  /// How many turns there were.
  public long steps() {
    return steps;
  }

  /// True once in so many times, while things go wrong.
  public boolean mishap(int oneIn) {
    return chaos && random.nextInt(oneIn) == 0;
  }

  public int random(int bound) {
    return random.nextInt(bound);
  }

  /// The way a process reaches the database: overtaken anywhere, refused or cut off at times.
  public Waiting waiting(Process process) {
    return new Waiting() {
      @Override
      public void pause(Place place) {
        Baton.this.pause(process);
        if (place == Place.STATEMENT && mishap(300)) {
          throw new StoreException.Transient("chosen as the victim of a deadlock", null);
        }
        if (place != Place.BEGIN && mishap(300)) {
          // After the commit this is the ambiguous one: it stands, and nobody was told.
          throw new StoreException.Unavailable("the connection was lost", null);
        }
      }

      @Override
      public void until(BooleanSupplier condition) {
        Baton.this.until(process, condition);
      }
    };
  }
}
