package dev.imprimatur.fxml.inbox;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.EscalationQuery.Sort;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.fxml.inbox.InboxViewModel.Sorting;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.fxml.list.SlotCell;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.view.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/// The table's columns. Each is sorted by the database.
final class InboxColumns {
  private static final double ROW = 36;

  private final TableView<Slot<Escalations.Detail>> table;
  private final InboxViewModel model;
  private final Texts texts;
  private final InstantSource clock;
  private final Map<UUID, String> held;

  InboxColumns(
      TableView<Slot<Escalations.Detail>> table,
      InboxViewModel model,
      Texts texts,
      InstantSource clock,
      Map<UUID, String> held) {
    this.table = table;
    this.model = model;
    this.texts = texts;
    this.clock = clock;
    this.held = held;
  }

  void fill(Remembered remembered) {
    // Rows of one height let a long table scroll without measuring each.
    table.setFixedCellSize(ROW);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
    add("reason", Sort.REASON, 172, 300, "first", model::reasonText);
    // The title takes what room there is.
    add("article", Sort.TITLE, 140, 4_000, "title", d -> d.row().articleTitle());
    add("version", Sort.VERSION, 78, 90, "number", d -> "" + d.row().versionNumber());
    add("detectors", Sort.AI_DETECTOR_AVG, 94, 110, "number", d -> score(d.row().aiDetectorAvg()));
    add("aeo", Sort.AEO_AVG, 66, 90, "number", d -> score(d.row().aeoAvg()));
    add("age", Sort.AGE, 92, 110, "number", this::age);
    add("claimed", Sort.CLAIMED_BY, 132, 260, "claimed", this::state);
    table.getColumns().get(1).setPrefWidth(420);
    remembered.columns("inbox", table);
    // Giving a table its items forgets how it was sorted.
    table.setItems(model.list());
    show(model.sortingProperty().get());
    table.setSortPolicy(t -> {
      sort();
      return true;
    });
  }

  // An age grows as the time goes on, so the oldest first is the greatest age first.
  private void sort() {
    if (table.getSortOrder().isEmpty()) {
      model.sortingProperty().set(Sorting.OLDEST_FIRST);
      return;
    }
    TableColumn<?, ?> column = table.getSortOrder().getFirst();
    var by = (Sort) column.getUserData();
    boolean down = column.getSortType() == TableColumn.SortType.DESCENDING;
    model.sortingProperty().set(new Sorting(by, by == Sort.AGE ? !down : down));
  }

  private void show(Sorting sorting) {
    boolean down = sorting.by() == Sort.AGE ? !sorting.descending() : sorting.descending();
    for (TableColumn<Slot<Escalations.Detail>, ?> column : table.getColumns()) {
      if (column.getUserData() == sorting.by()) {
        column.setSortType(down ? TableColumn.SortType.DESCENDING : TableColumn.SortType.ASCENDING);
        table.getSortOrder().add(column);
      }
    }
  }

  private void add(
      String code,
      Sort sort,
      double least,
      double most,
      String style,
      Function<Escalations.Detail, String> text) {
    var column =
        new TableColumn<Slot<Escalations.Detail>, Slot<Escalations.Detail>>(
            texts.code("inbox.column", code));
    column.setId(code);
    column.setUserData(sort);
    // A number that is cut short is a wrong number.
    column.setMinWidth(least);
    column.setPrefWidth(least);
    column.setMaxWidth(most);
    column.getStyleClass().add("column-" + style);
    column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue()));
    column.setCellFactory(c -> new SlotCell<>(text));
    table.getColumns().add(column);
  }

  private String age(Escalations.Detail detail) {
    return Age.of(Duration.between(detail.row().escalation().raisedAt(), clock.instant()), texts);
  }

  private String state(Escalations.Detail detail) {
    Escalation e = detail.row().escalation();
    String waiting = held.get(e.id());
    if (waiting != null) {
      return texts.get("inbox.held", waiting);
    }
    Escalation.Resolution resolution = e.resolution();
    if (resolution != null) {
      return texts.get(
          "inbox.decided", texts.code("outcome", Code.of(resolution.outcome())), resolution.by());
    }
    if (detail.snoozed()) {
      return texts.get("inbox.snoozed");
    }
    return detail.claimHolder() == null ? "" : detail.claimHolder();
  }

  private static String score(@Nullable BigDecimal score) {
    return score == null ? "–" : score.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }
}
