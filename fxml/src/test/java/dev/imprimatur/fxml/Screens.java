package dev.imprimatur.fxml;

import dev.imprimatur.fxml.view.Theme;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.testfx.util.WaitForAsyncUtils;

/// Pictures of what is shown, in both themes.
public final class Screens {
  private Screens() {}

  public static void save(Stage stage, String name) {
    save(stage.getScene(), name);
  }

  public static void save(Scene scene, String name) {
    for (Theme theme : new Theme[] {Theme.DARK, Theme.LIGHT}) {
      WritableImage image =
          WaitForAsyncUtils.waitForAsyncFx(
              20_000,
              () -> {
                theme.apply();
                scene.getRoot().applyCss();
                scene.getRoot().layout();
                // The first picture lays cells out anew, the second shows them.
                scene.snapshot(null);
                Inspection.of(scene);
                return scene.snapshot(null);
              });
      write(
          image,
          Path.of("target/screens", name + "-" + theme.name().toLowerCase(Locale.ROOT) + ".png"));
    }
  }

  private static void write(WritableImage image, Path file) {
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    var copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        copy.setRGB(x, y, image.getPixelReader().getArgb(x, y));
      }
    }
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(copy, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
