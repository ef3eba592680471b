package dev.imprimatur.fxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.fxml.article.PathChooser;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// A window that begins with choosing a database, and hands to drive it with.
public final class WindowHands implements AutoCloseable {
  /// How long anything may take.
  public static final Duration SOON = Duration.ofSeconds(30);

  private static final int MOST_TABS = 60;

  private final FxRobot robot = new FxRobot();
  private final Console console;
  private final Stage stage;

  private WindowHands(Console console, Stage stage) {
    this.console = console;
    this.stage = stage;
  }

  /// Opens the window.
  public static WindowHands open(ConsoleStart start) {
    return open(start, PathChooser.ofSystem());
  }

  /// Opens the window.
  ///
  /// @param chooser answers where files are asked for
  public static WindowHands open(ConsoleStart start, PathChooser chooser) {
    try {
      FxToolkit.registerPrimaryStage();
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
    var console = new Console(start);
    console.choosing(chooser);
    Stage stage =
        fx(() -> {
          var made = new Stage();
          made.setWidth(1000);
          made.setHeight(760);
          made.setX(0);
          made.setY(0);
          console.show(made);
          return made;
        });
    return new WindowHands(console, stage);
  }

  /// Takes a picture of the window in both themes.
  public void picture(String name) {
    Screens.save(stage, name);
  }

  /// Takes a picture of the dialog that is open, in both themes.
  public void dialogPicture(String name) {
    awaitShown(".dialog-pane");
    Screens.save(robot.lookup(".dialog-pane").query().getScene(), name);
  }

  /// Goes on with Tab until the focus is on what has this id, or within it, and fails where no
  /// number of presses leads there.
  public void tabTo(String id) {
    awaitShown(id);
    for (int i = 0; i < MOST_TABS && !focused(id); i++) {
      press(KeyCode.TAB);
    }
    assertThat(focused(id)).as("Tab leads to %s, not %s", id, focus()).isTrue();
  }

  public <T extends Node> T node(String query, Class<T> type) {
    awaitShown(query);
    return fx(() -> robot.lookup(query).queryAs(type));
  }

  /// Watches from here on how long the FX thread is busy with one thing.
  public Watch watch() {
    return new Watch();
  }

  /// How long the FX thread was busy with one thing, and where.
  public static final class Watch implements AutoCloseable {
    private final FxWatch watch = FxWatch.start();

    private Watch() {}

    /// The longest since this was last asked.
    public long longestMillis() {
      return watch.longestMillis();
    }

    public List<StackTraceElement> longestAt() {
      return watch.longestAt();
    }

    @Override
    public void close() {
      watch.close();
    }
  }

  public void press(KeyCode... keys) {
    robot.push(keys);
    WaitForAsyncUtils.waitForFxEvents();
  }

  /// Types as on a keyboard, wherever the focus is.
  public void write(String text) {
    robot.targetWindow(fx(this::front));
    robot.write(text, 0);
    WaitForAsyncUtils.waitForFxEvents();
  }

  /// Waits until the focus is on what has this id, or within it.
  public void awaitFocus(String id) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(focused(id)).as("focus on %s, not %s", id, focus()).isTrue());
  }

  /// Makes the scene look for a first focus of its own, which it does in a later pulse.
  ///
  /// @return what has had the focus since
  public List<Node> lookForFirstFocus() {
    List<Node> owners = new CopyOnWriteArrayList<>();
    return fx(() -> {
      Scene scene = stage.getScene();
      scene
          .focusOwnerProperty()
          .addListener((observed, before, now) -> {
            if (now != null) {
              owners.add(now);
            }
          });
      Parent root = scene.getRoot();
      // What has the focus goes with its root.
      var passing = new Button();
      scene.setRoot(new Group(passing));
      passing.requestFocus();
      scene.setRoot(root);
      return owners;
    });
  }

  private boolean focused(String id) {
    return fx(() -> {
      for (Node n = focusOwner(); n != null; n = n.getParent()) {
        if (("#" + n.getId()).equals(id)) {
          return true;
        }
      }
      return false;
    });
  }

  /// Where the focus is, for whoever reads a failure.
  public String focus() {
    return fx(() -> String.valueOf(focusOwner()));
  }

  private @Nullable Node focusOwner() {
    return front().getScene().getFocusOwner();
  }

  // A dialog has the keyboard to itself.
  private Window front() {
    return Window.getWindows().stream()
        .filter(w -> w instanceof Stage s && s.getOwner() == stage)
        .findFirst()
        .orElse(stage);
  }

  /// Puts a text into a field.
  public void type(String id, String words) {
    awaitShown(id);
    fx(() -> {
      var field = robot.lookup(id).queryAs(TextInputControl.class);
      field.requestFocus();
      field.setText(words);
      return null;
    });
  }

  public String typed(String id) {
    return fx(() -> robot.lookup(id).queryAs(TextInputControl.class).getText());
  }

  /// Presses a button by its id, as the keyboard would; a gated one by the id of its gate.
  public void fire(String id) {
    awaitShown(id);
    fx(() -> {
      Node node = robot.lookup(id).query();
      ((ButtonBase) (node instanceof ButtonBase ? node : node.lookup(".button"))).fire();
      return null;
    });
    WaitForAsyncUtils.waitForFxEvents();
  }

  /// Presses the button of the open dialog that Enter would press.
  public void confirm() {
    awaitShown(".dialog-pane");
    fx(() -> {
      robot.lookup(".dialog-pane .button").queryAllAs(Button.class).stream()
          .filter(Button::isDefaultButton)
          .findFirst()
          .orElseThrow()
          .fire();
      return null;
    });
    WaitForAsyncUtils.waitForFxEvents();
  }

  /// Whether Enter presses it, wherever the focus is.
  public boolean isDefault(String query) {
    return fx(() -> robot.lookup(query).queryAs(Button.class).isDefaultButton());
  }

  public boolean shown(String query) {
    return fx(() ->
        robot.lookup(query).queryAll().stream()
            .anyMatch(n -> n.getScene() != null && treeVisible(n)));
  }

  private static boolean treeVisible(Node node) {
    for (Node n = node; n != null; n = n.getParent()) {
      if (!n.isVisible()) {
        return false;
      }
    }
    return true;
  }

  public void awaitShown(String query) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(shown(query)).as("%s is shown, not %s", query, everything()).isTrue());
  }

  public void awaitGone(String query) {
    await().atMost(SOON).until(() -> !shown(query));
  }

  public List<String> texts(String query) {
    return fx(() -> {
      Set<Labeled> found = robot.lookup(query).queryAllAs(Labeled.class);
      return found.stream().map(Labeled::getText).toList();
    });
  }

  public void awaitText(String query, Predicate<String> condition) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(texts(query)).as(query).anyMatch(condition));
  }

  /// Every text in sight, one a line.
  public String everything() {
    return String.join("\n", texts(".label")) + "\n" + stage.getTitle();
  }

  /// Closes the window as its owner would.
  public void closeWindow() {
    fx(() -> {
      stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
      return null;
    });
  }

  /// Whether the window is on the screen.
  public boolean isOpen() {
    return fx(stage::isShowing);
  }

  /// Runs on the FX thread and waits for the result.
  public static <T> T fx(Callable<T> call) {
    return WaitForAsyncUtils.waitForAsyncFx(20_000, call);
  }

  @Override
  public void close() {
    fx(() -> {
      List.copyOf(Window.getWindows()).forEach(Window::hide);
      return null;
    });
    console.close();
  }
}
