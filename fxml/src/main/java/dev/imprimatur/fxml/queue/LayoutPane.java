package dev.imprimatur.fxml.queue;

import dev.imprimatur.engine.queue.LayoutDifference;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.store.QueueLayoutStore.Counts;
import dev.imprimatur.fxml.control.GatedButton;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.list.Mark;
import dev.imprimatur.fxml.list.MarkLabel;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Focus;
import dev.imprimatur.fxml.view.Texts;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The queue's layout: which is in force, how far copying has come, what differs, and the steps.
final class LayoutPane extends StackPane {
  private final LayoutViewModel model;
  private final Texts texts;
  private final LayoutWords words;
  private final Dialogs dialogs;
  private final Map<QueueLayout, MarkLabel> way = new EnumMap<>(QueueLayout.class);
  private final Label means = text("layout-means", "text-muted");
  private final GatedButton before = button("layout-before");
  private final GatedButton after = button("layout-after");
  private final GatedButton copy = button("layout-copy");
  private final Label whyNot = text("layout-why-not", "text-muted");
  private final ProgressBar copied = new ProgressBar();
  private final Label copiedText = text("layout-copied", "");
  private final Label sweep = text("layout-sweep", "");
  private final Label onlyNew = text("layout-only-new", "");
  private final Label differing = text("layout-differing", "");
  private final Label written = text("layout-written", "");
  private final GridPane facts = new GridPane(12, 5);
  private final TableView<LayoutDifference> differences = new TableView<>();
  private final Label listed = text("layout-listed", "card-head");
  private final VBox content = new VBox();
  private final Label blankHead = text("layout-blank-head", "blank-head");
  private final Label blankText = text("layout-blank-text", "text-muted");
  private final VBox blank = new VBox(6, blankHead, blankText);

  LayoutPane(LayoutViewModel model, Texts texts, DecisionWords words, Dialogs dialogs) {
    this.model = model;
    this.texts = texts;
    this.words = new LayoutWords(texts, words);
    this.dialogs = dialogs;
    setId("queue-layout-pane");
    setFocusTraversable(true);
    before.setOnAction(event -> ask(LayoutViewModel.Seen::before));
    after.setOnAction(event -> ask(LayoutViewModel.Seen::after));
    copy.setOnAction(event -> model.copy());
    copy.setText(texts.get("layout.copy"));
    LayoutTable.fill(differences, texts);
    VBox.setVgrow(differences, Priority.ALWAYS);
    content.getChildren().setAll(head(), differences);
    blank.setAlignment(Pos.CENTER);
    blank.getStyleClass().add("blank");
    getChildren().setAll(content, blank);
    model.seenProperty().addListener((observed, was, now) -> show(now));
    model.gatesProperty().addListener((observed, was, now) -> gate());
    model.stateProperty().addListener((observed, was, now) -> showState());
    model.failureProperty().addListener((observed, was, now) -> showState());
    show(model.seenProperty().get());
    showState();
  }

  private VBox head() {
    var title = new Label(texts.get("layout.title"));
    title.getStyleClass().add("card-head");
    var steps = new HBox(8, title);
    steps.setAlignment(Pos.CENTER_LEFT);
    for (QueueLayout layout : QueueLayout.values()) {
      var mark = new MarkLabel();
      mark.setId("layout-" + layout.code());
      way.put(layout, mark);
      if (layout != QueueLayout.LEGACY) {
        steps.getChildren().add(new Label("→"));
      }
      steps.getChildren().add(mark);
    }
    var buttons = new FlowPane(6, 6, before, after, copy);
    copied.setPrefWidth(160);
    copied.setAccessibleText(texts.get("layout.fact.copied"));
    var progress = new HBox(10, copied, copiedText);
    progress.setAlignment(Pos.CENTER_LEFT);
    facts.setId("layout-facts");
    facts.addRow(0, name("copied"), progress);
    facts.addRow(1, name("sweep"), sweep);
    facts.addRow(2, name("only-new"), onlyNew);
    facts.addRow(3, name("differing"), differing);
    facts.addRow(4, name("written"), written);
    var box = new VBox(10, steps, means, buttons, whyNot, facts, listed);
    box.getStyleClass().add("layout-head");
    return box;
  }

  private Label name(String code) {
    var label = new Label(texts.code("layout.fact", code));
    label.getStyleClass().add("text-muted");
    label.setMinWidth(USE_PREF_SIZE);
    return label;
  }

  private static Label text(String id, String style) {
    var label = new Label();
    label.setId(id);
    label.setWrapText(true);
    label.setMinHeight(USE_PREF_SIZE);
    if (!style.isEmpty()) {
      label.getStyleClass().add(style);
    }
    return label;
  }

  private static GatedButton button(String id) {
    var button = new GatedButton();
    button.setId(id);
    return button;
  }

  /// Puts the focus to the step that is open, or to what differs.
  void focus() {
    for (GatedButton button : new GatedButton[] {after, copy, before}) {
      if (button.isVisible() && !button.button().isDisabled()) {
        Focus.on(button.button());
        return;
      }
    }
    Focus.on(differences.isVisible() ? differences : this);
  }

  private void show(LayoutViewModel.@Nullable Seen seen) {
    if (seen == null) {
      return;
    }
    QueueLayout now = seen.layout();
    boolean both = now == QueueLayout.DUAL;
    way.forEach((layout, mark) -> {
      String name = texts.code("layout.name", layout.code());
      mark.show(
          layout == now
              ? new Mark(texts.get("layout.in-force", name), Mark.Tone.GOOD)
              : new Mark(name, Mark.Tone.PLAIN));
    });
    means.setText(texts.code("layout.means", now.code()));
    button(before, seen.before(), "layout.back");
    button(after, seen.after(), "layout.on");
    visible(copy, both);
    Counts counts = seen.report().counts();
    copiedText.setText(words.progress(counts));
    long all = counts.both() + counts.onlyOld();
    copied.setProgress(all == 0 ? 1 : (double) counts.both() / all);
    sweep.setText(words.sweep(seen.backfill()));
    onlyNew.setText(texts.get("layout.jobs", counts.onlyNew()));
    differing.setText(words.differing(seen.report()));
    written.setText(
        texts.get("layout.written", seen.written().succeeded(), seen.written().failed()));
    visible(facts, both);
    visible(listed, both);
    visible(differences, both);
    listed.setText(
        counts.differing() > seen.report().differences().size()
            ? texts.get("layout.listed.first", seen.report().differences().size())
            : texts.get("layout.listed"));
    if (!differences.getItems().equals(seen.report().differences())) {
      differences.getItems().setAll(seen.report().differences());
    }
    gate();
  }

  private void button(GatedButton button, Optional<QueueLayout> wanted, String text) {
    visible(button, wanted.isPresent());
    wanted.ifPresent(
        layout -> button.setText(texts.get(text, texts.code("layout.name", layout.code()))));
  }

  private void gate() {
    LayoutViewModel.Gates gates = model.gatesProperty().get();
    Node owner = getScene() == null ? null : getScene().getFocusOwner();
    before.blockedProperty().set(gates.before());
    after.blockedProperty().set(gates.after());
    copy.blockedProperty().set(gates.copy());
    // Said in sight too: a tooltip is for those who have a mouse.
    Map<String, String> reasons = new LinkedHashMap<>();
    for (GatedButton button : new GatedButton[] {before, after}) {
      String reason = button.blockedProperty().get();
      if (button.isVisible() && reason.length() > 1) {
        reasons.merge(reason, button.getText().replace("…", ""), (one, two) -> one + ", " + two);
      }
    }
    whyNot.setText(
        reasons.entrySet().stream()
            .map(e -> texts.get("layout.why-not", e.getValue(), e.getKey()))
            .collect(Collectors.joining("\n")));
    visible(whyNot, !reasons.isEmpty());
    // A button that is shut lets the focus go, to wherever: the keys of this screen would be dead.
    if (owner != null
        && owner.isDisabled()
        && owner.getParent() instanceof GatedButton gated
        && (gated == before || gated == after || gated == copy)) {
      focus();
    }
  }

  private interface Step {
    Optional<QueueLayout> of(LayoutViewModel.Seen seen);
  }

  private void ask(Step step) {
    LayoutViewModel.Seen seen = model.seenProperty().get();
    if (seen == null) {
      return;
    }
    step.of(seen)
        .ifPresent(wanted -> {
          String name = texts.code("layout.name", wanted.code());
          String which = seen.layout().code() + "-" + wanted.code();
          dialogs.confirm(
              texts.get("layout.title"),
              texts.get("layout.ask", name),
              texts.code("layout.ask.what", which, seen.report().counts().both())
                  + "\n\n"
                  + texts.get("layout.ask.waits"),
              texts.get("layout.ask.confirm", name),
              texts.get("layout.ask.leave"),
              () -> model.step(wanted));
        });
  }

  private void showState() {
    ListState state = model.stateProperty().get();
    boolean ready = state == ListState.READY;
    content.setVisible(ready);
    blank.setVisible(!ready);
    if (!ready) {
      String code = Code.of(state);
      blankHead.setText(texts.code("layout.blank", code));
      blankText.setText(
          state == ListState.FAILED
              ? model.failureProperty().get()
              : texts.code("layout.blank.more", code));
    }
  }

  private static void visible(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }
}
