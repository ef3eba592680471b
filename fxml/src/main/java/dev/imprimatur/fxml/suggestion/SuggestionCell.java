package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.SuggestionRow;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A suggestion in the list: the article, what it was made from and when, and how it stands.
final class SuggestionCell extends ListCell<Slot<SuggestionRow>> {
  private final Texts texts;
  private final DecisionWords words;
  private final Label title = new Label();
  private final Label from = new Label();
  private final Label status = new Label();
  private final Label when = new Label();
  private final VBox card;
  private final ChangeListener<@Nullable SuggestionRow> changed =
      (observed, before, now) -> show(now);
  private @Nullable Slot<SuggestionRow> shown;

  SuggestionCell(Texts texts, DecisionWords words) {
    this.texts = texts;
    this.words = words;
    getStyleClass().add("suggestion-cell");
    title.getStyleClass().add("suggestion-title");
    from.getStyleClass().addAll("text-muted", "text-small");
    when.getStyleClass().addAll("text-muted", "text-small");
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    from.setMinWidth(Region.USE_PREF_SIZE);
    status.setMinWidth(Region.USE_PREF_SIZE);
    var second = new HBox(6, from, space, status);
    second.setAlignment(Pos.CENTER_LEFT);
    card = new VBox(3, title, second, when);
    card.setMinWidth(0);
    card.setPrefWidth(1);
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
  }

  @Override
  protected void updateItem(@Nullable Slot<SuggestionRow> item, boolean empty) {
    super.updateItem(item, empty);
    Slot<SuggestionRow> now = empty ? null : item;
    if (now != shown) {
      if (shown != null) {
        shown.rowProperty().removeListener(changed);
      }
      shown = now;
      if (now != null) {
        now.rowProperty().addListener(changed);
      }
    }
    setText(null);
    setGraphic(now == null ? null : card);
    if (now == null) {
      setAccessibleText(null);
    } else {
      show(now.row());
    }
  }

  // Two slots of one id are equal, but only one of them follows its row.
  @Override
  protected boolean isItemChanged(
      @Nullable Slot<SuggestionRow> before, @Nullable Slot<SuggestionRow> now) {
    return before != now;
  }

  private void show(@Nullable SuggestionRow row) {
    if (row == null) {
      title.setText(texts.get("suggestion.row.loading"));
      from.setText("");
      when.setText("");
      status.setVisible(false);
      setAccessibleText(title.getText());
    } else {
      fill(row);
    }
  }

  private void fill(SuggestionRow row) {
    title.setText(row.articleTitle());
    from.setText(texts.get("suggestion.row.from", row.baseVersion(), row.cycle()));
    when.setText(words.time(row.createdAt()));
    boolean moved = row.status() == RewriteSuggestion.Status.PENDING && row.movedOn();
    String code = moved ? "moved" : Code.of(row.status());
    status.setText(texts.code("suggestion.status", code));
    status.getStyleClass().setAll("label", "status-mark", "status-mark-" + code);
    status.setVisible(true);
    setAccessibleText(
        texts.get(
            "suggestion.row.spoken",
            row.articleTitle(),
            from.getText(),
            when.getText(),
            status.getText()));
  }
}
