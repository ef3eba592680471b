package dev.imprimatur.fxml.article;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import org.jspecify.annotations.Nullable;

/// Files and folders that are dropped on a screen, with a hint in sight while they hang over it.
public final class FileDrop {
  private FileDrop() {}

  /// @param target takes what is dropped anywhere on it
  /// @param hint shown while something hangs over the target that would be taken
  public static void on(Node target, Node hint, Consumer<List<Path>> taken) {
    hint.setVisible(false);
    hint.setMouseTransparent(true);
    target.addEventHandler(
        DragEvent.DRAG_OVER,
        event -> {
          if (!files(event.getDragboard()).isEmpty()) {
            event.acceptTransferModes(TransferMode.COPY);
            hint.setVisible(true);
            event.consume();
          }
        });
    target.addEventHandler(DragEvent.DRAG_EXITED, event -> hint.setVisible(false));
    target.addEventHandler(
        DragEvent.DRAG_DROPPED,
        event -> {
          hint.setVisible(false);
          List<Path> files = files(event.getDragboard());
          event.setDropCompleted(!files.isEmpty());
          event.consume();
          if (!files.isEmpty()) {
            taken.accept(files);
          }
        });
  }

  static List<Path> files(@Nullable Clipboard board) {
    return board == null || !board.hasFiles()
        ? List.of()
        : board.getFiles().stream().map(File::toPath).toList();
  }
}
