package dev.imprimatur.fxml.today;

import dev.imprimatur.engine.board.Board;
import dev.imprimatur.engine.board.BoardState;
import dev.imprimatur.engine.board.BoardView;
import dev.imprimatur.engine.board.Brand;
import dev.imprimatur.engine.board.Opportunity;
import dev.imprimatur.engine.board.Why;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.fxml.article.PathChooser;
import dev.imprimatur.fxml.control.GatedButton;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.view.Focus;
import dev.imprimatur.fxml.view.Screen;
import dev.imprimatur.fxml.view.Texts;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// The room “Today”: binds the board to the view model.
public final class TodayController implements Screen {
  private static final String REMEMBERED = "today.brand";

  private final TodayViewModel model;
  private final Remembered remembered;
  private final PathChooser chooser;
  private final Dialogs dialogs;
  private final Texts texts;
  private final TodayWords words;
  private final OpportunityPane pane;
  private boolean binding;
  private boolean active;

  @FXML private ComboBox<Brand> brand = new ComboBox<>();
  @FXML private ComboBox<Integer> history = new ComboBox<>();
  @FXML private GatedButton bring = new GatedButton();
  @FXML private GatedButton generate = new GatedButton();
  @FXML private Button add = new Button();
  @FXML private Button more = new Button();
  @FXML private Label about = new Label();
  @FXML private VBox banner = new VBox();
  @FXML private Label bannerHead = new Label();
  @FXML private Label bannerText = new Label();
  @FXML private Label diagnostics = new Label();
  @FXML private Button act = new Button();
  @FXML private SplitPane content = new SplitPane();
  @FXML private ListView<Opportunity> list = new ListView<>();
  @FXML private ScrollPane scroll = new ScrollPane();
  @FXML private VBox detail = new VBox();
  @FXML private VBox blank = new VBox();
  @FXML private Label blankHead = new Label();
  @FXML private Label blankText = new Label();
  @FXML private Button blankAct = new Button();

  public TodayController(
      TodayViewModel model,
      Remembered remembered,
      PathChooser chooser,
      Dialogs dialogs,
      Texts texts,
      ZoneId zone) {
    this.model = model;
    this.remembered = remembered;
    this.chooser = chooser;
    this.dialogs = dialogs;
    this.texts = texts;
    this.words = new TodayWords(texts, zone);
    this.pane = new OpportunityPane(texts, words);
  }

  @FXML
  private void initialize() {
    brand.setConverter(shownBy(Brand::name));
    history.setConverter(
        shownBy(number -> number == 0 ? texts.get("today.history.newest") : head(number)));
    // The line beside the brand tells the rest.
    history.setButtonCell(
        new ListCell<>() {
          @Override
          protected void updateItem(@Nullable Integer number, boolean empty) {
            super.updateItem(number, empty);
            setText(empty || number == null ? "" : brief(number));
          }
        });
    list.setCellFactory(view -> new OpportunityCell(words));
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener((observed, before, now) -> showDetail(now));
    brand
        .valueProperty()
        .addListener((observed, before, now) -> {
          if (now != null && !binding) {
            model.chosenProperty().set(now.id());
          }
        });
    history
        .valueProperty()
        .addListener((observed, before, now) -> {
          if (!binding) {
            model.numberProperty().set(now == null || now == 0 ? null : now);
          }
        });
    model.all().addListener((ListChangeListener<Brand>) change -> showBrands());
    model.history().addListener((ListChangeListener<Board.Head>) change -> showHistory());
    model
        .chosenProperty()
        .addListener((observed, before, now) -> {
          remembered.keep(REMEMBERED, now == null ? "" : now.toString());
          showBrands();
        });
    model.numberProperty().addListener((observed, before, now) -> showHistory());
    model.shownProperty().addListener((observed, before, now) -> showBoard());
    model.stateProperty().addListener((observed, before, now) -> showBoard());
    model.failureProperty().addListener((observed, before, now) -> showBoard());
    model.gatesProperty().addListener((observed, before, now) -> gate(now));
    gate(model.gatesProperty().get());
    recall();
    showBrands();
    showHistory();
    showBoard();
  }

  private void recall() {
    try {
      String kept = remembered.text(REMEMBERED);
      if (!kept.isEmpty()) {
        model.chosenProperty().set(UUID.fromString(kept));
      }
    } catch (IllegalArgumentException e) {
      // Nothing depends on it: the first brand is shown.
      remembered.keep(REMEMBERED, "");
    }
  }

  private static <T> StringConverter<T> shownBy(java.util.function.Function<T, String> text) {
    return new StringConverter<>() {
      @Override
      public String toString(@Nullable T value) {
        return value == null ? "" : text.apply(value);
      }

      @Override
      @SuppressWarnings("NullAway")
      public T fromString(String text) {
        return null;
      }
    };
  }

  private String brief(int number) {
    return number == 0
        ? texts.get("today.history.newest")
        : texts.get("today.history.brief", number);
  }

  private String head(int number) {
    return model.history().stream()
        .filter(h -> h.number() == number)
        .findFirst()
        .map(words::head)
        .orElse("");
  }

  private void showBrands() {
    binding = true;
    try {
      brand.getItems().setAll(model.all());
      model.all().stream()
          .filter(b -> b.id().equals(model.chosenProperty().get()))
          .findFirst()
          .ifPresent(brand::setValue);
    } finally {
      binding = false;
    }
    visible(brand, !model.all().isEmpty());
  }

  private void showHistory() {
    binding = true;
    try {
      List<Integer> numbers = new ArrayList<>(List.of(0));
      model.history().stream().skip(1).forEach(h -> numbers.add(h.number()));
      history.getItems().setAll(numbers);
      Integer number = model.numberProperty().get();
      history.setValue(number == null ? 0 : number);
    } finally {
      binding = false;
    }
    visible(history, model.history().size() > 1);
  }

  private void gate(TodayViewModel.Gates gates) {
    generate.blockedProperty().set(gates.generate());
    bring.blockedProperty().set(gates.bring());
  }

  private void showBoard() {
    TodayViewModel.Shown shown = model.shownProperty().get();
    ListState state = model.stateProperty().get();
    boolean there = shown != null && state == ListState.READY;
    visible(more, there);
    visible(bring, there);
    visible(generate, there);
    visible(add, there);
    about.setText(there ? words.about(shown) : "");
    if (!there) {
      visible(banner, false);
      content.setVisible(false);
      showBlank(state);
      return;
    }
    List<Opportunity> opportunities =
        shown.board() == null ? List.of() : shown.board().opportunities();
    showWhy(shown, opportunities.isEmpty());
    showFailure(model.failureProperty().get());
    if (!list.getItems().equals(opportunities)) {
      list.getItems().setAll(opportunities);
      list.getSelectionModel().select(opportunities.isEmpty() ? -1 : 0);
    }
    boolean had = content.isVisible();
    content.setVisible(!opportunities.isEmpty());
    // Where there is nothing to see, the way out is what the eye is to meet.
    generate.setAccent(content.isVisible());
    if (active && !had && content.isVisible()) {
      Focus.on(list);
    }
  }

  private void showBlank(ListState state) {
    blank.setVisible(true);
    visible(diagnostics, false);
    String code = state.name().toLowerCase(Locale.ROOT);
    blankHead.setText(texts.code("today.blank", code));
    blankText.setText(
        state == ListState.FAILED
            ? model.failureProperty().get()
            : texts.code("today.blank.more", code));
    if (state == ListState.FAILED) {
      lookAgain(blankAct);
      return;
    }
    visible(blankAct, state == ListState.EMPTY);
    blankAct.setText(texts.get("today.brand.add"));
    blankAct.setOnAction(event -> addBrand());
  }

  /// Why a board is as it is: in the middle where there is nothing else, above it otherwise.
  private void showWhy(TodayViewModel.Shown shown, boolean empty) {
    BoardView view = shown.view();
    Board earlier = shown.earlier();
    Why why = earlier == null ? (view.fine() ? null : view.why()) : empty ? earlier.why() : null;
    BoardState state = earlier == null ? view.state() : earlier.state();
    visible(banner, why != null && !empty);
    blank.setVisible(why != null && empty);
    Board board = shown.board();
    boolean error = state == BoardState.ERROR && board != null && board.diagnostics() != null;
    visible(diagnostics, error && empty);
    diagnostics.setText(
        error && board != null ? texts.get("today.diagnostics", diagnosed(board)) : "");
    if (why == null) {
      return;
    }
    Button button = empty ? blankAct : act;
    (empty ? blankHead : bannerHead).setText(words.headline(state, why));
    (empty ? blankText : bannerText).setText(words.detail(state, why));
    banner
        .getStyleClass()
        .setAll(view.degraded() ? "notice-is-conflict" : "banner-plain", "notice", "banner");
    TodayWords.Way way = earlier == null ? words.way(view, why) : TodayWords.Way.NONE;
    visible(button, way != TodayWords.Way.NONE);
    button.setText(texts.code("today.way", way.name().toLowerCase(Locale.ROOT)));
    button.setOnAction(event -> go(way));
  }

  /// What is in sight stays, but it may no longer be so.
  private void showFailure(String failure) {
    if (failure.isEmpty()) {
      return;
    }
    visible(banner, true);
    bannerHead.setText(texts.get("today.unread"));
    bannerText.setText(failure);
    banner.getStyleClass().setAll("notice-is-conflict", "notice", "banner");
    lookAgain(act);
  }

  private void lookAgain(Button button) {
    visible(button, true);
    button.setText(texts.get("today.way.again"));
    button.setOnAction(event -> model.refresh());
  }

  private static String diagnosed(Board board) {
    var diagnostics = board.diagnostics();
    return diagnostics == null ? "" : Json.pretty(diagnostics);
  }

  private void go(TodayWords.Way way) {
    switch (way) {
      case GENERATE -> model.generate();
      case IMPORT -> bring();
      case CONTEXT -> moreContext();
      case NONE -> {
        // There is no button for it.
      }
    }
  }

  private void showDetail(@Nullable Opportunity one) {
    if (one != null) {
      pane.show(detail, one);
      scroll.setVvalue(0);
    }
  }

  private static void visible(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }

  @FXML
  private void addBrand() {
    BrandForm.ask(dialogs, texts, null, model::add);
  }

  @FXML
  private void moreContext() {
    TodayViewModel.Shown shown = model.shownProperty().get();
    if (shown != null) {
      BrandForm.ask(dialogs, texts, shown.view().brand(), model::add);
    }
  }

  @FXML
  private void bring() {
    model.bring(chooser.files(texts.get("today.import.choose"), content.getScene().getWindow()));
  }

  @FXML
  private void generate() {
    model.generate();
  }

  @Override
  public void activate() {
    active = true;
    model.refresh();
    Focus.on(content.isVisible() ? list : brand.isVisible() ? brand : blankAct);
  }

  @Override
  public void deactivate() {
    active = false;
  }

  @Override
  public void refresh() {
    model.refresh();
  }
}
