package dev.imprimatur.fxml.today;

import dev.imprimatur.engine.board.Opportunity;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// An opportunity in the list: its score, what it is, what it is about.
final class OpportunityCell extends ListCell<Opportunity> {
  private final TodayWords words;
  private final Label score = new Label();
  private final Label title = new Label();
  private final Label meta = new Label();
  private final HBox row;

  OpportunityCell(TodayWords words) {
    this.words = words;
    score.getStyleClass().add("today-score");
    score.setMinWidth(56);
    score.setAlignment(Pos.TOP_RIGHT);
    title.getStyleClass().add("today-title");
    title.setWrapText(true);
    meta.getStyleClass().addAll("text-muted", "text-small");
    var texts = new VBox(2, title, meta);
    HBox.setHgrow(texts, Priority.ALWAYS);
    row = new HBox(12, score, texts);
    // As wide as the list, so that titles wrap.
    setPrefWidth(0);
  }

  /// As high as the title needs at the width there is, which the scroll bar has a part of or not.
  @Override
  protected double computePrefHeight(double width) {
    if (isEmpty() || width <= 0) {
      return super.computePrefHeight(width);
    }
    double inner = width - snappedLeftInset() - snappedRightInset();
    return snappedTopInset() + row.prefHeight(inner) + snappedBottomInset();
  }

  @Override
  protected void updateItem(@Nullable Opportunity one, boolean empty) {
    super.updateItem(one, empty);
    if (empty || one == null) {
      setGraphic(null);
      setAccessibleText(null);
      return;
    }
    score.setText(one.points().score().toPlainString());
    title.setText(one.title());
    meta.setText(words.meta(one));
    setAccessibleText(words.spoken(one));
    setGraphic(row);
  }
}
