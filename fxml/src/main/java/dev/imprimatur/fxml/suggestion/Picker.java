package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.UUID;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;

/// The list that a suggestion is picked from. What is open stays open, whatever becomes of the
/// list; the first is opened if nothing is.
final class Picker {
  private static final double ROW = 74;

  private final SuggestionListModel list;
  private final SuggestionViewModel model;
  private final Texts texts;
  private final ListView<UUID> view;
  private final Label count;
  private boolean settling;

  Picker(
      SuggestionListModel list,
      SuggestionViewModel model,
      Texts texts,
      DecisionWords words,
      ListView<UUID> view,
      Label count) {
    this.list = list;
    this.model = model;
    this.texts = texts;
    this.view = view;
    this.count = count;
    view.setFixedCellSize(ROW);
    view.setCellFactory(v -> new SuggestionCell(list, texts, words));
    list.ids().addListener((ListChangeListener<UUID>) change -> settle());
    list.changesProperty().addListener((observed, before, now) -> view.refresh());
    view.getSelectionModel()
        .selectedItemProperty()
        .addListener((observed, before, now) -> {
          if (now != null && !settling) {
            model.open(now);
          }
        });
    settle();
  }

  /// Shows the list as it is now, with what is open selected if it is in it.
  void settle() {
    List<UUID> ids = List.copyOf(list.ids());
    settling = true;
    view.getItems().setAll(ids);
    UUID open = model.id();
    int at = open == null ? -1 : ids.indexOf(open);
    view.getSelectionModel().clearSelection();
    if (at >= 0) {
      view.getSelectionModel().select(at);
    }
    settling = false;
    if (open == null && !ids.isEmpty()) {
      view.getSelectionModel().select(0);
    }
    count.setText(texts.get("suggestion.count", ids.size()));
  }

  /// Shows the list, or a word in its place.
  ///
  /// @param active whether it takes the focus when it appears
  void showState(Label instead, boolean active) {
    SuggestionListModel.State state = list.stateProperty().get();
    boolean ready = state == SuggestionListModel.State.READY;
    boolean appears = ready && !view.isVisible();
    view.setVisible(ready);
    instead.setVisible(!ready);
    if (appears && active) {
      // What is not visible can't take the focus when the screen opens.
      view.requestFocus();
    }
    if (!ready) {
      instead.setText(texts.code("suggestion.list", Code.of(state)));
    }
  }
}
