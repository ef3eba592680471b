package dev.imprimatur.engine.memory;

import dev.imprimatur.engine.audit.Actor;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.store.AuditStore;
import dev.imprimatur.engine.store.JobStore;
import dev.imprimatur.engine.store.OutboxStore;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/// A database in memory: the queue, the outbox and the audit, a clock that is moved by hand, ids
/// from a seed. Used by one thread at a time.
public final class MemoryDatabase {
  final Table<JobKey, Job> jobs = new Table<>();
  final Table<List<String>, JobKey> requests = new Table<>();
  final Table<String, Counter> counters = new Table<>();
  final Table<String, String> subscribers = new Table<>();
  final Table<UUID, EventRow> events = new Table<>();
  final Table<String, UUID> eventKeys = new Table<>();
  final Table<DeliveryRow.Key, DeliveryRow> deliveries = new Table<>();
  final Table<DeliveryRow.Key, Instant> inbox = new Table<>();
  final Table<List<String>, AuditStore.Chain> chains = new Table<>();
  private final Random ids;
  private final Stores stores;
  private final Referee referee;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long sequence;

  /// Which stores a transaction works with: the usual ones, or broken ones.
  public interface Stores {
    /// The usual ones.
    Stores USUAL = new Stores() {};

    default JobStore jobs(MemoryTransaction tx) {
      return new MemoryJobStore(tx);
    }

    default OutboxStore outbox(MemoryTransaction tx) {
      return new MemoryOutboxStore(tx);
    }
  }

  public MemoryDatabase(long seed, Stores stores, Referee referee) {
    this.ids = new Random(seed);
    this.stores = stores;
    this.referee = referee;
  }

  /// The door for one process.
  ///
  /// @param who for the referee
  /// @param person whether it is a person's or automation's
  public UnitOfWork door(String who, boolean person, Waiting waiting) {
    var actor = new Actor(person ? Actor.Kind.HUMAN : Actor.Kind.AUTOMATION, who);
    return new MemoryUnitOfWork(this, actor, waiting);
  }

  /// The database's clock.
  public Instant now() {
    return now;
  }

  /// Lets time pass.
  public void pass(Duration time) {
    now = now.plus(time);
  }

  /// Whether nobody holds a row of any table.
  public boolean nothingIsHeld() {
    return Stream.of(
            jobs, requests, counters, subscribers, events, eventKeys, deliveries, inbox, chains)
        .allMatch(Table::free);
  }

  /// A named counter.
  public record Counter(String name, long value) {}

  Stores stores() {
    return stores;
  }

  Referee referee() {
    return referee;
  }

  long nextSequence() {
    return ++sequence;
  }

  UUID newId() {
    return new UUID(ids.nextLong(), ids.nextLong());
  }
}
