package dev.imprimatur.engine.store;

import dev.imprimatur.engine.audit.AuditEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The audit: rows are added and read, never changed.
public interface AuditStore {
  /// What happened, as the code that did it says it; who, when and the lock wait come from the
  /// transaction.
  record Record(
      String entityType,
      String entityId,
      String action,
      long entityVersion,
      @Nullable JsonNode before,
      @Nullable JsonNode after,
      @Nullable String reason) {}

  /// Adds a row, chained to the last one of its entity, with the time this transaction waited for
  /// locks so far.
  void append(Record what);

  /// Rows, newest first.
  ///
  /// @param entityType only these, or null for all
  /// @param entityId only this entity (its id or the beginning of it), or null for all
  List<AuditEntry> list(@Nullable String entityType, @Nullable String entityId, int limit);

  /// What gave an entity this revision.
  Optional<AuditEntry> raising(String entityType, String entityId, long revision);

  /// One entity's chain.
  ///
  /// @param entries all its rows, by ascending sequence
  record Chain(
      String entityType,
      String entityId,
      long headSequence,
      String headHash,
      List<AuditEntry> entries) {}

  /// Reads every chain, one after the other.
  void eachChain(Consumer<Chain> visitor);
}
