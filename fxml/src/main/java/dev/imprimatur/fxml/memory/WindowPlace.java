package dev.imprimatur.fxml.memory;

import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;

/// Where a window stood and how large it was.
final class WindowPlace {
  private WindowPlace() {}

  static void recall(Remembered remembered, Stage stage, double width, double height) {
    double w = remembered.number("window.width", width);
    double h = remembered.number("window.height", height);
    double x = remembered.number("window.x", Double.NaN);
    double y = remembered.number("window.y", Double.NaN);
    Rectangle2D all = Screen.getPrimary().getVisualBounds();
    stage.setWidth(Math.min(w, Math.max(all.getWidth(), stage.getMinWidth())));
    stage.setHeight(Math.min(h, Math.max(all.getHeight(), stage.getMinHeight())));
    // A screen that is gone must not take the window with it: its title bar has to be within reach.
    if (!Screen.getScreensForRectangle(x, y, Math.max(w, 1), 40).isEmpty()) {
      stage.setX(x);
      stage.setY(y);
    }
    stage.setMaximized(Boolean.parseBoolean(remembered.text("window.maximized")));
    stage
        .maximizedProperty()
        .addListener(
            (observed, before, now) -> remembered.keep("window.maximized", String.valueOf(now)));
    stage.widthProperty().addListener((o, b, now) -> keep(remembered, stage, "width", now));
    stage.heightProperty().addListener((o, b, now) -> keep(remembered, stage, "height", now));
    stage.xProperty().addListener((o, b, now) -> keep(remembered, stage, "x", now));
    stage.yProperty().addListener((o, b, now) -> keep(remembered, stage, "y", now));
  }

  // A maximised window's size is its screen's, not its own.
  private static void keep(Remembered remembered, Stage stage, String what, Number now) {
    if (!stage.isMaximized() && stage.isShowing()) {
      remembered.keep("window." + what, now.doubleValue());
    }
  }
}
