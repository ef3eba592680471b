package dev.imprimatur.fxml.judging;

import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.assessment.JudgingProgress;
import dev.imprimatur.engine.assessment.ShownPair;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.control.GatedButton;
import dev.imprimatur.fxml.control.KeyRepeats;
import dev.imprimatur.fxml.control.ParagraphCell;
import dev.imprimatur.fxml.control.Paragraphs;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.view.Focus;
import dev.imprimatur.fxml.view.Screen;
import dev.imprimatur.fxml.view.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Judging: binds the batches, the pair and the keys to the view model.
public final class JudgingController implements Screen {
  private static final String TOGETHER = "judging.together";
  private static final int RANKED = 10;
  private static final Set<Place> BATCHLESS = Set.of(Place.EMPTY, Place.LOADING);

  private final JudgingViewModel model;
  private final Texts texts;
  private final JudgingWords words;
  private final Dialogs dialogs;
  private final Remembered remembered;
  private final Timeline ticks = new Timeline(new KeyFrame(Duration.seconds(3), event -> tick()));
  private @Nullable Scrolls scrolls;
  private boolean active;
  private boolean focused = true;

  @FXML private StackPane root = new StackPane();
  @FXML private BorderPane choosing = new BorderPane();
  @FXML private Label count = new Label();
  @FXML private ListView<JudgingProgress> batches = new ListView<>();
  @FXML private BorderPane judging = new BorderPane();
  @FXML private Label name = new Label();
  @FXML private CheckBox together = new CheckBox();
  @FXML private ProgressBar bar = new ProgressBar();
  @FXML private Label progress = new Label();
  @FXML private Label mine = new Label();
  @FXML private VBox unstored = new VBox();
  @FXML private Label unstoredText = new Label();
  @FXML private HBox sides = new HBox();
  @FXML private ListView<String> first = new ListView<>();
  @FXML private ListView<String> second = new ListView<>();
  @FXML private GatedButton undo = new GatedButton();
  @FXML private Button sure = new Button();
  @FXML private VBox blank = new VBox();
  @FXML private Label blankHead = new Label();
  @FXML private Label blankText = new Label();
  @FXML private VBox ranking = new VBox();
  @FXML private HBox blankActions = new HBox();
  @FXML private Button blankUndo = new Button();
  @FXML private Button back = new Button();

  public JudgingController(
      JudgingViewModel model, Texts texts, Dialogs dialogs, Remembered remembered) {
    this.model = model;
    this.texts = texts;
    this.words = new JudgingWords(texts);
    this.dialogs = dialogs;
    this.remembered = remembered;
    ticks.setCycleCount(Animation.INDEFINITE);
  }

  @FXML
  private void initialize() {
    batches.setCellFactory(list -> new BatchCell(words));
    batches.setOnKeyPressed(event -> {
      if (event.getCode() == KeyCode.ENTER) {
        begin();
        event.consume();
      }
    });
    batches.setOnMouseClicked(event -> {
      if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
        begin();
      }
    });
    first.setCellFactory(ParagraphCell::new);
    second.setCellFactory(ParagraphCell::new);
    together.setSelected(!remembered.text(TOGETHER).equals("false"));
    together
        .selectedProperty()
        .addListener((observed, before, now) -> {
          remembered.keep(TOGETHER, String.valueOf(now));
          showTogether();
        });
    showTogether();
    var moving = new Scrolls(first, second, together::isSelected);
    scrolls = moving;
    root.addEventFilter(
        KeyEvent.KEY_PRESSED,
        new JudgingKeys(model, moving, new KeyRepeats(root), this::askReason, together::fire)
            ::pressed);
    root.sceneProperty()
        .flatMap(Scene::windowProperty)
        .flatMap(Window::focusedProperty)
        .addListener((observed, before, now) -> {
          // Null where there is no window: the screen is not shown.
          focused = now == null || now;
          away();
        });
    undo.blockedProperty()
        .bind(
            Bindings.when(model.lastProperty().isNull())
                .then(texts.get("judging.undo.none"))
                .otherwise(""));
    blankUndo.visibleProperty().bind(model.lastProperty().isNotNull());
    blankUndo.managedProperty().bind(blankUndo.visibleProperty());
    model.batches().addListener((ListChangeListener<JudgingProgress>) change -> showBatches());
    model
        .placeProperty()
        .addListener((observed, before, now) -> {
          show();
          focus(now);
        });
    model.pairProperty().addListener((observed, before, now) -> showPair(now));
    model.progressProperty().addListener((observed, before, now) -> show());
    model.troubleProperty().addListener((observed, before, now) -> show());
    model.surenessProperty().addListener((observed, before, now) -> showSureness());
    model.unstoredProperty().addListener((observed, before, now) -> showUnstored());
    model.unstoredTroubleProperty().addListener((observed, before, now) -> showUnstored());
    showSureness();
    showUnstored();
    showBatches();
    show();
  }

  private void showBatches() {
    JudgingProgress selected = batches.getSelectionModel().getSelectedItem();
    UUID kept = selected == null ? null : selected.batch().id();
    batches.getItems().setAll(model.batches());
    count.setText(texts.get("judging.count", model.batches().size()));
    batches.getSelectionModel().selectFirst();
    for (JudgingProgress one : model.batches()) {
      if (one.batch().id().equals(kept)) {
        batches.getSelectionModel().select(one);
      }
    }
  }

  private void show() {
    Place place = model.placeProperty().get();
    JudgingProgress now = model.progressProperty().get();
    choosing.setVisible(place == Place.CHOOSE);
    judging.setVisible(place == Place.PAIR);
    blank.setVisible(place != Place.CHOOSE && place != Place.PAIR);
    if (blank.isVisible()) {
      blankHead.setText(words.blankHead(place));
      blankText.setText(words.blankText(place, now, model.troubleProperty().get()));
    }
    blankActions.setVisible(!BATCHLESS.contains(place));
    showRanking(place == Place.ENDED && now != null ? now.ranking() : List.of());
    if (now != null) {
      name.setText(now.batch().terms().name());
      progress.setText(words.progress(now));
      mine.setText(words.pace(now));
      bar.setProgress(
          now.batch().counts().completed()
              / (double) Math.max(1, JudgingWords.enough(now.batch())));
      bar.setAccessibleText(progress.getText());
    }
  }

  private void showRanking(List<String> labels) {
    List<Node> lines = new ArrayList<>();
    for (int i = 0; i < Math.min(RANKED, labels.size()); i++) {
      lines.add(new Label(texts.get("judging.rank", i + 1, labels.get(i))));
    }
    if (labels.size() > RANKED) {
      lines.add(new Label(texts.get("judging.rank.more", labels.size() - RANKED)));
    }
    ranking.getChildren().setAll(lines);
    ranking.setVisible(!lines.isEmpty());
    ranking.setManaged(!lines.isEmpty());
  }

  private void focus(Place place) {
    if (!active) {
      return;
    }
    if (place == Place.CHOOSE && !Focus.isIn(choosing)) {
      Focus.on(batches);
    } else if (place == Place.PAIR && !Focus.isIn(judging)) {
      Focus.on(first);
    } else if (blank.isVisible() && !Focus.isIn(blank)) {
      Focus.on(back);
    }
  }

  private void showPair(@Nullable ShownPair pair) {
    first.getItems().setAll(pair == null ? List.of() : paragraphs(pair.first()));
    second.getItems().setAll(pair == null ? List.of() : paragraphs(pair.second()));
    if (scrolls != null) {
      scrolls.toTop();
    }
  }

  private static List<String> paragraphs(ShownPair.Side side) {
    List<String> all = new ArrayList<>(Paragraphs.of(side.body()));
    String title = side.title();
    if (title != null && !side.body().stripLeading().startsWith("#")) {
      all.addFirst("# " + title);
    }
    return all;
  }

  private void showTogether() {
    sides
        .getStyleClass()
        .setAll("judging-sides", together.isSelected() ? "judging-together" : "judging-apart");
  }

  private void showSureness() {
    sure.setText(texts.code("judging.sure", Code.of(model.surenessProperty().get())));
    sure.setAccessibleText(texts.get("judging.sure") + ": " + sure.getText());
  }

  private void showUnstored() {
    String why = model.unstoredTroubleProperty().get();
    boolean shown = !why.isEmpty();
    unstored.setVisible(shown);
    unstored.setManaged(shown);
    unstoredText.setText(
        shown ? texts.get("judging.unstored", model.unstoredProperty().get(), why) : "");
  }

  private void tick() {
    model.tick();
  }

  private void away() {
    model.away(!active || !focused);
  }

  @FXML
  private void begin() {
    JudgingProgress chosen = batches.getSelectionModel().getSelectedItem();
    if (chosen != null) {
      model.begin(chosen.batch().id());
    }
  }

  @FXML
  private void leave() {
    model.leave();
  }

  @FXML
  private void retry() {
    model.refresh();
  }

  @FXML
  private void firstBetter() {
    model.decide(Answer.FIRST);
  }

  @FXML
  private void secondBetter() {
    model.decide(Answer.SECOND);
  }

  @FXML
  private void tie() {
    model.decide(Answer.TIE);
  }

  @FXML
  private void sure() {
    model.nextSureness();
  }

  @FXML
  private void skip() {
    model.skip(null);
  }

  @FXML
  private void undo() {
    model.undo();
  }

  private void askReason() {
    ShownPair asked = model.pairProperty().get();
    if (asked != null && model.decidable()) {
      dialogs.reason(
          texts.get("judging.skip.title"),
          texts.get("judging.skip.header"),
          texts.get("judging.skip.prompt"),
          texts.get("judging.skip.confirm"),
          why -> {
            if (asked.equals(model.pairProperty().get())) {
              model.skip(why);
            }
          });
    }
  }

  @Override
  public void activate() {
    active = true;
    away();
    ticks.play();
    model.refresh();
    focus(model.placeProperty().get());
  }

  @Override
  public void refresh() {
    model.refresh();
  }

  @Override
  public void deactivate() {
    active = false;
    away();
    ticks.stop();
  }
}
