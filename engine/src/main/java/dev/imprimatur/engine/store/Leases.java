package dev.imprimatur.engine.store;

import dev.imprimatur.engine.lock.LockName;
import java.time.Duration;

/// Takes locks that reach as far as the database does. Not inside a transaction: a lock outlives
/// the commit that it protects.
public interface Leases {
  /// Who wants what.
  ///
  /// @param process for people, as host and number
  /// @param lease how long nobody may take it over from a holder that hangs
  record Wanted(LockName name, String process, Duration lease) {}

  /// What came of it.
  sealed interface Taking {
    /// It is held until the hold is closed.
    ///
    /// @param contended whether somebody else held it
    record Taken(Hold hold, boolean contended) implements Taking {}

    /// The wait is over.
    record Busy() implements Taking {}

    /// So many locks are held here that there is no connection for one more.
    ///
    /// @param most how many can be held
    record Full(int most) implements Taking {}
  }

  /// A lock that is held. Closing it never throws: what it protected is done by then.
  interface Hold extends AutoCloseable {
    /// The fencing token.
    long token();

    @Override
    void close();
  }

  /// Waits for a lock and takes it: at once where nobody has it, where its holder is gone, or where
  /// its lease has run out on the database's clock.
  ///
  /// @param wait at most; measured by this process
  /// @throws StoreException if the database refuses or cannot be reached
  Taking take(Wanted wanted, Duration wait);
}
