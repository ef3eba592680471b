package dev.imprimatur.engine.memory;

import dev.imprimatur.engine.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Rows by key, read committed: a transaction sees what is committed and what it wrote itself. Who
/// writes or locks a row holds it until his transaction ends; others wait for him, then look again
/// at what he left.
final class Table<K, V> {
  private final Map<K, Row<V>> rows = new LinkedHashMap<>();

  private static final class Row<V> implements MemoryTransaction.Held {
    private @Nullable V committed;
    private @Nullable V pending;
    private @Nullable MemoryTransaction owner;

    @Override
    public void end(boolean commit, MemoryTransaction by) {
      V before = committed;
      if (commit && pending != null && !pending.equals(before)) {
        committed = pending;
        by.report(before, Objects.requireNonNull(pending));
      }
      pending = null;
      owner = null;
    }
  }

  /// What the transaction sees of a row.
  @Nullable V see(MemoryTransaction tx, K key) {
    Row<V> row = rows.get(key);
    return row == null
        ? null
        : row.owner == tx && row.pending != null ? row.pending : row.committed;
  }

  /// All rows it sees, in order of their writing.
  List<V> all(MemoryTransaction tx) {
    List<V> seen = new ArrayList<>();
    for (Row<V> row : rows.values()) {
      V value = row.owner == tx && row.pending != null ? row.pending : row.committed;
      if (value != null) {
        seen.add(value);
      }
    }
    return seen;
  }

  /// As `INSERT … ON CONFLICT DO NOTHING`: waits for whoever is writing the same key.
  boolean insert(MemoryTransaction tx, K key, V value) {
    Row<V> row = rows.computeIfAbsent(key, k -> new Row<>());
    if (row.owner != null && row.owner != tx) {
      await(tx, row);
    }
    if (see(tx, key) != null) {
      return false;
    }
    hold(tx, row);
    row.pending = value;
    return true;
  }

  /// As `SELECT … FOR UPDATE`.
  Optional<V> lock(MemoryTransaction tx, K key, Predicate<? super V> where) {
    V seen = see(tx, key);
    if (seen == null || !where.test(seen)) {
      return Optional.empty();
    }
    Row<V> row = row(key);
    if (row.owner != null && row.owner != tx) {
      await(tx, row);
    }
    V now = see(tx, key);
    if (now == null || !where.test(now)) {
      return Optional.empty();
    }
    hold(tx, row);
    return Optional.of(now);
  }

  /// As `SELECT … FOR UPDATE SKIP LOCKED`.
  Optional<V> lockUnlessHeld(MemoryTransaction tx, K key, Predicate<? super V> where) {
    Row<V> row = rows.get(key);
    return row == null || (row.owner != null && row.owner != tx)
        ? Optional.empty()
        : lock(tx, key, where);
  }

  /// As `UPDATE … WHERE`.
  boolean update(MemoryTransaction tx, K key, Predicate<? super V> where, UnaryOperator<V> change) {
    Optional<V> held = lock(tx, key, where);
    held.ifPresent(value -> row(key).pending = change.apply(value));
    return held.isPresent();
  }

  /// Whether nobody holds a row.
  boolean free() {
    return rows.values().stream().allMatch(row -> row.owner == null);
  }

  private Row<V> row(K key) {
    return Objects.requireNonNull(rows.get(key));
  }

  private void hold(MemoryTransaction tx, Row<V> row) {
    if (row.owner != tx) {
      row.owner = tx;
      tx.holds(row);
    }
  }

  private static void await(MemoryTransaction tx, Row<?> row) {
    MemoryTransaction holder = row.owner;
    for (MemoryTransaction next = holder; next != null; next = next.waitsFor()) {
      if (next == tx) {
        throw new StoreException.Transient("deadlock", null);
      }
    }
    tx.await(Objects.requireNonNull(holder), () -> row.owner == null);
  }
}
