package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.SuggestionRow;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Focus;
import dev.imprimatur.fxml.view.Texts;
import java.util.UUID;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;

/// The list that a suggestion is picked from. What is open stays open, whatever becomes of the
/// list; the first is opened if nothing is.
final class Picker {
  private static final double ROW = 74;

  private final SuggestionListModel list;
  private final SuggestionViewModel model;
  private final Texts texts;
  private final ListView<Slot<SuggestionRow>> view;
  private final Label count;
  private boolean settling;

  Picker(
      SuggestionListModel list,
      SuggestionViewModel model,
      Texts texts,
      DecisionWords words,
      ListView<Slot<SuggestionRow>> view,
      Label count) {
    this.list = list;
    this.model = model;
    this.texts = texts;
    this.view = view;
    this.count = count;
    view.setFixedCellSize(ROW);
    view.setCellFactory(v -> new SuggestionCell(texts, words));
    // Heard of before the list view hears of the change: it then selects other places.
    list.list()
        .addListener(
            (InvalidationListener)
                observed -> {
                  settling = true;
                  Platform.runLater(this::settle);
                });
    view.setItems(list.list());
    view.getSelectionModel()
        .selectedItemProperty()
        .addListener((observed, before, now) -> {
          if (now != null && !settling) {
            model.open(now.id());
          }
        });
    settle();
  }

  /// Shows the list as it is now, with what is open selected if it is in it.
  void settle() {
    int size = list.list().size();
    settling = true;
    UUID open = model.id();
    int at = open == null ? -1 : list.list().place(open);
    if (at < 0) {
      view.getSelectionModel().clearSelection();
    } else if (view.getSelectionModel().getSelectedIndex() != at) {
      view.getSelectionModel().clearAndSelect(at);
    }
    settling = false;
    if (open == null && size > 0) {
      view.getSelectionModel().select(0);
    }
    count.setText(texts.get("suggestion.count", size));
  }

  /// Shows the list, or a word in its place.
  ///
  /// @param active whether it takes the focus when it appears
  void showState(Label instead, boolean active) {
    ListState state = list.stateProperty().get();
    boolean ready = state == ListState.READY;
    boolean appears = ready && !view.isVisible();
    view.setVisible(ready);
    instead.setVisible(!ready);
    if (appears && active) {
      // What is not visible can't take the focus when the screen opens.
      Focus.on(view);
    }
    if (!ready) {
      instead.setText(texts.code("suggestion.list", Code.of(state)));
    }
  }
}
