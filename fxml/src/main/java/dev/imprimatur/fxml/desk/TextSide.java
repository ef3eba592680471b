package dev.imprimatur.fxml.desk;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.control.Choice;
import dev.imprimatur.fxml.control.ParagraphCell;
import dev.imprimatur.fxml.diff.DiffView;
import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import java.util.stream.IntStream;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// The right half of the desk: what changed, the text itself, or what happened.
final class TextSide extends VBox {
  /// What is shown.
  enum Face {
    CHANGES,
    TEXT,
    TIMELINE
  }

  private static final double ROOM_FOR_TWO = 560;

  private final DeskViewModel model;
  private final Texts texts;
  private final Remembered remembered;
  private final DiffView diff;
  private final ListView<String> text = new ListView<>();
  private final ListView<Moment> timeline = new ListView<>();
  private final Label firstVersion = new Label();
  private final ComboBox<Integer> other = new ComboBox<>();
  private final Label otherLabel = new Label();
  private final ObjectProperty<Face> face = new SimpleObjectProperty<>(Face.CHANGES);
  private boolean filling;
  private boolean fitting;

  TextSide(DeskViewModel model, Texts texts, DecisionWords words, Remembered remembered) {
    super(8);
    this.model = model;
    this.texts = texts;
    this.remembered = remembered;
    getStyleClass().add("text-side");
    setMinWidth(280);
    diff = new DiffView(texts);
    diff.setId("desk-diff");
    diff.setMinWidth(0);
    rememberDiff();
    text.setId("desk-text");
    text.getStyleClass().add("text-view");
    text.setAccessibleText(texts.get("desk.text.name"));
    text.setCellFactory(list -> new ParagraphCell(list));
    timeline.setId("desk-timeline");
    timeline.getStyleClass().add("text-view");
    timeline.setAccessibleText(texts.get("desk.timeline"));
    timeline.setCellFactory(list -> new MomentCell(list, texts, words));
    firstVersion.getStyleClass().add("text-muted");
    firstVersion.setWrapText(true);
    var body = new StackPane(diff, text, timeline, firstVersion);
    StackPane.setAlignment(firstVersion, Pos.TOP_LEFT);
    VBox.setVgrow(body, Priority.ALWAYS);
    getChildren().addAll(head(), body);
    model.readingProperty().addListener((observed, before, now) -> showText(now));
    model.comparisonProperty().addListener((observed, before, now) -> showComparison(now));
    model.dataProperty().addListener((observed, before, now) -> showData(now));
    face.addListener((observed, before, now) -> showFace());
    showFace();
  }

  // Until the reader chooses, two columns are shown where there is room for two.
  private void rememberDiff() {
    String mode = remembered.text("diff.mode");
    for (DiffView.Mode one : DiffView.Mode.values()) {
      if (Code.of(one).equals(mode)) {
        diff.setMode(one);
      }
    }
    if (mode.isEmpty()) {
      widthProperty()
          // Later: within a layout pass, a change of the layout would go unseen.
          .addListener((observed, before, now) -> Platform.runLater(() -> fit(now.doubleValue())));
    }
    diff.modeProperty()
        .addListener((observed, before, now) -> {
          if (!fitting) {
            remembered.keep("diff.mode", Code.of(now));
          }
        });
    diff.setOnlyChanges(Boolean.parseBoolean(remembered.text("diff.only-changes")));
    diff.onlyChangesProperty()
        .addListener(
            (observed, before, now) -> remembered.keep("diff.only-changes", String.valueOf(now)));
  }

  private void fit(double width) {
    if (remembered.text("diff.mode").isEmpty()) {
      fitting = true;
      diff.setMode(width < ROOM_FOR_TWO ? DiffView.Mode.INLINE : DiffView.Mode.SIDE_BY_SIDE);
      fitting = false;
    }
  }

  private FlowPane head() {
    var group = new ToggleGroup();
    var faces = new HBox();
    faces.getStyleClass().add("segments");
    for (Face one : Face.values()) {
      var toggle = new ToggleButton(texts.code("desk.face", Code.of(one)));
      toggle.setId("desk-face-" + Code.of(one));
      toggle.setToggleGroup(group);
      toggle.setMinWidth(USE_PREF_SIZE);
      Choice.bind(toggle, one, face);
      toggle
          .getStyleClass()
          .add(one == Face.CHANGES ? "left-pill" : one == Face.TEXT ? "center-pill" : "right-pill");
      faces.getChildren().add(toggle);
    }
    otherLabel.setText(texts.get("desk.compare"));
    otherLabel.setLabelFor(other);
    otherLabel.setMinWidth(USE_PREF_SIZE);
    other.setId("desk-compare");
    other.setAccessibleText(texts.get("desk.compare"));
    other.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable Integer number) {
            return number == null ? "" : texts.get("desk.version", number);
          }

          @Override
          public Integer fromString(String name) {
            throw new UnsupportedOperationException("versions are chosen, not typed");
          }
        });
    other.setOnAction(event -> {
      if (!filling && other.getValue() != null) {
        model.compareWith(other.getValue());
      }
    });
    var compared = new HBox(8, otherLabel, other);
    compared.setAlignment(Pos.CENTER_LEFT);
    // Two lines where there is little room: names are not cut short.
    return new FlowPane(16, 6, faces, compared);
  }

  /// Shows one face and hides the others.
  void show(Face wanted) {
    face.set(wanted);
  }

  private void showFace() {
    Face wanted = face.get();
    boolean compared = model.comparisonProperty().get() != null;
    appear(diff, wanted == Face.CHANGES && compared);
    appear(firstVersion, wanted == Face.CHANGES && !compared);
    appear(text, wanted == Face.TEXT);
    appear(timeline, wanted == Face.TIMELINE);
    appear(other, wanted == Face.CHANGES && compared);
    appear(otherLabel, wanted == Face.CHANGES && compared);
  }

  DiffView diff() {
    return diff;
  }

  private void showText(DeskViewModel.@Nullable Reading reading) {
    text.getItems().setAll(reading == null ? List.of() : reading.paragraphs());
  }

  private void showComparison(DeskViewModel.@Nullable Comparison now) {
    if (now == null) {
      diff.clear();
    } else if (now.diff() == null) {
      diff.loading();
    } else {
      diff.show(
          now.diff(),
          texts.get("desk.version", now.left()),
          texts.get("desk.version", now.right()));
    }
    choose();
    showFace();
  }

  private void showData(@Nullable DeskData data) {
    timeline.getItems().setAll(data == null ? List.of() : data.moments());
    if (data == null) {
      firstVersion.setText("");
      show(Face.CHANGES);
      return;
    }
    // A text without another to hold it against is shown itself.
    firstVersion.setText(
        data.comparedWith() == 0
            ? texts.get("desk.first-version", data.version())
            : texts.get("desk.compare.failed"));
    if (data.comparedWith() == 0 && face.get() == Face.CHANGES) {
      show(Face.TEXT);
    }
    choose();
  }

  private void choose() {
    DeskData data = model.dataProperty().get();
    DeskViewModel.Comparison now = model.comparisonProperty().get();
    if (data == null || now == null) {
      return;
    }
    filling = true;
    other
        .getItems()
        .setAll(
            IntStream.rangeClosed(1, data.latest())
                .filter(n -> n != data.version())
                .boxed()
                .toList());
    other.setValue(now.left() == data.version() ? now.right() : now.left());
    filling = false;
  }

  private static void appear(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }
}
