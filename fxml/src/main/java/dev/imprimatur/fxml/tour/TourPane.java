package dev.imprimatur.fxml.tour;

import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourStatus;
import dev.imprimatur.engine.tour.TourView;
import dev.imprimatur.fxml.control.GatedButton;
import dev.imprimatur.fxml.list.MarkLabel;
import dev.imprimatur.fxml.view.Texts;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The tour that is shown: how far it is, what it may become or why not, its checkpoints, and what
/// was done to it.
final class TourPane extends StackPane {
  private final Texts texts;
  private final TourWords words;
  private final TourViewModel model;
  private final Label title = label("tours-name", "card-head");
  private final MarkLabel mark = new MarkLabel();
  private final Label subtitle = label("tours-id", "text-muted");
  private final ProgressBar bar = new ProgressBar(0);
  private final Label progress = label("tours-progress", "text-muted");
  private final Map<TourStatus, GatedButton> steps = new EnumMap<>(TourStatus.class);
  private final GatedButton edit = new GatedButton();
  private final Label why = label("tours-why", "text-muted");
  private final Label trouble = label("tours-trouble", "text-muted");
  private final CheckpointTable table;
  private final VBox history = new VBox(7);
  private final VBox content;

  /// @param step asked to take the tour to a status
  /// @param change asked to change the selected checkpoint
  TourPane(
      TourViewModel model,
      Texts texts,
      TourWords words,
      Consumer<TourStatus> step,
      Runnable change) {
    this.model = model;
    this.texts = texts;
    this.words = words;
    table = new CheckpointTable(texts, words);
    mark.setId("tours-mark");
    subtitle.getStyleClass().add("text-small");
    bar.setId("tours-bar");
    bar.setAccessibleText(texts.get("tours.point.done"));
    bar.getStyleClass().add("tours-bar");
    var line = new HBox(10, title, mark);
    line.setAlignment(Pos.CENTER_LEFT);
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    edit.setId("tours-edit");
    edit.setText(texts.get("tours.edit"));
    edit.setAccent(true);
    edit.setOnAction(event -> change.run());
    var far = new HBox(10, bar, progress, space, edit);
    far.setAlignment(Pos.CENTER_LEFT);
    var head = new VBox(7, new VBox(1, line, subtitle), far, actions(step), why);
    head.getStyleClass().addAll("lower-head", "stuck-head");
    why.setWrapText(true);
    why.setMinHeight(USE_PREF_SIZE);
    why.getStyleClass().add("text-small");
    content = new VBox(4, head, tabs());
    content.setId("tours-content");
    getChildren().addAll(content, trouble);
    table.setOnMouseClicked(event -> {
      if (event.getClickCount() == 2 && editable()) {
        change.run();
      }
    });
    table.getSelectionModel().selectedItemProperty().addListener((o, before, now) -> gate());
    model.dataProperty().addListener((observed, before, now) -> show(now));
    model.actingProperty().addListener((observed, before, now) -> gate());
    trouble.textProperty().bind(model.troubleProperty());
    show(model.dataProperty().get());
  }

  private static Label label(String id, String style) {
    var label = new Label();
    label.setId(id);
    label.getStyleClass().add(style);
    return label;
  }

  private Node actions(Consumer<TourStatus> step) {
    var flow = new FlowPane(6, 6);
    for (TourStatus to : TourStatus.values()) {
      var button = new GatedButton();
      button.setId("tours-to-" + Code.of(to));
      button.setText(texts.code("tours.to", Code.of(to)));
      button.setOnAction(event -> step.accept(to));
      steps.put(to, button);
      flow.getChildren().add(button);
    }
    return flow;
  }

  private TabPane tabs() {
    history.setId("tours-history");
    history.getStyleClass().add("stuck-history");
    var scroll = new ScrollPane(history);
    scroll.setFitToWidth(true);
    scroll.setAccessibleText(texts.get("tours.history"));
    scroll.getStyleClass().add("edge-to-edge");
    var tabs =
        new TabPane(
            new Tab(texts.get("tours.checkpoints"), table),
            new Tab(texts.get("tours.history"), scroll));
    tabs.setId("tours-tabs");
    tabs.setAccessibleText(texts.get("tours.tabs"));
    tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    VBox.setVgrow(tabs, Priority.ALWAYS);
    return tabs;
  }

  private void show(@Nullable TourView view) {
    content.setVisible(view != null);
    if (view == null) {
      table.getItems().clear();
      return;
    }
    Tour tour = view.tour();
    title.setText(tour.identifier());
    mark.show(words.mark(tour));
    subtitle.setText(
        texts.get(
            "tours.subtitle",
            tour.site(),
            texts.code("tours.type", Code.of(tour.type())),
            words.time(tour.expiresAt()),
            words.time(tour.modifiedAt()),
            tour.modifiedBy(),
            tour.revision()));
    bar.setProgress(tour.progress().share());
    progress.setText(words.progressInFull(tour));
    table.show(view.checkpoints());
    history.getChildren().setAll(view.audit().stream().map(this::moment).toList());
    gate();
  }

  private void gate() {
    TourView view = model.dataProperty().get();
    if (view == null) {
      return;
    }
    Map<TourStatus, String> closed = model.closed();
    // Said in sight once each: what is shut for lack of a step is told at the buttons alone.
    Set<String> guarded = new LinkedHashSet<>();
    steps.forEach((to, button) -> {
      boolean own = to == view.tour().status();
      button.setVisible(!own);
      button.setManaged(!own);
      button.blockedProperty().set(closed.getOrDefault(to, ""));
    });
    view.options().stream()
        .filter(o -> o.guard() != dev.imprimatur.engine.tour.Guard.NONE)
        .filter(o -> !closed.getOrDefault(o.to(), "").isEmpty())
        .forEach(o ->
            guarded.add(
                texts.get("tours.why", words.status(o.to()), closed.getOrDefault(o.to(), ""))));
    if (view.tour().ended()) {
      guarded.add(texts.get("gate.tours.ended", words.status(view.tour().status())));
    }
    why.setText(model.actingProperty().get() ? "" : String.join("   ", guarded));
    edit.blockedProperty().set(noEdit(view));
  }

  private String noEdit(TourView view) {
    if (view.tour().ended()) {
      return texts.get("gate.tours.ended", words.status(view.tour().status()));
    }
    if (model.actingProperty().get()) {
      return texts.get("gate.tours.acting");
    }
    return table.chosen().isEmpty() ? texts.get("gate.tours.choose") : "";
  }

  private Node moment(AuditEntry entry) {
    var what = new Label(words.happened(entry));
    what.getStyleClass().add("moment-what");
    var by = new Label(words.by(entry));
    by.getStyleClass().addAll("text-muted", "text-small");
    var box = new VBox(1, what, by);
    List.of(what, by).forEach(l -> l.setWrapText(true));
    return box;
  }

  /// Whether a step or a change can be asked for.
  boolean open(TourStatus to) {
    GatedButton button = steps.get(to);
    return button != null && button.isVisible() && button.blockedProperty().get().isEmpty();
  }

  boolean editable() {
    return content.isVisible() && edit.blockedProperty().get().isEmpty();
  }

  /// The checkpoint that is selected.
  Optional<Checkpoint> chosen() {
    return table.chosen();
  }

  /// Puts the focus on the checkpoints.
  void focus() {
    table.requestFocus();
  }
}
