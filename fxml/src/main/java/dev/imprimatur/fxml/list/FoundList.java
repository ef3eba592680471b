package dev.imprimatur.fxml.list;

import dev.imprimatur.fxml.task.Look;
import dev.imprimatur.fxml.task.Tasks;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// What a query finds, as a long list that is looked for again whenever it is asked to. On the FX
/// thread.
public final class FoundList<Q, R> {
  private final Supplier<Q> query;
  private final Function<Q, List<UUID>> finder;
  private final Predicate<Q> narrowed;
  private final LongList<R> rows;
  private final Look<Found<Q>> look;
  private final ReadOnlyObjectWrapper<ListState> state =
      new ReadOnlyObjectWrapper<>(ListState.LOADING);
  private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
  private @Nullable Q shown;

  private record Found<Q>(Q query, Order order) {}

  /// @param name what looking is called, for people
  /// @param query what is asked for now
  /// @param finder the ids in their order; called away from the FX thread
  /// @param narrowed whether a query that finds nothing leaves something out
  /// @param reader the rows
  public FoundList(
      Tasks tasks,
      String name,
      Supplier<Q> query,
      Function<Q, List<UUID>> finder,
      Predicate<Q> narrowed,
      LongList.Reader<R> reader) {
    this.query = query;
    this.finder = finder;
    this.narrowed = narrowed;
    rows = new LongList<>(tasks, name, reader);
    look = new Look<>(tasks, name, this::next, this::arrived, this::failed);
  }

  /// Looks again. While it is looking, further calls come to one more look.
  public void refresh() {
    look.now();
  }

  private Callable<Found<Q>> next() {
    Q wanted = query.get();
    return () -> new Found<>(wanted, new Order(finder.apply(wanted)));
  }

  private void arrived(Found<Q> found) {
    failure.set("");
    if (!found.query().equals(query.get())) {
      // Something else is asked for by now; what was found is not shown for it.
      look.now();
      return;
    }
    shown = found.query();
    rows.reorder(found.order());
    rows.reread();
    settle();
  }

  private void failed(Throwable why) {
    String message = why.getMessage();
    failure.set(message == null ? why.getClass().getSimpleName() : message);
    settle();
  }

  private void settle() {
    if (shown == null) {
      state.set(failure.get().isEmpty() ? ListState.LOADING : ListState.FAILED);
    } else if (!rows.isEmpty()) {
      state.set(ListState.READY);
    } else {
      state.set(narrowed.test(shown) ? ListState.NO_MATCH : ListState.EMPTY);
    }
  }

  /// The rows, read as they come into sight.
  public LongList<R> rows() {
    return rows;
  }

  public ReadOnlyObjectProperty<ListState> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /// Why the last look failed, or an empty text.
  public ReadOnlyStringProperty failureProperty() {
    return failure.getReadOnlyProperty();
  }
}
