package dev.imprimatur.fxml.diff;

import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// The keys of a diff.
final class DiffKeys {
  private final DiffView view;

  DiffKeys(DiffView view) {
    this.view = view;
  }

  /// @param list its rows, which would take Enter for themselves
  void listen(Node list) {
    view.addEventHandler(KeyEvent.KEY_PRESSED, event -> consume(event, pressed(event)));
    list.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> consume(event, event.getCode() == KeyCode.ENTER && view.unfoldSelected()));
  }

  private static void consume(KeyEvent event, boolean done) {
    if (done) {
      event.consume();
    }
  }

  private boolean pressed(KeyEvent event) {
    if (!view.isLive() || event.isAltDown()) {
      return false;
    }
    if (event.isShortcutDown()) {
      return event.getCode() == KeyCode.C && run(view::copySelected);
    }
    if (event.isShiftDown()) {
      return event.getCode() == KeyCode.F7 && run(view::previousChange);
    }
    return switch (event.getCode()) {
      case N, F7 -> run(view::nextChange);
      case P -> run(view::previousChange);
      case I -> run(this::switchMode);
      case O -> run(() -> view.setOnlyChanges(!view.isOnlyChanges()));
      default -> false;
    };
  }

  private static boolean run(Runnable action) {
    action.run();
    return true;
  }

  private void switchMode() {
    boolean inline = view.getMode() == DiffView.Mode.INLINE;
    view.setMode(inline ? DiffView.Mode.SIDE_BY_SIDE : DiffView.Mode.INLINE);
  }
}
