package dev.imprimatur.fxml.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

/// Loads `Xxx.fxml`, which stands beside its `XxxController`. Controllers are made by what was
/// registered for them: one that was forgotten fails at once and by name, not as a blank view.
public final class ViewLoader {
  private final Texts texts;
  private final Map<Class<?>, Supplier<?>> makers = new HashMap<>();

  /// A view and its controller.
  public record Loaded<C>(Parent root, C controller) {}

  public ViewLoader(Texts texts) {
    this.texts = texts;
  }

  /// Says how a controller is made.
  ///
  /// @throws IllegalStateException if that was said before
  public <C> void register(Class<C> type, Supplier<C> maker) {
    if (makers.putIfAbsent(type, maker) != null) {
      throw new IllegalStateException(type.getName() + " is registered already");
    }
  }

  /// Loads the view of a controller.
  ///
  /// @throws IllegalStateException if the controller is not registered or has no view
  public <C> Loaded<C> load(Class<C> type) {
    String name = type.getSimpleName().replaceFirst("Controller$", "") + ".fxml";
    URL view = type.getResource(name);
    if (view == null) {
      throw new IllegalStateException("there is no " + name + " beside " + type.getName());
    }
    var loader = new FXMLLoader(view, texts.bundle());
    loader.setControllerFactory(this::make);
    try {
      Parent root = loader.load();
      return new Loaded<>(root, type.cast(loader.getController()));
    } catch (IOException e) {
      throw new UncheckedIOException("view " + name + " can't be loaded", e);
    }
  }

  private Object make(Class<?> type) {
    Supplier<?> maker = makers.get(type);
    if (maker == null) {
      throw new IllegalStateException(
          "no controller "
              + type.getName()
              + " is registered; register it where the window is built");
    }
    return maker.get();
  }
}
