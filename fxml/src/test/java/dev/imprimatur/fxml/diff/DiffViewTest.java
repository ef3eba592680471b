package dev.imprimatur.fxml.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.fxml.Console;
import dev.imprimatur.fxml.Screens;
import dev.imprimatur.fxml.view.Theme;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// The diff as a reviewer uses it. Pictures of what is seen are left in `target/screens`.
class DiffViewTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final FxRobot robot = new FxRobot();
  private Stage stage;
  private DiffView view;

  @BeforeAll
  static void toolkit() throws TimeoutException {
    FxToolkit.registerPrimaryStage();
  }

  @BeforeEach
  void open() {
    fx(() -> {
      Theme.LIGHT.apply();
      view = new DiffView();
      var scene = new Scene(view, 1000, 700);
      scene
          .getStylesheets()
          .add(Objects.requireNonNull(Console.class.getResource("imprimatur.css")).toString());
      stage = new Stage();
      stage.setScene(scene);
      stage.setX(0);
      stage.setY(0);
      stage.show();
      return null;
    });
  }

  @AfterEach
  void close() {
    fx(() -> {
      stage.hide();
      return null;
    });
  }

  @Test
  void changesAreWalkedThroughByKeyboard() {
    show(Articles.diff());
    focusList();
    assertThat(label("#diff-summary")).startsWith("6 changes, ");
    assertThat(label("#diff-position")).isEqualTo("– of 6");
    assertThat(disabled("#diff-previous")).isTrue();
    assertThat(label("#diff-left-name")).isEqualTo("Version 2");
    Screens.save(stage, "diff-side-by-side");

    press(KeyCode.N);
    assertThat(label("#diff-position")).isEqualTo("1 of 6");
    press(KeyCode.F7);
    press(KeyCode.N);
    assertThat(label("#diff-position")).isEqualTo("3 of 6");
    assertThat(selected().row().kind()).isNotEqualTo(TextDiff.Kind.SAME);
    robot.push(KeyCode.SHIFT, KeyCode.F7);
    press(KeyCode.P);
    assertThat(label("#diff-position")).isEqualTo("1 of 6");
    assertThat(disabled("#diff-previous")).isTrue();
    for (int i = 0; i < 9; i++) {
      press(KeyCode.N);
    }
    assertThat(label("#diff-position")).isEqualTo("6 of 6");
    assertThat(disabled("#diff-next")).isTrue();
    fire("#diff-previous");
    assertThat(label("#diff-position")).isEqualTo("5 of 6");
    Screens.save(stage, "diff-side-by-side-end");
  }

  @Test
  void theModeIsSwitchedAndStaysWhereOneWas() {
    show(Articles.diff());
    focusList();
    press(KeyCode.I);
    assertThat(view.getMode()).isEqualTo(DiffView.Mode.INLINE);
    assertThat(label("#diff-left-name")).isEqualTo("Version 2 → Version 3");
    Screens.save(stage, "diff-inline");
    press(KeyCode.N);
    press(KeyCode.N);
    fire("#diff-side-by-side");
    assertThat(view.getMode()).isEqualTo(DiffView.Mode.SIDE_BY_SIDE);
    assertThat(label("#diff-position")).isEqualTo("2 of 6");
    fire("#diff-side-by-side");
    assertThat(view.getMode()).isEqualTo(DiffView.Mode.SIDE_BY_SIDE);
  }

  @Test
  void whatDidNotChangeIsFoldedAndUnfolded() {
    show(Articles.diff());
    focusList();
    int all = items().size();
    press(KeyCode.O);
    assertThat(view.isOnlyChanges()).isTrue();
    int folded = items().size();
    assertThat(folded).isLessThan(all);
    Screens.save(stage, "diff-only-changes");
    int fold = indexOf(DiffItem.Fold.class);
    int hidden = ((DiffItem.Fold) items().get(fold)).to() - items().get(fold).index();
    fx(() -> {
      list().getSelectionModel().clearAndSelect(fold);
      list().scrollTo(fold);
      return null;
    });
    press(KeyCode.ENTER);
    assertThat(items()).hasSize(folded + hidden - 1);
    int second = indexOf(DiffItem.Fold.class);
    fx(() -> {
      list().scrollTo(second);
      return null;
    });
    WaitForAsyncUtils.waitForFxEvents();
    robot.clickOn(
        robot
            .lookup((DiffCell cell) -> cell.isVisible() && cell.getItem() instanceof DiffItem.Fold)
            .<DiffCell>query());
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(items().size()).isGreaterThan(folded + hidden - 1);
    fire("#diff-only");
    assertThat(items()).hasSize(all);
  }

  @Test
  void aRowIsCopiedAndSpoken() {
    show(TextDiff.between("Bread", "Weigh two cups of flour.\n", "Bread", "Weigh 250 g of flour."));
    focusList();
    press(KeyCode.N);
    robot.push(KeyCode.CONTROL, KeyCode.C);
    assertThat(fx(() -> Clipboard.getSystemClipboard().getString()))
        .isEqualTo("− Weigh two cups of flour.\n+ Weigh 250 g of flour.");
    assertThat(spoken())
        .contains("Line 1: Bread", "Changed, line 2: removed two cups, added 250 g");
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(label("#diff-blank")).isEqualTo("Choose two texts to compare.");
    fx(() -> {
      view.loading();
      return null;
    });
    assertThat(label("#diff-blank")).isEqualTo("Comparing…");
    Screens.save(stage, "diff-loading");
    show(TextDiff.between("Bread", "Flour.", "Bread", "Flour."));
    assertThat(label("#diff-blank")).isEqualTo("These two texts say exactly the same.");
    Screens.save(stage, "diff-identical");
    show(Articles.diff());
    assertThat(fx(() -> robot.lookup("#diff-blank").query().isVisible())).isFalse();
  }

  @Test
  void longTextsWrapAndNeverScrollSideways() {
    SampleTexts.Pair pair = SampleTexts.oneLine();
    show(TextDiff.between(pair.left(), pair.right()));
    focusList();
    press(KeyCode.N);
    press(KeyCode.N);
    Screens.save(stage, "diff-one-line");
    assertThat(
            fx(() ->
                robot.lookup("#diff-list .scroll-bar").queryAllAs(ScrollBar.class).stream()
                    .filter(ScrollBar::isVisible)
                    .map(ScrollBar::getOrientation)
                    .toList()))
        .containsExactly(javafx.geometry.Orientation.VERTICAL);
  }

  private void show(TextDiff diff) {
    fx(() -> {
      view.show(diff, "Version 2", "Version 3");
      return null;
    });
    WaitForAsyncUtils.waitForFxEvents();
  }

  private void focusList() {
    fx(() -> {
      list().requestFocus();
      return null;
    });
  }

  private void press(KeyCode key) {
    robot.push(key);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private void fire(String id) {
    fx(() -> {
      robot.lookup(id).queryAs(ButtonBase.class).fire();
      return null;
    });
    WaitForAsyncUtils.waitForFxEvents();
  }

  private boolean disabled(String id) {
    return fx(() -> robot.lookup(id).query().isDisabled());
  }

  private String label(String id) {
    return fx(() -> robot.lookup(id).queryAs(Label.class).getText());
  }

  @SuppressWarnings("unchecked")
  private ListView<DiffItem> list() {
    return robot.lookup("#diff-list").queryAs(ListView.class);
  }

  private List<DiffItem> items() {
    return fx(() -> List.copyOf(list().getItems()));
  }

  private int indexOf(Class<? extends DiffItem> type) {
    List<DiffItem> items = items();
    Predicate<DiffItem> wanted = type::isInstance;
    return items.indexOf(items.stream().filter(wanted).findFirst().orElseThrow());
  }

  private DiffItem.Shown selected() {
    return (DiffItem.Shown) fx(() -> list().getSelectionModel().getSelectedItem());
  }

  private List<String> spoken() {
    await().atMost(SOON).until(() -> fx(() -> robot.lookup(".diff-cell").queryAll().size() > 1));
    return fx(() ->
        robot.lookup(".diff-cell").queryAll().stream()
            .filter(cell -> cell.getAccessibleText() != null)
            .map(cell -> cell.getAccessibleText())
            .toList());
  }

  private static <T> T fx(Callable<T> call) {
    return WaitForAsyncUtils.waitForAsyncFx(20_000, call);
  }
}
