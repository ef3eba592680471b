package dev.imprimatur.fxml.tour;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourQuery;
import dev.imprimatur.engine.tour.Tours;
import dev.imprimatur.fxml.list.FoundList;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.list.LongList;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// The tours as they are listed.
public final class ToursViewModel {
  private final FoundList<TourQuery, Tour> found;
  private final StringProperty search = new SimpleStringProperty("");
  private final ObjectProperty<TourQuery.Show> show =
      new SimpleObjectProperty<>(TourQuery.Show.OPEN);

  public ToursViewModel(Tours tours, Tasks tasks, Texts texts) {
    found =
        new FoundList<>(
            tasks,
            texts.get("task.tours"),
            () -> new TourQuery(show.get(), search.get()),
            tours::order,
            // Where none is open there may be others, but none that wait for anybody.
            query ->
                !query.search().isBlank()
                    || query.show() == TourQuery.Show.OVERDUE
                    || query.show() == TourQuery.Show.ENDED,
            ids ->
                tours.rows(ids).stream().collect(Collectors.toMap(Tour::id, Function.identity())));
    search.addListener((observed, before, now) -> refresh());
    show.addListener((observed, before, now) -> refresh());
  }

  /// Looks again: a tour becomes overdue though nothing changes.
  void refresh() {
    found.refresh();
  }

  LongList<Tour> list() {
    return found.rows();
  }

  ReadOnlyObjectProperty<ListState> stateProperty() {
    return found.stateProperty();
  }

  /// What to say instead of the list, as the code of its texts: what there is none of hangs on what
  /// is asked for.
  String blank() {
    ListState state = found.stateProperty().get();
    boolean none = state == ListState.EMPTY || state == ListState.NO_MATCH;
    return none && search.get().isBlank() ? Code.of(show.get()) : Code.of(state);
  }

  ReadOnlyStringProperty failureProperty() {
    return found.failureProperty();
  }

  StringProperty searchProperty() {
    return search;
  }

  ObjectProperty<TourQuery.Show> showProperty() {
    return show;
  }
}
