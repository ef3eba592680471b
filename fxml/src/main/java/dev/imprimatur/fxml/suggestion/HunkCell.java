package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.engine.review.Hunks;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.fxml.diff.DiffLines;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A hunk as a card: whether it is taken, what it changes word by word between the lines around it,
/// and why; or a card of reasons.
final class HunkCell extends ListCell<Card> {
  private static final PseudoClass LEFT_OUT = PseudoClass.getPseudoClass("left-out");

  private final SuggestionViewModel model;
  private final Texts texts;
  private final CheckBox take = new CheckBox();
  private final Label state = new Label();
  private final Label line = new Label();
  private final DiffLines lines = new DiffLines();
  private final VBox why = new VBox(2);
  private final HBox head;
  private final VBox card = new VBox();

  HunkCell(SuggestionViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    getStyleClass().add("hunk-cell");
    card.getStyleClass().add("hunk-card");
    why.getStyleClass().add("hunk-why");
    line.getStyleClass().addAll("text-muted", "text-small");
    state.getStyleClass().add("hunk-state");
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    head = new HBox(10, take, line, space, state);
    head.setAlignment(Pos.CENTER_LEFT);
    head.getStyleClass().add("hunk-head");
    // The list is walked by its own keys; Space on the chosen card does the same.
    take.setFocusTraversable(false);
    take.setOnAction(event -> {
      if (getItem() instanceof Card.OfHunk hunk) {
        model.toggle(hunk.hunk().number());
        showTaken(hunk.hunk());
      }
    });
    model
        .chosenProperty()
        .addListener((observed, before, now) -> {
          if (getItem() instanceof Card.OfHunk hunk && !isEmpty()) {
            showTaken(hunk.hunk());
          }
        });
  }

  @Override
  protected void updateItem(@Nullable Card item, boolean empty) {
    super.updateItem(item, empty);
    setText(null);
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    switch (empty ? null : item) {
      case Card.OfHunk hunk -> show(hunk);
      case Card.Reasons reasons -> show(reasons);
      case null -> {
        setGraphic(null);
        setAccessibleText(null);
      }
    }
  }

  private void show(Card.Reasons reasons) {
    var name = new Label(texts.get("hunk.reasons"));
    name.getStyleClass().add("score-average");
    card.getChildren().setAll(new VBox(name), why);
    card.getChildren().getFirst().getStyleClass().add("hunk-head");
    why.getChildren().setAll(reasons.why().stream().map(this::reason).toList());
    card.pseudoClassStateChanged(LEFT_OUT, false);
    setAccessibleText(name.getText() + " " + String.join(" ", reasons.why()));
    setGraphic(card);
  }

  private void show(Card.OfHunk shown) {
    Hunks.Hunk hunk = shown.hunk();
    SuggestionData data = model.dataProperty().get();
    take.setText(texts.get("hunk.name", hunk.number(), data == null ? 0 : data.count()));
    take.setDisable(data == null || !data.pending());
    line.setText(texts.get(hunk.line() == 1 ? "hunk.title" : "hunk.line", hunk.line()));
    lines.begin();
    Card.Context above = shown.above();
    if (above != null) {
      lines.context(above.line(), above.text());
    }
    lines.rows(shown.diff(), hunk.line());
    Card.Context below = shown.below();
    if (below != null) {
      lines.context(below.line(), below.text());
    }
    lines.end();
    card.getChildren().setAll(head, lines);
    if (!shown.why().isEmpty()) {
      why.getChildren().setAll(shown.why().stream().map(this::reason).toList());
      card.getChildren().add(why);
    }
    showTaken(hunk);
    setGraphic(card);
  }

  private void showTaken(Hunks.Hunk hunk) {
    SuggestionData data = model.dataProperty().get();
    boolean rejected =
        data != null && data.suggestion().status() == RewriteSuggestion.Status.REJECTED;
    boolean taken = !rejected && model.chosenProperty().get().contains(hunk.number());
    take.setSelected(taken);
    state.setText(texts.get(rejected ? "hunk.rejected" : taken ? "hunk.taken" : "hunk.left"));
    card.pseudoClassStateChanged(LEFT_OUT, !taken);
    setAccessibleText(
        texts.get(
            "hunk.spoken",
            take.getText(),
            line.getText(),
            state.getText(),
            spoken(hunk.before()),
            spoken(hunk.after())));
  }

  private String spoken(List<String> of) {
    String text = String.join(" ", of).strip();
    return text.isEmpty() ? texts.get("hunk.nothing") : text;
  }

  private Label reason(String text) {
    var label = new Label(texts.get("hunk.why", text));
    label.setWrapText(true);
    label.getStyleClass().addAll("text-muted", "text-small");
    return label;
  }

  // A label gives its graphic no width to wrap at; so the cell measures and places it itself.

  @Override
  protected double computePrefHeight(double width) {
    if (getGraphic() != card) {
      return super.computePrefHeight(width);
    }
    double outer = width > 0 ? width : getWidth() > 0 ? getWidth() : getListView().getWidth();
    return Math.ceil(card.prefHeight(outer - snappedLeftInset() - snappedRightInset()))
        + snappedTopInset()
        + snappedBottomInset();
  }

  @Override
  protected double computeMinHeight(double width) {
    return getGraphic() == card ? 0 : super.computeMinHeight(width);
  }

  @Override
  protected double computePrefWidth(double height) {
    // Never wider than the list, so that nothing scrolls sideways.
    return 0;
  }

  @Override
  protected void layoutChildren() {
    if (getGraphic() != card) {
      super.layoutChildren();
      return;
    }
    double left = snappedLeftInset();
    double top = snappedTopInset();
    card.resizeRelocate(
        left,
        top,
        getWidth() - left - snappedRightInset(),
        getHeight() - top - snappedBottomInset());
  }
}
