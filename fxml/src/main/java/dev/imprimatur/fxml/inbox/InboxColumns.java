package dev.imprimatur.fxml.inbox;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.fxml.view.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// The table's columns and the filters' choices.
final class InboxColumns {
  private static final double ROW = 36;

  private InboxColumns() {}

  static void fill(
      TableView<Escalations.Detail> table, InboxViewModel model, Texts texts, InstantSource clock) {
    // Rows of one height let a long table scroll without measuring each.
    table.setFixedCellSize(ROW);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table
        .getColumns()
        .add(column(texts.get("inbox.column.reason"), 162, model::reasonText, "first"));
    table
        .getColumns()
        .add(column(texts.get("inbox.column.article"), 250, d -> d.row().articleTitle(), "title"));
    table
        .getColumns()
        .add(
            number(
                texts.get("inbox.column.version"),
                84,
                d -> BigDecimal.valueOf(d.row().versionNumber()),
                0));
    table
        .getColumns()
        .add(number(texts.get("inbox.column.detectors"), 100, d -> d.row().aiDetectorAvg(), 2));
    table.getColumns().add(number(texts.get("inbox.column.aeo"), 66, d -> d.row().aeoAvg(), 2));
    table.getColumns().add(age(texts, clock));
    table
        .getColumns()
        .add(column(texts.get("inbox.column.claimed"), 112, d -> state(d, texts), "claimed"));
  }

  private static String state(Escalations.Detail detail, Texts texts) {
    Escalation.Resolution resolution = detail.row().escalation().resolution();
    if (resolution != null) {
      return texts.get(
          "inbox.decided", texts.code("outcome", Code.of(resolution.outcome())), resolution.by());
    }
    return detail.claimHolder() == null ? "" : detail.claimHolder();
  }

  private static TableColumn<Escalations.Detail, String> column(
      String title, double width, Function<Escalations.Detail, String> value, String style) {
    var column = new TableColumn<Escalations.Detail, String>(title);
    column.setPrefWidth(width);
    column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(value.apply(f.getValue())));
    if (!style.equals("title")) {
      column.setMinWidth(width);
    }
    column.getStyleClass().add("column-" + style);
    return column;
  }

  private static TableColumn<Escalations.Detail, @Nullable BigDecimal> number(
      String title,
      double width,
      Function<Escalations.Detail, @Nullable BigDecimal> value,
      int digits) {
    var column = new TableColumn<Escalations.Detail, @Nullable BigDecimal>(title);
    column.setPrefWidth(width);
    // A number that is cut short is a wrong number.
    column.setMinWidth(width);
    column.setMaxWidth(width);
    column.getStyleClass().add("column-number");
    column.setComparator(Comparator.nullsLast(Comparator.naturalOrder()));
    column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(value.apply(f.getValue())));
    column.setCellFactory(c -> new NumberCell(digits));
    return column;
  }

  private static TableColumn<Escalations.Detail, Escalations.Detail> age(
      Texts texts, InstantSource clock) {
    var column =
        new TableColumn<Escalations.Detail, Escalations.Detail>(texts.get("inbox.column.age"));
    column.setPrefWidth(88);
    column.setMinWidth(88);
    column.setMaxWidth(88);
    column.getStyleClass().add("column-number");
    column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue()));
    // The oldest first is what a queue is read in.
    column.setComparator(Comparator.comparing(d -> d.row().escalation().raisedAt()));
    column.setCellFactory(c ->
        new TableCell<>() {
          @Override
          protected void updateItem(Escalations.@Nullable Detail item, boolean empty) {
            super.updateItem(item, empty);
            setText(
                item == null || empty
                    ? null
                    : Age.of(
                        Duration.between(item.row().escalation().raisedAt(), clock.instant()),
                        texts));
          }
        });
    return column;
  }

  private static final class NumberCell
      extends TableCell<Escalations.Detail, @Nullable BigDecimal> {
    private final int digits;

    NumberCell(int digits) {
      this.digits = digits;
    }

    @Override
    protected void updateItem(@Nullable BigDecimal item, boolean empty) {
      super.updateItem(item, empty);
      setText(
          empty
              ? null
              : item == null ? "–" : item.setScale(digits, RoundingMode.HALF_UP).toPlainString());
    }
  }

  static void statuses(ComboBox<InboxViewModel.Show> box, Texts texts) {
    box.getItems().setAll(InboxViewModel.Show.values());
    box.setConverter(
        new OneWay<>(show -> show == null ? "" : texts.code("inbox.show", Code.of(show))));
  }

  static void reasons(ComboBox<Escalation.@Nullable Reason> box, Texts texts) {
    box.getItems().add(null);
    box.getItems().addAll(Escalation.Reason.values());
    box.setConverter(
        new OneWay<>(reason ->
            reason == null
                ? texts.get("inbox.reason.all")
                : texts.code("reason", Code.of(reason))));
  }

  /// Shows a choice; nobody types one.
  private static final class OneWay<T extends @Nullable Object> extends StringConverter<T> {
    private final Function<T, String> show;

    OneWay(Function<T, String> show) {
      this.show = show;
    }

    @Override
    public String toString(T value) {
      return show.apply(value);
    }

    @Override
    public T fromString(String text) {
      throw new UnsupportedOperationException("choices are not typed");
    }
  }
}
