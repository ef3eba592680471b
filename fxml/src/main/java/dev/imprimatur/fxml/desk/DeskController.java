package dev.imprimatur.fxml.desk;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.fxml.action.EscalationActions;
import dev.imprimatur.fxml.control.GatedButton;
import dev.imprimatur.fxml.control.KeyRepeats;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Navigator;
import dev.imprimatur.fxml.view.Screen;
import dev.imprimatur.fxml.view.Texts;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The desk: binds one escalation and its actions to the view model.
public final class DeskController implements Screen {
  private final DeskViewModel model;
  private final EscalationActions actions;
  private final Neighbours neighbours;
  private final Remembered remembered;
  private final Texts texts;
  private final DecisionWords words;
  private final Navigator navigator;
  private final TextSide side;
  private @Nullable KeyRepeats repeats;

  @FXML private BorderPane root = new BorderPane();
  @FXML private Label title = new Label();
  @FXML private Label subtitle = new Label();
  @FXML private Label badge = new Label();
  @FXML private GatedButton claim = new GatedButton();
  @FXML private GatedButton release = new GatedButton();
  @FXML private GatedButton snooze = new GatedButton();
  @FXML private GatedButton rewrite = new GatedButton();
  @FXML private GatedButton revoke = new GatedButton();
  @FXML private GatedButton reject = new GatedButton();
  @FXML private GatedButton resolve = new GatedButton();
  @FXML private GatedButton approve = new GatedButton();
  @FXML private VBox why = new VBox();
  @FXML private Label baseline = new Label();
  @FXML private GridPane scores = new GridPane();
  @FXML private VBox comments = new VBox();
  @FXML private TextArea comment = new TextArea();
  @FXML private Button addComment = new Button();
  @FXML private Hyperlink suggestion = new Hyperlink();
  @FXML private SplitPane content = new SplitPane();
  @FXML private Label trouble = new Label();

  /// Which escalation stands before or after another in the list it was opened from.
  @FunctionalInterface
  public interface Neighbours {
    /// @param by 1 for the next, −1 for the one before
    /// @return null where there is none
    @Nullable UUID of(UUID escalation, int by);
  }

  public DeskController(
      DeskViewModel model,
      EscalationActions actions,
      Neighbours neighbours,
      Remembered remembered,
      Texts texts,
      DecisionWords words,
      Navigator navigator) {
    this.model = model;
    this.actions = actions;
    this.neighbours = neighbours;
    this.remembered = remembered;
    this.texts = texts;
    this.words = words;
    this.navigator = navigator;
    this.side = new TextSide(model, texts, words, remembered);
  }

  @FXML
  private void initialize() {
    repeats = new KeyRepeats(root);
    content.getItems().add(side);
    content.setDividerPositions(remembered.number("desk.divider", 0.42));
    content
        .getDividers()
        .getFirst()
        .positionProperty()
        .addListener((observed, before, now) -> remembered.keep("desk.divider", now.doubleValue()));
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
    // What was read stays readable though the database does not answer; the window says so.
    boolean ready = model.dataProperty().get() != null;
    content.setVisible(ready);
    trouble.setVisible(!ready);
    String told = model.troubleProperty().get();
    trouble.setText(told.isEmpty() ? texts.get("desk.loading") : told);
  }

  private void show(@Nullable DeskData data) {
    blank();
    badge.setVisible(data != null);
    if (data == null) {
      title.setText("");
      subtitle.setText("");
      return;
    }
    Escalation e = data.escalation();
    title.setText(data.detail().row().articleTitle());
    title.setTooltip(new Tooltip(title.getText()));
    badge.setText(Arithmetic.reason(e, texts));
    subtitle.setText(state(data));
    why.getChildren().setAll(Arithmetic.of(e, texts).stream().map(DeskController::line).toList());
    Integer number = data.baselineVersion();
    baseline.setText(
        number == null ? texts.get("desk.baseline.none") : texts.get("desk.baseline", number));
    ScoreTable.fill(scores, data, texts);
    suggestion.setVisible(data.suggestion() != null);
    suggestion.setManaged(data.suggestion() != null);
    comments.getChildren().setAll(data.detail().comments().stream().map(this::remark).toList());
    if (data.detail().comments().isEmpty()) {
      var none = new Label(texts.get("desk.comments.none"));
      none.getStyleClass().add("text-muted");
      comments.getChildren().add(none);
    }
  }

  private String state(DeskData data) {
    Escalation e = data.escalation();
    Escalation.Resolution r = e.resolution();
    if (r != null) {
      return texts.get(
          "desk.state.resolved",
          data.version(),
          texts.code("outcome", Code.of(r.outcome())),
          r.by(),
          words.time(r.at()),
          r.reason());
    }
    String raised = words.time(e.raisedAt());
    if (data.detail().snoozed() && e.snoozedUntil() != null) {
      return texts.get("desk.state.snoozed", data.version(), raised, words.time(e.snoozedUntil()));
    }
    String holder = data.detail().claimHolder();
    return holder == null || e.claimExpiresAt() == null
        ? texts.get("desk.state.pending", data.version(), raised)
        : texts.get(
            "desk.state.claimed", data.version(), raised, holder, words.time(e.claimExpiresAt()));
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

  private void gate(@Nullable Gates known) {
    Gates gates = known == null ? Gates.shut(texts.get("desk.loading")) : known;
    claim.blockedProperty().set(gates.claim());
    release.blockedProperty().set(gates.release());
    snooze.blockedProperty().set(gates.decide());
    reject.blockedProperty().set(gates.decide());
    resolve.blockedProperty().set(gates.decide());
    approve.blockedProperty().set(gates.approve());
    revoke.blockedProperty().set(gates.revoke());
    rewrite.blockedProperty().set(gates.rewrite());
    // Of two that exclude each other, the one that is possible is shown.
    DeskData data = model.dataProperty().get();
    swap(release, claim, data != null && model.mine(data));
    swap(revoke, approve, data != null && data.approval() != null);
    snooze.setText(
        texts.get(data != null && data.detail().snoozed() ? "desk.wake" : "desk.snooze"));
  }

  private static void swap(Node one, Node other, boolean first) {
    one.setVisible(first);
    one.setManaged(first);
    other.setVisible(!first);
    other.setManaged(!first);
  }

  private void with(Consumer<DeskData> action) {
    DeskData data = model.dataProperty().get();
    if (data != null) {
      action.accept(data);
    }
  }

  private void decide(Consumer<Escalations.Detail> action) {
    with(data -> action.accept(data.detail()));
  }

  @FXML
  private void back() {
    navigator.openInbox();
  }

  @FXML
  private void claim() {
    decide(actions::claim);
  }

  @FXML
  private void release() {
    decide(actions::release);
  }

  @FXML
  private void snooze() {
    decide(detail -> {
      if (detail.snoozed()) {
        actions.wake(detail);
      } else {
        actions.snooze(detail);
      }
    });
  }

  @FXML
  private void rewrite() {
    decide(actions::requestRewrite);
  }

  @FXML
  private void reject() {
    decide(actions::reject);
  }

  @FXML
  private void resolve() {
    decide(actions::resolve);
  }

  @FXML
  private void approve() {
    with(data -> actions.approve(data.detail(), data.articleRevision(), data.pending()));
  }

  @FXML
  private void revoke() {
    with(data -> actions.revoke(data.detail(), data.articleRevision()));
  }

  @FXML
  private void openArticle() {
    with(data -> navigator.openArticle(data.escalation().articleId()));
  }

  @FXML
  private void openSuggestion() {
    with(data -> {
      if (data.suggestion() != null) {
        navigator.openSuggestion(data.suggestion());
      }
    });
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
      // Escape leads out of a field, as it leads out of the desk.
      if (event.getCode() == KeyCode.ESCAPE) {
        root.requestFocus();
        event.consume();
      }
      return;
    }
    boolean walks = event.getCode() == KeyCode.N || event.getCode() == KeyCode.P;
    if (!walks && repeats != null && repeats.repeated()) {
      // A key that is held down decides nothing a second time.
      return;
    }
    boolean known = true;
    switch (event.getCode()) {
      case ESCAPE -> back();
      case J -> neighbour(1);
      case K -> neighbour(-1);
      case C -> (event.isShiftDown() ? release : claim).button().fire();
      case Z -> snooze.button().fire();
      case R -> rewrite.button().fire();
      case X -> (event.isShiftDown() ? revoke : reject).button().fire();
      case E -> resolve.button().fire();
      case A -> approve.button().fire();
      case D -> side.show(TextSide.Face.CHANGES);
      case T -> side.show(TextSide.Face.TEXT);
      case L -> side.show(TextSide.Face.TIMELINE);
      case N -> side.diff().nextChange();
      case P -> side.diff().previousChange();
      case M -> comment.requestFocus();
      case S -> openSuggestion();
      default -> known = false;
    }
    if (known) {
      event.consume();
    }
  }

  private void neighbour(int by) {
    UUID here = model.id();
    UUID there = here == null ? null : neighbours.of(here, by);
    if (there != null) {
      open(there);
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
