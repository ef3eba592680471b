package dev.imprimatur.fxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.engine.importing.ImportedText;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.fxml.dialog.Dialogs;
import dev.imprimatur.fxml.shell.Remembered;
import dev.imprimatur.fxml.shell.Theme;
import dev.imprimatur.fxml.view.Texts;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// Inbox and desk as a reviewer uses them, over a real engine on a temporary database. Pictures of
/// what is seen are left in `target/screens`.
class WindowTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  private TestDatabase database;
  private Bench bench;
  private Console console;
  private Stage stage;
  private final FxRobot robot = new FxRobot();

  @BeforeAll
  static void toolkit() throws TimeoutException {
    FxToolkit.registerPrimaryStage();
  }

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.H2);
    bench = Bench.on(database.open());
    bench.work();
  }

  @AfterEach
  void close() {
    if (stage != null) {
      fx(() -> {
        List.copyOf(Window.getWindows()).forEach(Window::hide);
        return null;
      });
      console.close();
    }
    bench.close();
    database.close();
  }

  private void show() {
    var setup =
        new ConsoleSetup(
            bench.engine(),
            null,
            "editor",
            List.of("reviewer"),
            folder.resolve("console.properties"),
            InstantSource.system(),
            ZoneId.of("UTC"));
    console = new Console(setup);
    fx(() -> {
      stage = new Stage();
      console.show(stage);
      stage.setWidth(1000);
      stage.setHeight(720);
      stage.setX(0);
      stage.setY(0);
      return null;
    });
  }

  /// A version that regressed, one that reads like a machine's, one that is poor.
  private void fill() {
    evaluate("Bread at home", text("Bread at home", "ai=0.05 aeo=85"));
    evaluate("Bread at home", text("Bread at home, again", "ai=0.22 aeo=66"));
    evaluate("A tent for two", text("A tent for two", "ai=0.81 aeo=71"));
    evaluate("Why the sea has tides", text("Tides", "ai=0.12 aeo=41.5"));
  }

  private void evaluate(String title, String body) {
    bench.evaluate(store(title, body), false);
  }

  private Version store(String title, String body) {
    var text = new ImportedText(title, "test:" + title, title, MediaType.MARKDOWN, body, Map.of());
    return Bench.decided(bench.engine().review().articles().store(text)).version();
  }

  private static String text(String heading, String scores) {
    return "# "
        + heading
        + "\n\nFlour, water, salt and time are all that is asked for. What they come to depends on"
        + " how warm the kitchen is, and on how long one is willing to wait.\n\n## What to do"
        + " first\n\nWeigh the flour. A cup holds more or less of it, as it is pressed; a scale does"
        + " not mind.\n\nThen leave it alone for an hour. "
        + scores
        + "\n";
  }

  @Test
  void theInboxIsWorkedThroughByKeyboard() {
    fill();
    show();
    awaitRows(3);
    assertThat(label("#inbox-count")).isEqualTo("3");
    Screens.save(stage, "inbox");
    press(KeyCode.J);
    press(KeyCode.K);
    String title = selected().row().articleTitle();

    press(KeyCode.C);
    awaitText("#inbox-notice .notice-headline", t -> t.contains("claimed “" + title));
    awaitSelected(d -> "editor".equals(d.claimHolder()));
    Screens.save(stage, "inbox-claimed");

    press(KeyCode.U);
    awaitSelected(d -> d.claimHolder() == null);

    press(KeyCode.E);
    resolve("false_alarm", "The detector takes lists for prose.", "resolve-dialog");
    awaitText("#inbox-notice .notice-headline", t -> t.contains("resolved: False alarm"));
    awaitRows(2);
    awaitText("#inbox-count", "2"::equals);
    Escalation decided =
        bench
            .engine()
            .review()
            .escalations()
            .list(Escalation.Status.RESOLVED, 10)
            .getFirst()
            .row()
            .escalation();
    assertThat(decided.resolution().by()).isEqualTo("editor");
  }

  @Test
  void theDeskShowsWhyAndDecides() {
    fill();
    show();
    awaitRows(3);
    select(Escalation.Reason.SCORE_REGRESSION);
    press(KeyCode.ENTER);
    awaitText("#desk-badge", "Score regression"::equals);
    assertThat(texts("#desk-why .label"))
        .anyMatch(t -> t.contains("Detector average fell from 95 to 78"))
        .anyMatch(t -> t.contains("AEO average fell from 85 to 66"));
    assertThat(texts("#desk-scores .label")).contains("−17.00", "−19.00", "d1", "how to");
    assertThat(button("#desk-release").isDisabled()).isTrue();
    assertThat(button("#desk-release").getAccessibleHelp()).contains("Nobody has claimed it");
    Screens.save(stage, "desk");

    fire("#desk-claim");
    awaitText("#desk-notice .notice-headline", t -> t.contains("You have claimed this"));
    await().atMost(SOON).until(() -> !button("#desk-release").isDisabled());

    type("#desk-comment", "The second half was shortened; compare the numbers.");
    fire("#desk-add-comment");
    awaitText("#desk-comments .label", t -> t.contains("editor"));
    Screens.save(stage, "desk-claimed");

    fire("#desk-approve");
    resolve("override", "Shorter on purpose.", "approve-dialog");
    awaitText("#desk-notice .notice-headline", t -> t.contains("is approved"));
    awaitText("#desk-state", t -> t.contains("Override by editor"));
    await().atMost(SOON).until(() -> button("#desk-approve").isDisabled());
    assertThat(button("#desk-approve").getAccessibleHelp()).contains("Revoke that approval first");
    Screens.save(stage, "desk-approved");
    press(KeyCode.ESCAPE);
    awaitRows(2);
  }

  @Test
  void whatAnotherDecidedIsTold() {
    fill();
    show();
    awaitRows(3);
    select(Escalation.Reason.POOR_QUALITY);
    Escalation seen = selected().row().escalation();
    press(KeyCode.E);
    await().atMost(SOON).until(() -> !robot.lookup("#decision-reason").queryAll().isEmpty());
    // The dialog stands open while the same escalation is decided elsewhere.
    Decision<Escalations.Detail> elsewhere =
        bench
            .engine()
            .review()
            .escalations()
            .resolve(seen.id(), seen.revision(), Escalation.Outcome.REJECTED, "Too thin.");
    Bench.decided(elsewhere);
    resolve("override", "It is fine.", "conflict-dialog");
    awaitText("#inbox-notice .notice-headline", t -> t.contains("editor resolved it (Rejected)"));
    awaitRows(2);
    Screens.save(stage, "inbox-conflict");
  }

  @Test
  void whatComesIsShownWithinASecondAndFiltersHold() {
    show();
    awaitText("#inbox-blank .label", "Nothing to review"::equals);
    Screens.save(stage, "inbox-empty");
    evaluate("A late one", text("A late one", "ai=0.9 aeo=70"));
    await()
        .atMost(Duration.ofSeconds(1))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> rows() == 1);
    type("#inbox-search", "nothing like it");
    awaitText("#inbox-blank .label", "No escalation matches"::equals);
    Screens.save(stage, "inbox-no-match");
    type("#inbox-search", "late");
    awaitRows(1);
    fire("#nav-articles");
    await()
        .atMost(SOON)
        .until(() -> !robot.lookup("#articles-table .table-row-cell").queryAll().isEmpty());
    Screens.save(stage, "articles");
    fire("#show-keys");
    await().atMost(SOON).until(() -> !robot.lookup(".key-map").queryAll().isEmpty());
    Screens.save(robot.lookup(".key-map").query().getScene(), "keys");
  }

  @Test
  void theThemeIsSwitchedAndRemembered() {
    show();
    assertThat(texts("#theme-switch")).containsExactly("Dark theme");
    fire("#theme-switch");
    assertThat(texts("#theme-switch")).containsExactly("Light theme");
    await()
        .atMost(SOON)
        .until(() -> new Remembered(folder.resolve("console.properties")).theme() == Theme.DARK);
    fire("#theme-switch");
  }

  @Test
  void whatGoesWrongIsShownWithDetailsToCopy() {
    show();
    var style = Console.class.getResource("imprimatur.css");
    fx(() -> {
      var dialogs = new Dialogs(Texts.standard(), style);
      dialogs.over(stage);
      dialogs.failure("Reading the inbox", new IllegalStateException("no connection"));
      return null;
    });
    await().atMost(SOON).until(() -> !robot.lookup(".dialog-pane").queryAll().isEmpty());
    assertThat(texts(".dialog-pane .label")).anyMatch(t -> t.contains("no connection"));
    assertThat(texts(".dialog-pane .button")).contains("Copy details");
    Screens.save(robot.lookup(".dialog-pane").query().getScene(), "failure");
  }

  private void resolve(String outcome, String reason, String picture) {
    await().atMost(SOON).until(() -> !robot.lookup("#outcome-" + outcome).queryAll().isEmpty());
    Button confirm =
        fx(() ->
            robot.lookup(".dialog-pane .button").queryAllAs(Button.class).stream()
                .filter(Button::isDefaultButton)
                .findFirst()
                .orElseThrow());
    assertThat(confirm.isDisabled()).isTrue();
    fx(() -> {
      robot.lookup("#outcome-" + outcome).queryAs(RadioButton.class).setSelected(true);
      robot.lookup("#decision-reason").queryAs(TextArea.class).setText(reason);
      return null;
    });
    Screens.save(confirm.getScene(), picture);
    fx(() -> {
      confirm.fire();
      return null;
    });
  }

  private void select(Escalation.Reason reason) {
    fx(() -> {
      TableView<Escalations.Detail> table = table();
      table.getItems().stream()
          .filter(d -> d.row().escalation().reason() == reason)
          .findFirst()
          .ifPresent(d -> table.getSelectionModel().select(d));
      table.requestFocus();
      return null;
    });
    awaitSelected(d -> d.row().escalation().reason() == reason);
  }

  private void press(KeyCode key) {
    robot.push(key);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private void fire(String id) {
    Node node = robot.lookup(id).query();
    fx(() -> {
      ((javafx.scene.control.ButtonBase)
              (node instanceof javafx.scene.control.ButtonBase ? node : node.lookup(".button")))
          .fire();
      return null;
    });
  }

  private void type(String id, String words) {
    fx(() -> {
      Node node = robot.lookup(id).query();
      if (node instanceof TextField field) {
        field.setText(words);
      } else {
        ((TextArea) node).setText(words);
      }
      return null;
    });
  }

  private Button button(String gate) {
    return fx(() -> (Button) robot.lookup(gate).query().lookup(".button"));
  }

  @SuppressWarnings("unchecked")
  private TableView<Escalations.Detail> table() {
    return robot.lookup("#inbox-table").queryAs(TableView.class);
  }

  private int rows() {
    return fx(() -> table().getItems().size());
  }

  private void awaitRows(int count) {
    await().atMost(SOON).until(() -> rows() == count);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private Escalations.Detail selected() {
    return fx(() -> table().getSelectionModel().getSelectedItem());
  }

  private void awaitSelected(Predicate<Escalations.Detail> condition) {
    await()
        .atMost(SOON)
        .until(() -> {
          Escalations.Detail detail = selected();
          return detail != null && condition.test(detail);
        });
  }

  private String label(String query) {
    return fx(() -> robot.lookup(query).queryAs(Label.class).getText());
  }

  private List<String> texts(String query) {
    return fx(() -> {
      Set<Labeled> found = robot.lookup(query).queryAllAs(Labeled.class);
      return found.stream().map(Labeled::getText).toList();
    });
  }

  private void awaitText(String query, Predicate<String> condition) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(texts(query)).as(query).anyMatch(condition));
  }

  private static <T> T fx(Callable<T> call) {
    return WaitForAsyncUtils.waitForAsyncFx(20_000, call);
  }
}
