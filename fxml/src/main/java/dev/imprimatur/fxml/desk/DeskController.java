package dev.imprimatur.fxml.desk;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.fxml.control.GatedButton;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Navigator;
import dev.imprimatur.fxml.view.Screen;
import dev.imprimatur.fxml.view.Texts;
import java.util.UUID;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The desk: binds one escalation and its actions to the view model.
public final class DeskController implements Screen {
  private final DeskViewModel model;
  private final Texts texts;
  private final DecisionWords words;
  private final Dialogs dialogs;
  private final Navigator navigator;

  @FXML private BorderPane root = new BorderPane();
  @FXML private Label title = new Label();
  @FXML private Label subtitle = new Label();
  @FXML private Label badge = new Label();
  @FXML private GatedButton claim = new GatedButton();
  @FXML private GatedButton release = new GatedButton();
  @FXML private GatedButton resolve = new GatedButton();
  @FXML private GatedButton approve = new GatedButton();
  @FXML private VBox why = new VBox();
  @FXML private Label baseline = new Label();
  @FXML private GridPane scores = new GridPane();
  @FXML private VBox comments = new VBox();
  @FXML private TextArea comment = new TextArea();
  @FXML private Button addComment = new Button();
  @FXML private ListView<String> text = new ListView<>();
  @FXML private Label textHead = new Label();
  @FXML private Node content = new VBox();
  @FXML private Label trouble = new Label();

  public DeskController(
      DeskViewModel model, Texts texts, DecisionWords words, Dialogs dialogs, Navigator navigator) {
    this.model = model;
    this.texts = texts;
    this.words = words;
    this.dialogs = dialogs;
    this.navigator = navigator;
  }

  @FXML
  private void initialize() {
    text.setCellFactory(list -> new ParagraphCell(list));
    addComment.disableProperty().bind(comment.textProperty().map(String::isBlank));
    model.dataProperty().addListener((observed, before, now) -> show(now));
    model.gatesProperty().addListener((observed, before, now) -> gate(now));
    model.troubleProperty().addListener((observed, before, now) -> blank());
    show(null);
    gate(null);
  }

  /// Puts an escalation on the desk.
  public void open(UUID escalation) {
    comment.clear();
    model.open(escalation);
  }

  private void blank() {
    boolean ready = model.dataProperty().get() != null;
    content.setVisible(ready);
    trouble.setVisible(!ready);
    String told = model.troubleProperty().get();
    trouble.setText(told.isEmpty() ? texts.get("desk.loading") : told);
  }

  private void show(@Nullable DeskData data) {
    blank();
    if (data == null) {
      title.setText("");
      subtitle.setText("");
      badge.setVisible(false);
      return;
    }
    Escalation e = data.detail().row().escalation();
    title.setText(data.detail().row().articleTitle());
    badge.setText(Arithmetic.reason(e, texts));
    badge.setVisible(true);
    subtitle.setText(state(data));
    why.getChildren().setAll(Arithmetic.of(e, texts).stream().map(DeskController::line).toList());
    Integer number = data.baselineVersion();
    baseline.setText(
        number == null ? texts.get("desk.baseline.none") : texts.get("desk.baseline", number));
    ScoreTable.fill(scores, data, texts);
    comments.getChildren().setAll(data.detail().comments().stream().map(this::remark).toList());
    if (data.detail().comments().isEmpty()) {
      var none = new Label(texts.get("desk.comments.none"));
      none.getStyleClass().add("text-muted");
      comments.getChildren().add(none);
    }
    textHead.setText(texts.get("desk.text", data.detail().row().versionNumber()));
    if (!text.getItems().equals(data.paragraphs())) {
      text.getItems().setAll(data.paragraphs());
    }
  }

  private String state(DeskData data) {
    Escalation e = data.detail().row().escalation();
    Escalation.Resolution r = e.resolution();
    if (r != null) {
      return texts.get(
          "desk.state.resolved",
          texts.code("outcome", Code.of(r.outcome())),
          r.by(),
          words.time(r.at()),
          r.reason());
    }
    String raised = words.time(e.raisedAt());
    String holder = data.detail().claimHolder();
    return holder == null || e.claimExpiresAt() == null
        ? texts.get("desk.state.pending", raised)
        : texts.get("desk.state.claimed", raised, holder, words.time(e.claimExpiresAt()));
  }

  private static Label line(String sentence) {
    var label = new Label(sentence);
    label.setWrapText(true);
    return label;
  }

  private VBox remark(Escalation.Comment remark) {
    var by = new Label(texts.get("desk.comment.by", remark.by(), words.time(remark.at())));
    by.getStyleClass().addAll("text-muted", "text-small");
    return new VBox(2, by, line(remark.text()));
  }

  private void gate(@Nullable Gates gates) {
    String wait = texts.get("desk.loading");
    claim.blockedProperty().set(gates == null ? wait : gates.claim());
    release.blockedProperty().set(gates == null ? wait : gates.release());
    resolve.blockedProperty().set(gates == null ? wait : gates.resolve());
    approve.blockedProperty().set(gates == null ? wait : gates.approve());
  }

  @FXML
  private void back() {
    navigator.openInbox();
  }

  @FXML
  private void claim() {
    model.claim();
  }

  @FXML
  private void release() {
    model.release();
  }

  @FXML
  private void resolve() {
    dialogs.resolve(title.getText(), model::resolve);
  }

  @FXML
  private void approve() {
    DeskData data = model.dataProperty().get();
    if (data != null) {
      dialogs.approve(title.getText(), data.pending(), model::approve);
    }
  }

  @FXML
  private void addComment() {
    model.comment(comment.getText(), comment::clear);
  }

  @FXML
  private void pressed(KeyEvent event) {
    if (event.getTarget() instanceof TextInputControl
        || event.isControlDown()
        || event.isAltDown()
        || event.isMetaDown()) {
      return;
    }
    boolean known = true;
    switch (event.getCode()) {
      case ESCAPE -> back();
      case C -> claim.button().fire();
      case U -> release.button().fire();
      case E -> resolve.button().fire();
      case A -> approve.button().fire();
      default -> known = false;
    }
    if (known) {
      event.consume();
    }
  }

  @Override
  public void activate() {
    root.requestFocus();
  }

  @Override
  public void refresh() {
    model.refresh();
  }

  @Override
  public void deactivate() {
    model.close();
  }
}
