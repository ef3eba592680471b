package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.RewriteCycle;
import dev.imprimatur.engine.review.SuggestionQuery;
import dev.imprimatur.engine.review.SuggestionRow;
import dev.imprimatur.engine.review.Suggestions.IfMovedOn;
import dev.imprimatur.fxml.control.Choice;
import dev.imprimatur.fxml.control.GatedButton;
import dev.imprimatur.fxml.control.KeyRepeats;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Focus;
import dev.imprimatur.fxml.view.Navigator;
import dev.imprimatur.fxml.view.Screen;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.UUID;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The suggestions: binds the list, the hunks, the scores and the keys to the view models.
public final class SuggestionsController implements Screen {
  private final SuggestionListModel list;
  private final SuggestionViewModel model;
  private final Texts texts;
  private final DecisionWords words;
  private final Dialogs dialogs;
  private final Navigator navigator;
  private final ScorePanel panel;
  private @Nullable Picker picker;
  private boolean active;
  private boolean toHunks;

  @FXML private Node root = new BorderPane();
  @FXML private ListView<Slot<SuggestionRow>> suggestions = new ListView<>();
  @FXML private TextField search = new TextField();
  @FXML private ComboBox<SuggestionQuery.Show> status = new ComboBox<>();
  @FXML private ComboBox<Boolean> order = new ComboBox<>();
  @FXML private Label count = new Label();
  @FXML private Label listBlank = new Label();
  @FXML private BorderPane content = new BorderPane();
  @FXML private VBox blank = new VBox();
  @FXML private Label blankHead = new Label();
  @FXML private Label blankText = new Label();
  @FXML private Label title = new Label();
  @FXML private Label subtitle = new Label();
  @FXML private VBox moved = new VBox();
  @FXML private Label movedText = new Label();
  @FXML private RadioButton merge = new RadioButton();
  @FXML private RadioButton replace = new RadioButton();
  @FXML private VBox decided = new VBox();
  @FXML private Label decidedText = new Label();
  @FXML private HBox next = new HBox();
  @FXML private ToggleButton whole = new ToggleButton();
  @FXML private GatedButton accept = new GatedButton();
  @FXML private GatedButton reject = new GatedButton();
  @FXML private ListView<Card> hunks = new ListView<>();
  @FXML private StackPane middle = new StackPane();
  @FXML private Label keys = new Label();
  @FXML private VBox scores = new VBox();

  public SuggestionsController(
      SuggestionListModel list,
      SuggestionViewModel model,
      Texts texts,
      DecisionWords words,
      Dialogs dialogs,
      Navigator navigator) {
    this.list = list;
    this.model = model;
    this.texts = texts;
    this.words = words;
    this.dialogs = dialogs;
    this.navigator = navigator;
    this.panel = new ScorePanel(texts);
  }

  @FXML
  private void initialize() {
    picker = initializeList();
    hunks.setCellFactory(view -> new HunkCell(model, texts));
    scores.getChildren().add(panel);
    var all = new WholeText(model, texts, middle, hunks, whole);
    var group = new ToggleGroup();
    merge.setToggleGroup(group);
    replace.setToggleGroup(group);
    Choice.bind(merge, IfMovedOn.MERGE, model.howProperty());
    Choice.bind(replace, IfMovedOn.REPLACE, model.howProperty());
    // As long as nothing was said, neither is marked.
    model
        .howProperty()
        .addListener((observed, before, now) -> {
          if (now == IfMovedOn.REFUSE) {
            group.selectToggle(null);
          }
        });
    model.dataProperty().addListener((observed, before, now) -> show(before, now));
    model.troubleProperty().addListener((observed, before, now) -> showBlank());
    model.gatesProperty().addListener((observed, before, now) -> gate(now));
    model.estimate().resultProperty().addListener((observed, before, now) -> showScores());
    model.estimate().failureProperty().addListener((observed, before, now) -> showScores());
    model.estimate().computingProperty().addListener((observed, before, now) -> panel.busy(now));
    panel.busy(false);
    root.addEventFilter(
        KeyEvent.KEY_PRESSED,
        new SuggestionKeys(
                model, hunks, suggestions, all.diff(), this::askReason, new KeyRepeats(root))
            ::pressed);
    keys.textProperty()
        .bind(
            model
                .wholeTextProperty()
                .map(shown -> texts.get(shown ? "suggestion.keys.whole" : "suggestion.keys")));
    gate(model.gatesProperty().get());
    show(null, null);
  }

  private Picker initializeList() {
    SuggestionChoices.shows(status, texts);
    status.valueProperty().bindBidirectional(list.showProperty());
    SuggestionChoices.orders(order, texts);
    order.valueProperty().bindBidirectional(list.oldestFirstProperty());
    search.textProperty().bindBidirectional(list.searchProperty());
    var made = new Picker(list, model, texts, words, suggestions, count);
    list.stateProperty().addListener((observed, before, now) -> showListState(made));
    list.failureProperty().addListener((observed, before, now) -> showListState(made));
    showListState(made);
    return made;
  }

  /// Shows one suggestion, whether the list shows it or not.
  public void open(UUID suggestion) {
    model.open(suggestion);
    if (picker != null) {
      picker.settle();
    }
    toHunks = true;
    focusHunks();
  }

  // What is not visible can't take the focus: it waits until the suggestion is there.
  private void focusHunks() {
    if (toHunks && content.isVisible()) {
      toHunks = false;
      Focus.on(hunks);
    }
  }

  private void showListState(Picker shown) {
    shown.showState(listBlank, active && !search.isFocused() && !toHunks && !hunks.isFocused());
    showBlank();
  }

  private void showBlank() {
    boolean shown = model.dataProperty().get() != null;
    content.setVisible(shown);
    blank.setVisible(!shown);
    String trouble = model.troubleProperty().get();
    ListState state = list.stateProperty().get();
    boolean opening = model.id() != null && trouble.isEmpty();
    String code =
        !trouble.isEmpty()
            ? "failed"
            : opening ? "loading" : state == ListState.READY ? "none" : Code.of(state);
    blankHead.setText(texts.code("suggestion.blank", code));
    blankText.setText(
        switch (code) {
          case "failed" -> trouble.isEmpty() ? list.failureProperty().get() : trouble;
          default -> texts.code("suggestion.blank.more", code);
        });
  }

  private void show(@Nullable SuggestionData before, @Nullable SuggestionData data) {
    showBlank();
    if (data == null) {
      return;
    }
    title.setText(data.title());
    RewriteCycle cycle = data.opened().cycle();
    subtitle.setText(
        texts.get(
            "suggestion.made",
            data.base().number(),
            cycle.number(),
            cycle.provider(),
            cycle.model(),
            words.time(data.suggestion().createdAt())));
    visible(moved, data.movedOn());
    if (data.movedOn()) {
      movedText.setText(
          texts.get(
              "suggestion.moved",
              data.base().number(),
              data.latest().number(),
              data.latest().createdBy(),
              words.time(data.latest().createdAt())));
      merge.setText(texts.get("suggestion.moved.merge", data.latest().number()));
      replace.setText(
          texts.get("suggestion.moved.replace", data.base().number(), data.latest().number()));
    }
    visible(decided, !data.pending());
    visible(keys, data.pending());
    decidedText.setText(model.decidedText(data));
    visible(next, data.opened().made().isPresent());
    boolean same = before != null && before.cards().equals(data.cards());
    if (!same) {
      hunks.getItems().setAll(data.cards());
      hunks.getSelectionModel().select(data.cards().size() > data.count() ? 1 : 0);
      hunks.scrollTo(0);
    } else {
      hunks.refresh();
    }
    if (before != null && before.id().equals(data.id())) {
      // Something was decided, or the article went on: the list tells it too.
      list.refresh();
    }
    showScores();
    focusHunks();
  }

  private void showScores() {
    SuggestionData data = model.dataProperty().get();
    if (data != null) {
      panel.show(
          model.estimate().resultProperty().get(), data, model.estimate().failureProperty().get());
    }
  }

  private static void visible(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }

  private void gate(Gates gates) {
    accept.setText(gates.acceptText());
    accept.blockedProperty().set(gates.accept());
    reject.blockedProperty().set(gates.reject());
  }

  @FXML
  private void accept() {
    model.accept();
  }

  @FXML
  private void askReason() {
    SuggestionData shown = model.dataProperty().get();
    if (shown != null && model.mayReject()) {
      dialogs.reason(
          texts.get("suggestion.reject.title"),
          texts.get("suggestion.reject.header", shown.title()),
          texts.get("suggestion.reject.reason.prompt"),
          texts.get("suggestion.reject.confirm"),
          reason -> model.reject(shown, reason));
    }
  }

  @FXML
  private void evaluate() {
    model.evaluate();
  }

  @FXML
  private void openArticle() {
    SuggestionData shown = model.dataProperty().get();
    if (shown != null) {
      navigator.openArticle(shown.suggestion().articleId());
    }
  }

  @FXML
  private void searchPressed(KeyEvent event) {
    if (event.getCode() == KeyCode.ESCAPE) {
      search.clear();
    }
    if (List.of(KeyCode.ESCAPE, KeyCode.ENTER, KeyCode.DOWN).contains(event.getCode())) {
      suggestions.requestFocus();
      event.consume();
    }
  }

  @Override
  public boolean search() {
    search.requestFocus();
    return true;
  }

  @Override
  public void activate() {
    active = true;
    list.refresh();
    model.refresh();
    Focus.on(suggestions);
  }

  @Override
  public void refresh() {
    list.refresh();
    model.refresh();
  }

  @Override
  public void deactivate() {
    active = false;
    toHunks = false;
    model.close();
  }
}
