package dev.imprimatur.engine.lock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keeps threads of one process apart, in the order in which they came, so that no more than one of
/// them asks the database for a lock at a time. Who is let in and stays beyond his lease bars the
/// way no longer; whether the lease is over is then for the database to say.
final class Gates {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Gate> gates = new HashMap<>();
  private long tickets;

  private static final class Gate {
    final Deque<Condition> queue = new ArrayDeque<>();
    @Nullable Ticket inside;
  }

  /// A thread's turn at a name.
  final class Ticket {
    private final String name;
    private final Thread thread = Thread.currentThread();
    private final long number;
    private final boolean waited;
    private long overdueAt = Long.MAX_VALUE;

    private Ticket(String name, boolean waited) {
      this.name = name;
      this.number = ++tickets;
      this.waited = waited;
    }

    /// Rising over the life of the process.
    long number() {
      return number;
    }

    /// Whether another thread of this process was inside.
    boolean waited() {
      return waited;
    }

    /// From now on it bars the way for so long at most.
    void holding(long nanos) {
      lock.lock();
      try {
        overdueAt = System.nanoTime() + nanos;
        Gate gate = gates.get(name);
        if (gate != null && !gate.queue.isEmpty()) {
          gate.queue.getFirst().signal();
        }
      } finally {
        lock.unlock();
      }
    }

    /// Whether nobody else of this process was let in since.
    boolean last() {
      lock.lock();
      try {
        Gate gate = gates.get(name);
        return gate != null && gate.inside == this;
      } finally {
        lock.unlock();
      }
    }

    /// Lets the next one in.
    void leave() {
      lock.lock();
      try {
        Gate gate = gates.get(name);
        if (gate != null && gate.inside == this) {
          gate.inside = null;
          callNext(name, gate);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /// Waits for one's turn, deaf to interrupts: they must not reach a thread on its way into the
  /// database.
  ///
  /// @param deadline by [System#nanoTime]
  /// @return empty if the time is over
  /// @throws IllegalStateException if this thread is inside already
  Optional<Ticket> enter(String name, long deadline) {
    boolean interrupted = false;
    lock.lock();
    Condition me = lock.newCondition();
    Gate gate = gates.computeIfAbsent(name, n -> new Gate());
    try {
      if (gate.inside != null && gate.inside.thread == Thread.currentThread()) {
        throw new IllegalStateException(
            "this thread holds lock " + name + " already; a lock is not taken twice");
      }
      gate.queue.addLast(me);
      boolean waited = false;
      while (!mayEnter(gate, me)) {
        waited = true;
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return Optional.empty();
        }
        try {
          me.awaitNanos(gate.queue.getFirst() == me ? Math.min(left, overdueIn(gate)) : left);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      Ticket ticket = new Ticket(name, waited);
      gate.inside = ticket;
      return Optional.of(ticket);
    } finally {
      gate.queue.remove(me);
      callNext(name, gate);
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// How many threads wait for each name.
  Map<String, Integer> waiting() {
    lock.lock();
    try {
      Map<String, Integer> waiting = new HashMap<>();
      gates.forEach((name, gate) -> waiting.put(name, gate.queue.size()));
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  private static boolean mayEnter(Gate gate, Condition me) {
    return gate.queue.getFirst() == me && (gate.inside == null || overdueIn(gate) <= 0);
  }

  private static long overdueIn(Gate gate) {
    Ticket inside = gate.inside;
    return inside == null || inside.overdueAt == Long.MAX_VALUE
        ? Long.MAX_VALUE
        : inside.overdueAt - System.nanoTime();
  }

  private void callNext(String name, Gate gate) {
    if (!gate.queue.isEmpty()) {
      gate.queue.getFirst().signal();
    } else if (gate.inside == null) {
      gates.remove(name, gate);
    }
  }
}
