package dev.imprimatur.fxml.list;

import java.util.function.Function;
import javafx.beans.value.ChangeListener;
import javafx.scene.control.TableCell;
import org.jspecify.annotations.Nullable;

/// Shows a text of a slot's row, and follows when the row is read or changes.
public class SlotCell<R> extends TableCell<Slot<R>, Slot<R>> {
  private final Function<R, String> text;
  private final ChangeListener<@Nullable R> changed = (observed, before, now) -> show(now);
  private @Nullable Slot<R> shown;

  public SlotCell(Function<R, String> text) {
    this.text = text;
  }

  @Override
  protected final void updateItem(@Nullable Slot<R> item, boolean empty) {
    super.updateItem(item, empty);
    if (item != shown) {
      if (shown != null) {
        shown.rowProperty().removeListener(changed);
      }
      shown = empty ? null : item;
      if (shown != null) {
        shown.rowProperty().addListener(changed);
      }
    }
    show(empty || item == null ? null : item.row());
  }

  // Two slots of one id are equal, but only one of them follows its row.
  @Override
  protected boolean isItemChanged(@Nullable Slot<R> before, @Nullable Slot<R> now) {
    return before != now;
  }

  private void show(@Nullable R row) {
    setText(row == null ? null : text.apply(row));
    shown(row);
  }

  /// The text of a row, or of none, has been shown.
  protected void shown(@Nullable R row) {}
}
