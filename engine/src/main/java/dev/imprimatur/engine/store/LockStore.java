package dev.imprimatur.engine.store;

import dev.imprimatur.engine.lock.LockLease;
import dev.imprimatur.engine.lock.WaitCount;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Leases as rows, and what was measured of waiting for them. Locks are taken through [Leases].
public interface LockStore {
  /// Asks whether a lease is still its holder's with this token, and until the end of the
  /// transaction lets nobody take it over. A lease that has run out and that nobody took over is
  /// still its holder's.
  ///
  /// @param waited for the lock; audit entries of this transaction carry it
  /// @param idle after which a server ends the transaction if it stands still
  boolean guard(String name, long token, Duration waited, Duration idle);

  /// Adds a wait for a lock that is no lease: audit entries of this transaction carry it.
  void waited(Duration waited);

  /// Who holds a lock.
  Optional<LockLease> find(String name);

  /// Every lock that is held, longest held first.
  List<LockLease> held();

  /// How many locks are held.
  long countHeld();

  /// Frees every lock, where no other process can hold one.
  ///
  /// @return how many were held
  int freeAll();

  /// Adds to what was measured.
  ///
  /// @param counts whose hour is left to the store: it is the database's as it writes
  void measured(Collection<WaitCount> counts);

  /// What was measured in the hours from this time on.
  List<WaitCount> waits(Instant since);

  /// Forgets what was measured in hours that ended before a time.
  ///
  /// @return how many rows went
  int pruneWaits(Instant before);

  /// Forgets locks that nobody has held since a time.
  ///
  /// @return how many rows went
  int pruneFree(Instant before);
}
