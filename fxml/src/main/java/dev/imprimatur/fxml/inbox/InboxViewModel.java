package dev.imprimatur.fxml.inbox;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.EscalationQuery;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.fxml.list.FoundList;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.list.LongList;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.UUID;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// The queue as it is shown: filtered, searched and sorted by the database, held as an order of
/// ids.
public final class InboxViewModel {
  /// By what, and which way round.
  record Sorting(EscalationQuery.Sort by, boolean descending) {
    static final Sorting OLDEST_FIRST = new Sorting(EscalationQuery.Sort.AGE, false);
  }

  private final Texts texts;
  private final FoundList<EscalationQuery, Escalations.Detail> found;
  private final ObjectProperty<EscalationQuery.Show> show =
      new SimpleObjectProperty<>(EscalationQuery.Show.WAITING);
  private final ObjectProperty<Escalation.@Nullable Reason> reason = new SimpleObjectProperty<>();
  private final StringProperty search = new SimpleStringProperty("");
  private final ObjectProperty<Sorting> sorting = new SimpleObjectProperty<>(Sorting.OLDEST_FIRST);

  public InboxViewModel(Escalations escalations, Tasks tasks, Texts texts) {
    this.texts = texts;
    found =
        new FoundList<>(
            tasks,
            texts.get("task.inbox"),
            this::query,
            escalations::order,
            InboxViewModel::narrowed,
            escalations::rows);
    show.addListener((observed, before, now) -> refresh());
    reason.addListener((observed, before, now) -> refresh());
    search.addListener((observed, before, now) -> refresh());
    sorting.addListener((observed, before, now) -> refresh());
  }

  /// Looks again. While it is looking, further calls come to one more look.
  public void refresh() {
    found.refresh();
  }

  private EscalationQuery query() {
    return new EscalationQuery(
        show.get(), reason.get(), search.get(), sorting.get().by(), sorting.get().descending());
  }

  private static boolean narrowed(EscalationQuery query) {
    return query.reason() != null
        || !query.search().isBlank()
        || query.show() != EscalationQuery.Show.WAITING;
  }

  /// The reason in words.
  String reasonText(Escalations.Detail detail) {
    return texts.code("reason", Code.of(detail.row().escalation().reason()));
  }

  LongList<Escalations.Detail> list() {
    return found.rows();
  }

  /// The escalation that stands before or after another, or the first where that is gone; null
  /// where there is none.
  ///
  /// @param by 1 for the next, −1 for the one before
  public @Nullable UUID neighbour(UUID escalation, int by) {
    int here = list().place(escalation);
    int there = here < 0 ? 0 : here + by;
    return there < 0 || there >= list().size() ? null : list().get(there).id();
  }

  ReadOnlyObjectProperty<ListState> stateProperty() {
    return found.stateProperty();
  }

  ObjectProperty<EscalationQuery.Show> showProperty() {
    return show;
  }

  ObjectProperty<Escalation.@Nullable Reason> reasonProperty() {
    return reason;
  }

  StringProperty searchProperty() {
    return search;
  }

  ObjectProperty<Sorting> sortingProperty() {
    return sorting;
  }

  ReadOnlyStringProperty failureProperty() {
    return found.failureProperty();
  }
}
