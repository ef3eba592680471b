package dev.imprimatur.fxml.lock;

import dev.imprimatur.engine.lock.Locks;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.task.Look;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.concurrent.Callable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// What is shown of locks.
public final class LocksViewModel {
  private final Locks locks;
  private final Look<Read> look;
  private final ObjectProperty<Span> span = new SimpleObjectProperty<>(Span.DAY);
  private final ReadOnlyObjectWrapper<@Nullable LocksData> data = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<ListState> state =
      new ReadOnlyObjectWrapper<>(ListState.LOADING);
  private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");

  private record Read(Span span, LocksData data) {}

  public LocksViewModel(Locks locks, Tasks tasks, Texts texts) {
    this.locks = locks;
    look = new Look<>(tasks, texts.get("task.locks"), this::next, this::arrived, this::failed);
    span.addListener((observed, before, now) -> refresh());
  }

  /// Looks again. While it is looking, further calls come to one more look.
  public void refresh() {
    look.now();
  }

  private Callable<Read> next() {
    Span wanted = span.get();
    return () -> {
      var statistics = locks.statistics(wanted.hours());
      return new Read(wanted, new LocksData(locks.held(), statistics, System.nanoTime()));
    };
  }

  private void arrived(Read read) {
    failure.set("");
    if (read.span() != span.get()) {
      look.now();
      return;
    }
    data.set(read.data());
    state.set(read.data().empty() ? ListState.EMPTY : ListState.READY);
  }

  // What was read stays in sight; that the database does not answer is said above.
  private void failed(Throwable why) {
    String message = why.getMessage();
    failure.set(message == null ? why.getClass().getSimpleName() : message);
    if (data.get() == null) {
      state.set(ListState.FAILED);
    }
  }

  ObjectProperty<Span> spanProperty() {
    return span;
  }

  /// Null until something was read.
  ReadOnlyObjectProperty<@Nullable LocksData> dataProperty() {
    return data.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<ListState> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /// Why the last look failed, or an empty text.
  ReadOnlyStringProperty failureProperty() {
    return failure.getReadOnlyProperty();
  }
}
