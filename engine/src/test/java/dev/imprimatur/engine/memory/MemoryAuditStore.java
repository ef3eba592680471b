package dev.imprimatur.engine.memory;

import dev.imprimatur.engine.audit.AuditChain;
import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.store.AuditStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The audit over memory.
final class MemoryAuditStore implements AuditStore {
  private final MemoryTransaction tx;
  private final Table<List<String>, Chain> chains;

  MemoryAuditStore(MemoryTransaction tx) {
    this.tx = tx;
    this.chains = tx.database().chains;
  }

  @Override
  public void append(Record what) {
    tx.statement();
    List<String> key = List.of(what.entityType(), what.entityId());
    chains.insert(
        tx, key, new Chain(what.entityType(), what.entityId(), 0, AuditChain.ORIGIN, List.of()));
    chains.update(tx, key, chain -> true, chain -> longer(chain, what));
  }

  private Chain longer(Chain chain, Record what) {
    AuditEntry unsigned = entry(chain, what, "");
    String hash = AuditChain.hash(unsigned);
    List<AuditEntry> entries = new ArrayList<>(chain.entries());
    entries.add(entry(chain, what, hash));
    return new Chain(
        chain.entityType(), chain.entityId(), chain.headSequence() + 1, hash, List.copyOf(entries));
  }

  private AuditEntry entry(Chain chain, Record what, String hash) {
    return new AuditEntry(
        what.entityType(),
        what.entityId(),
        chain.headSequence() + 1,
        tx.actor(),
        tx.now(),
        what.action(),
        what.entityVersion(),
        what.before(),
        what.after(),
        what.reason(),
        0,
        chain.headHash(),
        hash);
  }

  private Stream<AuditEntry> entries() {
    return chains.all(tx).stream().flatMap(chain -> chain.entries().stream());
  }

  @Override
  public List<AuditEntry> list(@Nullable String entityType, @Nullable String entityId, int limit) {
    return entries()
        .filter(e -> entityType == null || e.entityType().equals(entityType))
        .filter(e -> entityId == null || e.entityId().startsWith(entityId))
        .sorted(Comparator.comparing(AuditEntry::at).thenComparing(AuditEntry::sequence).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<AuditEntry> raising(String entityType, String entityId, long revision) {
    return list(entityType, entityId, Integer.MAX_VALUE).stream()
        .filter(e -> e.entityVersion() == revision)
        .findFirst();
  }

  @Override
  public void eachChain(Consumer<Chain> visitor) {
    chains.all(tx).forEach(visitor);
  }
}
