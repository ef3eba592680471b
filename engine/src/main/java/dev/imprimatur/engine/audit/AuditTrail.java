package dev.imprimatur.engine.audit;

import dev.imprimatur.engine.store.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Reads and checks the audit.
public final class AuditTrail {
  private final UnitOfWork database;

  public AuditTrail(UnitOfWork database) {
    this.database = database;
  }

  /// What a check of all chains found.
  ///
  /// @param entities how many chains were read
  /// @param rows how many rows
  /// @param flaws one sentence per broken chain; empty if all hold
  public record Verification(long entities, long rows, List<String> flaws) {
    /// Whether every chain holds.
    public boolean holds() {
      return flaws.isEmpty();
    }
  }

  /// Rows, newest first; nulls match all.
  public List<AuditEntry> list(@Nullable String entityType, @Nullable String entityId, int limit) {
    return database.inTransaction(tx -> tx.audit().list(entityType, entityId, limit));
  }

  /// Checks every chain from its first row to its head.
  public Verification verify() {
    return database.inTransaction(tx -> {
      List<String> flaws = new ArrayList<>();
      AtomicLong entities = new AtomicLong();
      AtomicLong rows = new AtomicLong();
      tx.audit()
          .eachChain(chain -> {
            entities.incrementAndGet();
            rows.addAndGet(chain.entries().size());
            AuditChain.firstFlaw(chain.entries(), chain.headSequence(), chain.headHash())
                .ifPresent(
                    flaw -> flaws.add(chain.entityType() + " " + chain.entityId() + ": " + flaw));
          });
      return new Verification(entities.get(), rows.get(), flaws);
    });
  }
}
