package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.fxml.task.Tasks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// What was wanted last, computed away from the FX thread. One computation runs at a time: while it
/// does, what is wanted in between is passed over, and only the latest is computed next. What was
/// computed lately is kept. Used on the FX thread.
///
/// @param <K> what a result depends on
/// @param <V> the result
final class Latest<K, V> {
  private static final int KEPT = 64;

  private final Tasks tasks;
  private final String name;
  private final Map<K, V> kept = new LinkedHashMap<>(16, 0.75f, true);
  private final ReadOnlyObjectWrapper<@Nullable V> result = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper computing = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
  private @Nullable K wanted;
  private @Nullable Callable<V> call;
  private boolean running;
  private int generation;

  /// @param name what is being computed, for people
  Latest(Tasks tasks, String name) {
    this.tasks = tasks;
    this.name = name;
  }

  /// Wants a result. Until it is there the one before stays.
  void want(K key, Callable<V> how) {
    wanted = key;
    call = how;
    failure.set("");
    V there = kept.get(key);
    if (there != null) {
      computing.set(false);
      result.set(there);
    } else {
      computing.set(true);
      if (!running) {
        compute(key, how);
      }
    }
  }

  /// Forgets everything; what is being computed is dropped.
  void forget() {
    generation++;
    running = false;
    wanted = null;
    call = null;
    kept.clear();
    result.set(null);
    computing.set(false);
    failure.set("");
  }

  private void compute(K key, Callable<V> how) {
    running = true;
    int mine = generation;
    tasks
        .runQuietly(name, how)
        .onSuccess(value -> {
          if (mine == generation) {
            keep(key, value);
            ended(key);
          }
        })
        .onFailure(why -> {
          if (mine == generation) {
            if (key.equals(wanted)) {
              computing.set(false);
              result.set(null);
              failure.set(String.valueOf(why.getMessage()));
            }
            ended(key);
          }
        });
  }

  private void keep(K key, V value) {
    kept.put(key, value);
    if (kept.size() > KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    if (key.equals(wanted)) {
      // First this: whoever hears of the result asks whether it is the wanted one.
      computing.set(false);
      result.set(value);
    }
  }

  private void ended(K key) {
    running = false;
    K next = wanted;
    Callable<V> how = call;
    if (next != null && how != null && computing.get() && !next.equals(key)) {
      compute(next, how);
    }
  }

  /// The latest result, or null before the first.
  ReadOnlyObjectProperty<@Nullable V> resultProperty() {
    return result.getReadOnlyProperty();
  }

  /// Whether the result is not yet that of what was wanted last.
  ReadOnlyBooleanProperty computingProperty() {
    return computing.getReadOnlyProperty();
  }

  /// Why what was wanted last can't be computed, or an empty text.
  ReadOnlyStringProperty failureProperty() {
    return failure.getReadOnlyProperty();
  }
}
