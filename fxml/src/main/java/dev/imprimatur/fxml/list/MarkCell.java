package dev.imprimatur.fxml.list;

import java.util.function.Function;
import javafx.scene.control.ContentDisplay;
import org.jspecify.annotations.Nullable;

/// Shows a mark of a slot's row, and follows when the row is read or changes.
public final class MarkCell<R> extends SlotCell<R> {
  private final Function<R, Mark> mark;
  private final MarkLabel label = new MarkLabel();

  public MarkCell(Function<R, Mark> mark) {
    super(row -> mark.apply(row).text());
    this.mark = mark;
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
  }

  // The text is not drawn, but read by screen readers.
  @Override
  protected void shown(@Nullable R row) {
    label.show(row == null ? null : mark.apply(row));
    setGraphic(row == null ? null : label);
  }
}
