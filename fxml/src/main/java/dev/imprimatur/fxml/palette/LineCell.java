package dev.imprimatur.fxml.palette;

import java.util.BitSet;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// A line of the palette: what it does, with the letters that were typed marked; what it is, and by
/// which key; and under it why it can't be done.
final class LineCell extends ListCell<PaletteViewModel.Line> {
  private static final int LONGEST = 60;
  private static final int MARGIN = 56;

  private final PaletteViewModel model;
  private final HBox title = new HBox();

  /// Has the height of a key and no width, so that lines with a key and without are as high.
  private final Label strut = new Label("K");

  private final Label kind = new Label();
  private final Label key = new Label();
  private final Text whyNot = new Text();
  private final HBox head = new HBox(10, title, kind, key);
  private final VBox all = new VBox(1, head, whyNot);

  /// @param list whose width it has
  LineCell(PaletteViewModel model, ListView<PaletteViewModel.Line> list) {
    this.model = model;
    HBox.setHgrow(title, Priority.ALWAYS);
    title.setAlignment(Pos.CENTER_LEFT);
    head.setAlignment(Pos.CENTER_LEFT);
    kind.getStyleClass().addAll("palette-kind", "text-small");
    kind.setMinWidth(USE_PREF_SIZE);
    key.getStyleClass().add("key-cap");
    key.setMinWidth(USE_PREF_SIZE);
    strut.getStyleClass().add("key-cap");
    strut.setVisible(false);
    strut.setMinWidth(0);
    strut.setPrefWidth(0);
    whyNot.getStyleClass().addAll("palette-why", "text-small");
    whyNot.wrappingWidthProperty().bind(list.widthProperty().subtract(MARGIN));
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    setPrefWidth(0);
    setOnMouseClicked(event -> {
      if (!isEmpty()) {
        model.select(getIndex());
        fireEvent(new Palette.Chosen());
      }
    });
  }

  @Override
  protected void updateItem(PaletteViewModel.@Nullable Line line, boolean empty) {
    super.updateItem(line, empty);
    if (line == null || empty) {
      setGraphic(null);
      setText(null);
      return;
    }
    boolean open = line.whyNot().isEmpty();
    title(line.command().title(), line.marks(), open);
    kind.setText(model.kind(line));
    key.setText(line.command().key());
    key.setVisible(!key.getText().isEmpty());
    key.setManaged(key.isVisible());
    whyNot.setText(line.whyNot());
    whyNot.setVisible(!open);
    whyNot.setManaged(!open);
    setGraphic(all);
    // Not drawn beside the graphic, but read by screen readers.
    setText(model.spoken(line));
  }

  private void title(String text, BitSet marks, boolean open) {
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
    title.getChildren().setAll(strut);
    int from = 0;
    while (from < shown.length()) {
      boolean marked = marks.get(from);
      int to = Math.min(shown.length(), marked ? marks.nextClearBit(from) : next(marks, from));
      var part = new Label(shown.substring(from, to));
      part.setMinWidth(USE_PREF_SIZE);
      part.getStyleClass().add(open ? "palette-text" : "palette-text-closed");
      if (marked) {
        part.getStyleClass().add("palette-mark");
      }
      title.getChildren().add(part);
      from = to;
    }
  }

  private static int next(BitSet marks, int from) {
    int next = marks.nextSetBit(from);
    return next < 0 ? Integer.MAX_VALUE : next;
  }
}
