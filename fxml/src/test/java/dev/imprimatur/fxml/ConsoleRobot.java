package dev.imprimatur.fxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.engine.importing.ImportedText;
import dev.imprimatur.engine.provider.Providers;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.fxml.article.PathChooser;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.Database;
import dev.imprimatur.persistence.Scripted;
import dev.imprimatur.persistence.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.shape.Rectangle;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// A window over a real engine on a temporary database, and hands to drive it with.
final class ConsoleRobot implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(20);

  private final FxRobot robot = new FxRobot();
  private final @Nullable TestDatabase database;
  private final Bench bench;
  private PathChooser chooser = PathChooser.ofSystem();
  private final Glass glass;
  private final MissingWords missing = new MissingWords();
  private final String me;
  private Console console;
  private Stage stage;

  private ConsoleRobot(@Nullable TestDatabase database, Bench bench, Glass glass, String me) {
    this.database = database;
    this.bench = bench;
    this.glass = glass;
    this.me = me;
  }

  /// A new H2 with a worker; the window is not open yet.
  static ConsoleRobot onH2() {
    return on(TestDatabase.migrated(TestDatabase.Kind.H2));
  }

  /// A database with a worker; the window is not open yet.
  static ConsoleRobot on(TestDatabase database) {
    return over(database, database.open(), "editor");
  }

  /// The same with other providers.
  static ConsoleRobot on(TestDatabase database, Providers providers) {
    return over(database, database.open(), "editor", providers);
  }

  /// A database somebody has opened, with a worker.
  ///
  /// @param owned closed and removed with the robot, or null
  /// @param me as whom it was opened
  static ConsoleRobot over(@Nullable TestDatabase owned, Database database, String me) {
    return over(owned, database, me, Scripted.providers());
  }

  /// A new H2 with a worker that has these providers; the window is not open yet.
  static ConsoleRobot onH2(Providers providers) {
    return on(TestDatabase.migrated(TestDatabase.Kind.H2), providers);
  }

  private static ConsoleRobot over(
      @Nullable TestDatabase owned, Database database, String me, Providers providers) {
    try {
      FxToolkit.registerPrimaryStage();
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
    var glass = new Glass();
    Bench bench = Bench.through(database, providers, glass::over);
    bench.work();
    return new ConsoleRobot(owned, bench, glass, me);
  }

  /// Opens the window.
  ///
  /// @param folder where it keeps what it remembers
  /// @param undo how long decisions wait
  ConsoleRobot show(Path folder, Duration undo) {
    open(setup(folder, undo));
    fx(() -> {
      stage.setWidth(1000);
      stage.setHeight(720);
      stage.setX(0);
      stage.setY(0);
      return null;
    });
    return this;
  }

  private ConsoleSetup setup(Path folder, Duration undo) {
    return new ConsoleSetup(
        bench.engine(),
        null,
        me,
        List.of("reviewer"),
        folder.resolve("console.properties"),
        InstantSource.system(),
        ZoneId.of("UTC"),
        undo);
  }

  private void open(ConsoleSetup setup) {
    console = new Console(setup);
    console.choosing(chooser);
    fx(() -> {
      stage = new Stage();
      console.show(stage);
      return null;
    });
  }

  /// Opens the window again, with the size it remembers.
  void reopen(Path folder) {
    open(setup(folder, Duration.ZERO));
  }

  /// Asks the window to close, as its owner would.
  void askToClose() {
    fx(() -> {
      stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
      return null;
    });
  }

  /// Ends the console as the process's end does, whether or not the FX thread answers.
  void end() {
    console.close();
  }

  /// Closes the window and lets it end its work.
  void closeWindow() {
    if (stage != null) {
      fx(() -> {
        List.copyOf(Window.getWindows()).forEach(Window::hide);
        return null;
      });
      console.close();
      stage = null;
    }
  }

  /// Opens the window; decisions are recorded at once.
  ConsoleRobot show(Path folder) {
    return show(folder, Duration.ZERO);
  }

  /// What is chosen when files, or a folder, are asked for; before the window is shown.
  ConsoleRobot choosing(Path... paths) {
    chooser =
        new PathChooser() {
          @Override
          public List<Path> files(String title, Window owner) {
            return List.of(paths);
          }

          @Override
          public List<Path> folder(String title, Window owner) {
            return List.of(paths);
          }
        };
    return this;
  }

  /// Where files are written that are asked for, and what is chosen when files are; before the
  /// window is shown.
  ConsoleRobot saving(Path into, Path... files) {
    chooser =
        new PathChooser() {
          @Override
          public List<Path> files(String title, Window owner) {
            return List.of(files);
          }

          @Override
          public List<Path> folder(String title, Window owner) {
            return List.of();
          }

          @Override
          public Optional<Path> save(String title, String name, Window owner) {
            return Optional.of(into.resolve(name));
          }
        };
    return this;
  }

  Stage stage() {
    return stage;
  }

  Bench bench() {
    return bench;
  }

  Engine engine() {
    return bench.engine();
  }

  /// Stores a text as the next version of the article of this title.
  Version store(String title, String body) {
    var text = new ImportedText(title, "test:" + title, title, MediaType.MARKDOWN, body, Map.of());
    return Bench.decided(engine().review().articles().store(text)).version();
  }

  /// Stores a text, evaluates it and waits for the end.
  Version evaluate(String title, String body) {
    Version version = store(title, body);
    bench.evaluate(version, false);
    return version;
  }

  /// Asks for a rewrite and waits for what is suggested.
  UUID rewrite(Version version) {
    var rewrites = engine().review().rewrites();
    UUID cycle = Bench.decided(rewrites.request(version.id())).cycle().id();
    await().atMost(SOON).until(() -> rewrites.cycle(cycle).orElseThrow().suggestion().isPresent());
    return rewrites.cycle(cycle).orElseThrow().suggestion().orElseThrow().id();
  }

  /// Takes a picture of the window in both themes.
  void picture(String name) {
    Screens.save(stage, name);
  }

  /// Takes a picture of the dialog that is open.
  void dialogPicture(String name) {
    Screens.save(robot.lookup(".dialog-pane").query().getScene(), name);
  }

  /// Changes the database behind everybody's back.
  void execute(String sql) {
    java.util.Objects.requireNonNull(database).execute(sql);
  }

  void press(KeyCode... keys) {
    robot.push(keys);
    WaitForAsyncUtils.waitForFxEvents();
  }

  /// Presses a key where the focus is and lets go of it after it has repeated.
  ///
  /// @param times how often the press is heard
  void hold(KeyCode key, int times) {
    for (int i = 0; i <= times; i++) {
      var type =
          i < times
              ? javafx.scene.input.KeyEvent.KEY_PRESSED
              : javafx.scene.input.KeyEvent.KEY_RELEASED;
      fx(() -> {
        Node focused = stage.getScene().getFocusOwner();
        javafx.event.Event.fireEvent(
            focused,
            new javafx.scene.input.KeyEvent(type, "", "", key, false, false, false, false));
        return null;
      });
    }
  }

  /// What bears a text. On the FX thread.
  Set<Labeled> labels(String query) {
    return robot.lookup(query).queryAllAs(Labeled.class);
  }

  /// Lets everything run that waits for the FX thread.
  void settle() {
    WaitForAsyncUtils.waitForFxEvents();
  }

  /// Types as on a keyboard, wherever the focus is.
  void write(String text) {
    robot.write(text, 0);
    WaitForAsyncUtils.waitForFxEvents();
  }

  /// Presses a button by its id, as the keyboard would; a gated one by the id of its gate.
  void fire(String id) {
    awaitShown(id);
    fx(() -> {
      Node node = robot.lookup(id).query();
      ((ButtonBase) (node instanceof ButtonBase ? node : node.lookup(".button"))).fire();
      return null;
    });
    WaitForAsyncUtils.waitForFxEvents();
  }

  /// Presses the button of the open dialog that Enter would press.
  void confirm() {
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

  /// Puts a text into a field.
  void type(String id, String words) {
    awaitShown(id);
    fx(() -> {
      robot.lookup(id).queryAs(TextInputControl.class).setText(words);
      return null;
    });
  }

  /// Records now what waits to be recorded. On the FX thread.
  void undoNow() {
    robot.lookup(".undo-bar .button").queryAllAs(Button.class).stream()
        .filter(b -> b.getText().equals("Now"))
        .findFirst()
        .orElseThrow()
        .fire();
  }

  /// Drags the right border of a column's head, as a mouse does.
  void dragBorder(String table, String column, double by) {
    fx(() -> {
      Rectangle border =
          robot
              .lookup(table + " .nested-column-header Rectangle")
              .queryAllAs(Rectangle.class)
              .stream()
              .filter(r ->
                  r.getProperties().get("TableColumn") instanceof TableColumn<?, ?> c
                      && column.equals(c.getId()))
              .findFirst()
              .orElseThrow();
      mouse(border, MouseEvent.MOUSE_PRESSED, 0);
      mouse(border, MouseEvent.MOUSE_DRAGGED, by / 2);
      mouse(border, MouseEvent.MOUSE_DRAGGED, by);
      mouse(border, MouseEvent.MOUSE_RELEASED, by);
      return null;
    });
    WaitForAsyncUtils.waitForFxEvents();
  }

  private static void mouse(Node node, EventType<MouseEvent> what, double right) {
    Point2D at = node.localToScene(node.getLayoutBounds().getCenterX(), 5);
    Event.fireEvent(
        node,
        new MouseEvent(
            what,
            at.getX() + right,
            at.getY(),
            at.getX() + right,
            at.getY(),
            MouseButton.PRIMARY,
            1,
            false,
            false,
            false,
            false,
            true,
            false,
            false,
            true,
            false,
            false,
            null));
  }

  @SuppressWarnings("unchecked")
  <T> ComboBox<T> combo(String query) {
    return (ComboBox<T>) robot.lookup(query).queryAs(ComboBox.class);
  }

  Button button(String gate) {
    return fx(() -> {
      Node node = robot.lookup(gate).query();
      return (Button) (node instanceof Button ? node : node.lookup(".button"));
    });
  }

  <T extends Node> T node(String query, Class<T> type) {
    return fx(() -> robot.lookup(query).queryAs(type));
  }

  boolean shown(String query) {
    return fx(() ->
        robot.lookup(query).queryAll().stream()
            .anyMatch(n -> n.isVisible() && n.getScene() != null));
  }

  void awaitShown(String query) {
    await().atMost(SOON).until(() -> shown(query));
  }

  void awaitGone(String query) {
    await().atMost(SOON).until(() -> !shown(query));
  }

  @SuppressWarnings("unchecked")
  <T> TableView<T> table(String query) {
    return (TableView<T>) fx(() -> robot.lookup(query).queryAs(TableView.class));
  }

  String label(String query) {
    return fx(() -> robot.lookup(query).queryAs(Label.class).getText());
  }

  List<String> texts(String query) {
    return fx(() -> {
      Set<Labeled> found = robot.lookup(query).queryAllAs(Labeled.class);
      return found.stream().map(Labeled::getText).toList();
    });
  }

  void awaitText(String query, Predicate<String> condition) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(texts(query)).as(query).anyMatch(condition));
  }

  /// Waits for what is to show within a second, and tells how long it took. The second is held
  /// where a limit is asked for, on a quiet machine (see [FxWatch]); a busy one is only slow.
  static void awaitWithinASecond(Callable<Boolean> condition) {
    long start = System.nanoTime();
    await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(condition);
    long millis = (System.nanoTime() - start) / 1_000_000;
    System.out.printf("A change elsewhere showed after %d ms%n", millis);
    if (Integer.getInteger("imprimatur.test.fx-limit", 0) > 0) {
      assertThat(millis).isLessThanOrEqualTo(1_000);
    }
  }

  /// Runs on the FX thread and waits for the result.
  static <T> T fx(Callable<T> call) {
    return WaitForAsyncUtils.waitForAsyncFx(20_000, call);
  }

  /// Through which the engine sees its database.
  Glass glass() {
    return glass;
  }

  @Override
  public void close() {
    glass.clear();
    closeWindow();
    bench.close();
    if (database != null) {
      database.close();
    }
    missing.close();
    assertThat(glass.trespasses()).isEmpty();
    assertThat(missing.keys()).isEmpty();
  }
}
