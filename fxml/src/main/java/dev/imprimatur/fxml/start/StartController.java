package dev.imprimatur.fxml.start;

import dev.imprimatur.fxml.control.GatedButton;
import dev.imprimatur.fxml.start.StartViewModel.Failure;
import dev.imprimatur.fxml.start.StartViewModel.Phase;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.event.EventHandler;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Shows the start.
public final class StartController {
  private final StartViewModel model;
  private final Texts texts;
  private final EventHandler<InputEvent> pressed = event -> reachSamples();
  private @Nullable FirstFocus kept;

  @FXML private Node chooser = new VBox();
  @FXML private VBox trouble = new VBox();
  @FXML private Label troubleHead = new Label();
  @FXML private Label troubleText = new Label();
  @FXML private Label troubleMend = new Label();
  @FXML private Button retry = new Button();
  @FXML private Hyperlink showDetails = new Hyperlink();
  @FXML private TextArea details = new TextArea();
  @FXML private Label aloneText = new Label();
  @FXML private CheckBox samples = new CheckBox();
  @FXML private Button alone = new Button();
  @FXML private VBox team = new VBox();
  @FXML private TextField url = new TextField();
  @FXML private TextField host = new TextField();
  @FXML private TextField port = new TextField();
  @FXML private TextField databaseName = new TextField();
  @FXML private TextField user = new TextField();
  @FXML private PasswordField password = new PasswordField();
  @FXML private ComboBox<TlsMode> tls = new ComboBox<>();
  @FXML private GatedButton test = new GatedButton();
  @FXML private GatedButton connect = new GatedButton();
  @FXML private HBox testing = new HBox();
  @FXML private Label testingText = new Label();
  @FXML private VBox results = new VBox();
  @FXML private VBox opening = new VBox();
  @FXML private Label openingHead = new Label();
  @FXML private Label openingStep = new Label();
  @FXML private ProgressBar openingBar = new ProgressBar();
  @FXML private Button cancel = new Button();
  @FXML private Label looking = new Label();

  public StartController(StartViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
  }

  @FXML
  private void initialize() {
    bindForm();
    bindPhases();
    model.failureProperty().addListener((observed, before, now) -> show(now));
    show(model.failureProperty().get());
    model.resultsProperty().addListener((InvalidationListener) observed -> showResults());
    showResults();
  }

  private void bindForm() {
    ServerForm form = model.form();
    url.textProperty().bindBidirectional(form.urlProperty());
    host.textProperty().bindBidirectional(form.hostProperty());
    port.textProperty().bindBidirectional(form.portProperty());
    databaseName.textProperty().bindBidirectional(form.databaseProperty());
    user.textProperty().bindBidirectional(form.userProperty());
    password.textProperty().bindBidirectional(form.passwordProperty());
    url.focusedProperty()
        .addListener((observed, before, now) -> {
          if (!now) {
            form.tidy();
          }
        });
    tls.getItems().setAll(TlsMode.values());
    tls.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable TlsMode mode) {
            return mode == null ? "" : texts.code("start.tls", mode.code());
          }

          @Override
          public TlsMode fromString(String text) {
            throw new UnsupportedOperationException("it is not editable");
          }
        });
    tls.valueProperty().bindBidirectional(form.tlsProperty());
    samples.selectedProperty().bindBidirectional(model.samplesProperty());
    // Space ticks it; Enter would too, where everybody expects it to go on.
    samples.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ENTER) {
            alone.fire();
            event.consume();
          }
        });
    aloneText
        .textProperty()
        .bind(
            Bindings.when(model.localThereProperty())
                .then(texts.get("start.alone.there"))
                .otherwise(texts.get("start.alone.text")));
  }

  private void bindPhases() {
    BooleanBinding isTesting = model.phaseProperty().isEqualTo(Phase.TESTING);
    BooleanBinding isOpening = model.phaseProperty().isEqualTo(Phase.OPENING);
    BooleanBinding isLooking = model.phaseProperty().isEqualTo(Phase.LOOKING);
    shownIf(looking, isLooking);
    shownIf(opening, isOpening);
    shownIf(chooser, isOpening.not().and(isLooking.not()));
    shownIf(testing, isTesting);
    testingText.textProperty().bind(model.whatProperty());
    openingHead.textProperty().bind(model.whatProperty());
    openingStep.textProperty().bind(model.stepProperty());
    openingBar.progressProperty().bind(model.progressProperty());
    var blocked =
        Bindings.when(isTesting)
            .then(texts.get("start.form.busy"))
            .otherwise(model.form().incompleteProperty());
    test.blockedProperty().bind(blocked);
    connect.blockedProperty().bind(blocked);
    alone.disableProperty().bind(isTesting);
    retry.disableProperty().bind(isTesting);
    // Enter does what belongs to where one is.
    chooser.sceneProperty().flatMap(Scene::focusOwnerProperty).subscribe(this::defaultButton);
    model.phaseProperty().addListener((observed, before, now) -> focus());
    // A scene that looks for a first focus of its own takes what can have it first, and that is to
    // be the button. Whoever presses something finds the box in its place.
    samples.setFocusTraversable(false);
    chooser.sceneProperty().subscribe(this::moved);
  }

  private void moved(@Nullable Scene before, @Nullable Scene now) {
    if (before != null) {
      before.removeEventFilter(KeyEvent.KEY_PRESSED, pressed);
      before.removeEventFilter(MouseEvent.MOUSE_PRESSED, pressed);
    }
    if (now != null) {
      now.addEventFilter(KeyEvent.KEY_PRESSED, pressed);
      now.addEventFilter(MouseEvent.MOUSE_PRESSED, pressed);
    }
  }

  private void reachSamples() {
    samples.setFocusTraversable(true);
  }

  // Not by focusWithin, which stays true where the focus was while nothing could be seen.
  private void defaultButton(@Nullable Node focused) {
    boolean inTeam = within(focused, team);
    boolean inTrouble = within(focused, trouble);
    for (Button button : List.of(connect.button(), retry, alone)) {
      button.setDefaultButton(false);
    }
    Button wanted = inTeam ? connect.button() : inTrouble ? retry : alone;
    wanted.setDefaultButton(true);
  }

  private static boolean within(@Nullable Node node, Node place) {
    for (Node n = node; n != null; n = n.getParent()) {
      if (n == place) {
        return true;
      }
    }
    return false;
  }

  /// Puts the cursor where one would begin.
  public void focus() {
    // Later: what was just made visible takes no focus before it is laid out.
    Platform.runLater(() -> {
      Node wanted =
          switch (model.focusProperty().get()) {
            case ALONE -> alone;
            case PASSWORD -> password;
            case TEST -> test.button();
            case CONNECT -> connect.button();
            case RETRY -> retry;
            case CANCEL -> cancel;
          };
      wanted.requestFocus();
      Scene scene = wanted.getScene();
      if (kept != null) {
        kept.end();
      }
      kept = scene == null ? null : FirstFocus.keep(scene, wanted, alone);
    });
  }

  private static void shownIf(Node node, BooleanBinding condition) {
    node.visibleProperty().bind(condition);
    node.managedProperty().bind(condition);
  }

  private static void shownIf(Node node, boolean condition) {
    node.setVisible(condition);
    node.setManaged(condition);
  }

  private void show(@Nullable Failure failure) {
    shownIf(trouble, failure != null);
    showDetails(false);
    if (failure != null) {
      troubleHead.setText(failure.headline());
      troubleText.setText(failure.message());
      troubleMend.setText(failure.mend());
      shownIf(troubleMend, !failure.mend().isEmpty());
      details.setText(failure.details());
      trouble.setAccessibleText(
          String.join(" ", failure.headline(), failure.message(), failure.mend()));
    }
  }

  private void showResults() {
    results.getChildren().setAll(model.results().stream().map(this::line).toList());
    shownIf(results, !model.results().isEmpty());
  }

  private Node line(ConnectionWords.Line line) {
    String state = texts.code("start.state", line.state().code());
    var mark = new Label(state);
    mark.getStyleClass().addAll("result-state", "result-" + line.state().code());
    mark.setMinWidth(Label.USE_PREF_SIZE);
    var what = new Label(line.what());
    what.setWrapText(true);
    what.setMinHeight(Label.USE_PREF_SIZE);
    what.getStyleClass().add("result-what");
    var words = new VBox(1, what);
    words.setMinHeight(VBox.USE_PREF_SIZE);
    HBox.setHgrow(words, Priority.ALWAYS);
    if (!line.mend().isEmpty()) {
      var mend = new Label(line.mend());
      mend.setWrapText(true);
      mend.setMinHeight(Label.USE_PREF_SIZE);
      mend.getStyleClass().addAll("result-mend", "text-muted");
      words.getChildren().add(mend);
    }
    var all = new HBox(10, mark, words);
    all.setAlignment(Pos.TOP_LEFT);
    all.setId("result-" + line.check().replace(' ', '-'));
    return all;
  }

  @FXML
  private void workAlone() {
    model.workAlone();
  }

  @FXML
  private void connect() {
    model.connect();
  }

  @FXML
  private void test() {
    model.test();
  }

  @FXML
  private void retry() {
    model.retry();
  }

  @FXML
  private void cancel() {
    model.cancel();
  }

  @FXML
  private void toggleDetails() {
    showDetails(!details.isVisible());
  }

  private void showDetails(boolean shown) {
    shownIf(details, shown);
    showDetails.setVisited(false);
  }

  @FXML
  private void copyDetails() {
    var content = new ClipboardContent();
    content.putString(details.getText());
    Clipboard.getSystemClipboard().setContent(content);
  }

  @FXML
  private void pressed(KeyEvent event) {
    if (event.getCode() == KeyCode.ESCAPE && model.cancel()) {
      event.consume();
    }
  }
}
