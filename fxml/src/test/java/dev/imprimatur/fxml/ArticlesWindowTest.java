package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.fxml.list.Slot;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.Scripted;
import dev.imprimatur.persistence.TestDatabase;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javafx.event.EventType;
import javafx.scene.control.TableView;
import javafx.scene.input.DataFormat;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The articles' room as a reviewer uses it, by keyboard, over a real engine.
class ArticlesWindowTest {
  @TempDir Path folder;

  private final Scripted.Gate gate = new Scripted.Gate();
  private ConsoleRobot robot;

  @BeforeEach
  void open() {
    robot = ConsoleRobot.on(TestDatabase.migrated(TestDatabase.Kind.H2), Scripted.providers(gate));
  }

  @AfterEach
  void close() {
    gate.open();
    robot.close();
  }

  private static String text(String words) {
    return "Flour, water, salt and time are all that is asked for.\n\nWeigh the flour. A cup holds"
        + " more or less of it, as it is pressed.\n\n"
        + words
        + "\n";
  }

  private void room() {
    robot.show(folder.resolve("home"));
    robot.fire("#nav-articles");
  }

  private void awaitRows(int count) {
    await().atMost(SOON).until(() -> fx(() -> table().getItems().size()) == count);
  }

  private TableView<Slot<ArticleRow>> table() {
    return robot.table("#articles-table");
  }

  private void fill() {
    robot.evaluate("Bread at home", text("ai=0.05 aeo=85"));
    robot.evaluate("A tent for two", text("ai=0.81 aeo=71"));
    robot.evaluate(
        "Why the sea has tides and what they have to do with the moon, in plain words",
        text("ai=0.12 aeo=61.5 fail=d2"));
    Version good = robot.evaluate("Sharpening a knife", text("ai=0.08 aeo=88"));
    Bench.decided(
        robot.engine().review().approvals().approve(good.id(), null, "Checked twice.", null));
    robot.store("A shed from pallets", text("new"));
  }

  @Test
  void filesAreImportedAndEvaluated() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    Path bread = Files.writeString(in.resolve("bread.md"), "# Bread\n\n" + text("ai=0.1"));
    Path tent = Files.writeString(in.resolve("tent.md"), "# Tent\n\n" + text("ai=0.2"));
    Path broken = Files.write(in.resolve("picture.md"), new byte[] {0, 1, 2, 0, 5});
    robot.choosing(bread, broken, tent);
    room();
    robot.awaitText("#articles-blank .label", "No articles yet"::equals);
    robot.picture("articles-empty");
    robot.press(KeyCode.CONTROL, KeyCode.I);
    robot.awaitText("#import-summary", "2 new, 0 new versions, 0 unchanged, 1 failed"::equals);
    awaitRows(2);
    robot.picture("articles-import-results");
    robot.fire("#import-failures");
    await().atMost(SOON).until(() -> fx(() -> robot.table("#import-table").getItems().size()) == 1);
    robot.fire("#import-copy");
    robot.fire("#import-evaluate");
    robot.awaitText("#notice .notice-headline", "2 versions were evaluated."::equals);
    robot.fire("#import-close");
    robot.awaitShown("#article-title");
    robot.fire("#articles-import-folder");
    robot.awaitText("#import-summary", t -> t.contains("0 new, 0 new versions, 2 unchanged"));
  }

  @Test
  void filesAreDroppedAnywhere() throws Exception {
    Path bread = Files.writeString(folder.resolve("bread.md"), "# Bread\n\n" + text("ai=0.1"));
    room();
    robot.awaitText("#articles-blank .label", "No articles yet"::equals);
    Dragboard board = board(bread);
    drag(DragEvent.DRAG_OVER, board);
    robot.awaitShown("#articles-drop");
    robot.picture("articles-drop");
    drag(DragEvent.DRAG_EXITED, board);
    assertThat(robot.shown("#articles-drop")).isFalse();
    drag(DragEvent.DRAG_OVER, board);
    drag(DragEvent.DRAG_DROPPED, board);
    assertThat(robot.shown("#articles-drop")).isFalse();
    robot.awaitText("#import-summary", t -> t.startsWith("1 new"));
    awaitRows(1);
  }

  private void drag(EventType<DragEvent> type, Dragboard board) {
    fx(() -> {
      var target = robot.node("#articles-blank", VBox.class);
      target.fireEvent(
          new DragEvent(
              target, target, type, board, 10, 10, 10, 10, TransferMode.COPY, null, null, null));
      return null;
    });
  }

  /// A drag as from a file manager; without a display none can be made by hand.
  private static Dragboard board(Path file) throws Exception {
    Constructor<?> maker = Dragboard.class.getDeclaredConstructors()[0];
    maker.setAccessible(true);
    Class<?> peer = maker.getParameterTypes()[0];
    Object files =
        Proxy.newProxyInstance(
            peer.getClassLoader(),
            new Class<?>[] {peer},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "getTransferModes" -> Set.of(TransferMode.COPY);
                  case "hasContent" -> DataFormat.FILES.equals(args[0]);
                  case "getContent" -> List.of(file.toFile());
                  default -> null;
                });
    return fx(() -> (Dragboard) maker.newInstance(files));
  }

  @Test
  void anArticleIsLookedThroughApprovedAndRevoked() {
    fill();
    robot.show(folder.resolve("home"));
    robot.fire("#nav-articles");
    awaitRows(5);
    robot.awaitText("#articles-table .state-mark", t -> t.equals("Approved: v1"));
    robot.awaitText("#articles-table .state-mark", t -> t.equals("1 escalation"));
    robot.awaitText("#articles-table .state-mark", t -> t.equals("Partial scores"));
    robot.picture("articles-filled");

    select("Bread at home");
    robot.evaluate("Bread at home", text("ai=0.07 aeo=88 second"));
    robot.evaluate("Bread at home", text("ai=0.12 aeo=84 fail=d1 third"));
    robot.evaluate("Bread at home", text("ai=0.02 aeo=91 fourth"));
    await()
        .atMost(SOON)
        .until(() -> fx(() -> robot.table("#article-versions").getItems().size()) == 4);
    await().atMost(SOON).until(() -> robot.shown("#article-trend .trend-partial"));
    robot.picture("articles-trend");
    // What was chosen stays chosen when newer versions come: nobody approves what he has not seen.
    assertThat(fx(() -> robot.table("#article-versions").getSelectionModel().getSelectedIndex()))
        .isEqualTo(3);
    robot.press(KeyCode.ENTER);
    robot.press(KeyCode.HOME);
    robot.press(KeyCode.A);
    robot.awaitShown("#approve-note");
    robot.type("#approve-note", "Reads well.");
    robot.confirm();
    robot.awaitText("#notice .notice-headline", t -> t.contains("Version 4 of “Bread at home” is"));
    await().atMost(SOON).until(() -> robot.button("#article-approve").isDisabled());
    assertThat(robot.button("#article-approve").getAccessibleHelp())
        .contains("Revoke that approval first");

    robot.store("Bread at home", text("fifth, after the approval"));
    robot.awaitText("#article-marks .label", t -> t.contains("Stale: text"));
    robot.awaitText("#articles-table .state-mark", "+1"::equals);
    assertThat(cutShort("#articles-table .state-mark", "#article-versions .table-cell")).isEmpty();
    robot.picture("articles-stale");

    robot.press(KeyCode.SHIFT, KeyCode.X);
    robot.awaitShown("#decision-reason");
    robot.type("#decision-reason", "The text has changed.");
    robot.dialogPicture("articles-revoke-dialog");
    robot.confirm();
    robot.awaitText("#notice .notice-headline", t -> t.contains("is revoked"));
    await().atMost(SOON).until(() -> robot.button("#article-revoke").isDisabled());
    fx(() -> {
      robot.node("#article-tabs", javafx.scene.control.TabPane.class).getSelectionModel().select(2);
      return null;
    });
    robot.awaitText("#article-approvals .label", t -> t.contains("Revoked by editor"));
    robot.picture("articles-detail");

    robot.press(KeyCode.D);
    robot.awaitShown("#article-comparison");
    robot.awaitShown("#article-comparison .list-cell");
    assertThat(robot.label("#article-comparing")).isEqualTo("Version 3 against version 4");
    robot.picture("articles-compare");
    robot.press(KeyCode.ESCAPE);
    robot.awaitGone("#article-comparison");
  }

  @Test
  void aDialogDecidesOnWhatItAskedAbout() {
    Version asked = robot.evaluate("Bread at home", text("ai=0.05 aeo=85"));
    Version other = robot.evaluate("Sharpening a knife", text("ai=0.08 aeo=88"));
    room();
    awaitRows(2);
    select("Bread at home");
    robot.press(KeyCode.A);
    robot.awaitShown("#approve-note");
    // As where the list changes behind the dialog.
    select("Sharpening a knife");
    robot.confirm();
    robot.awaitText("#notice .notice-headline", t -> t.contains("“Bread at home” is"));
    var approvals = robot.engine().review().approvals();
    assertThat(approvals.history(asked.articleId())).hasSize(1);
    assertThat(approvals.history(other.articleId())).isEmpty();
  }

  @Test
  void aKeyThatIsHeldDownAsksOnce() {
    Version version = robot.evaluate("Bread at home", text("ai=0.05 aeo=85"));
    room();
    awaitRows(1);
    select("Bread at home");
    robot.hold(KeyCode.V, 4);
    robot.awaitText("#notice .notice-headline", "One version was evaluated."::equals);
    assertThat(robot.engine().review().evaluations().ofVersion(version.id())).hasSize(2);
    robot.hold(KeyCode.R, 4);
    robot.awaitText("#notice .notice-headline", t -> t.contains("rewrite"));
    assertThat(robot.engine().review().rewrites().cycles(version.articleId())).hasSize(1);
  }

  @Test
  void aLongEvaluationIsWatchedAndStopped() {
    robot.store("A long one", text("wait=d1 wait=aeo"));
    robot.store("Another", text("x"));
    room();
    awaitRows(2);
    select("A long one");
    robot.press(KeyCode.V);
    robot.awaitText("#article-progress-text", t -> t.contains("2 of 6 parts"));
    robot.awaitShown(".status-cancel");
    robot.picture("articles-evaluating");
    robot.press(KeyCode.S);
    robot.awaitText("#notice .notice-headline", t -> t.contains("called off"));
    robot.awaitGone("#article-progress");
    robot.awaitText("#article-marks .label", "Partial scores"::equals);
    Version version = version("A long one");
    assertThat(
            robot.engine().review().evaluations().ofVersion(version.id()).getFirst().run().status())
        .isEqualTo(EvaluationRun.Status.PARTIAL_FAILURE);
    // The room is as usable as before, and so are the workers.
    select("Another");
    robot.press(KeyCode.V);
    robot.awaitText("#notice .notice-headline", "One version was evaluated."::equals);
  }

  @Test
  void manyAreEvaluatedAndStoppedInTheStatusBar() {
    robot.store("One", text("wait=d1"));
    robot.store("Two", text("wait=d1"));
    room();
    awaitRows(2);
    fx(() -> {
      table().getSelectionModel().selectAll();
      table().requestFocus();
      return null;
    });
    robot.awaitText("#article-evaluate .button", "Evaluate 2"::equals);
    assertThat(robot.button("#article-approve").isDisabled()).isTrue();
    robot.press(KeyCode.V);
    robot.awaitShown(".status-cancel");
    await().atMost(SOON).until(() -> gate.waiting() == 2);
    robot.fire(".status-cancel");
    robot.awaitText("#notice .notice-headline", t -> t.startsWith("Stopped."));
    assertThat(robot.engine().counts().articles()).isEqualTo(2);
  }

  @Test
  void anEscalationLeadsToTheDesk() {
    robot.evaluate("A tent for two", text("ai=0.81 aeo=71"));
    room();
    awaitRows(1);
    select("A tent for two");
    robot.press(KeyCode.E);
    robot.awaitText("#desk-badge", "Likely AI-generated"::equals);
  }

  @Test
  void aDatabaseThatNoLongerAnswersLeavesInSightWhatWasLoaded() {
    robot.store("One", text("x"));
    room();
    awaitRows(1);
    robot.awaitText("#article-title", "One"::equals);
    assertThat(robot.shown("#stale")).isFalse();
    robot.bench().database().close();
    robot.type("#articles-search", "tw");
    robot.awaitText("#stale", t -> t.contains("does not answer"));
    assertThat(robot.shown("#articles-table")).isTrue();
    robot.awaitText("#articles-table .table-cell", "One"::equals);
    robot.picture("articles-outdated");
  }

  @Test
  void aDatabaseThatNeverAnsweredIsSaid() {
    robot.show(folder.resolve("home"));
    robot.bench().database().close();
    robot.fire("#nav-articles");
    robot.awaitText("#articles-blank .label", "The articles can’t be read"::equals);
    robot.picture("articles-error");
  }

  private Version version(String title) {
    var articles = robot.engine().review().articles();
    UUID id =
        articles.list(100).stream()
            .filter(a -> a.title().equals(title))
            .findFirst()
            .orElseThrow()
            .id();
    return articles.versions(id).getLast();
  }

  private List<String> cutShort(String... queries) {
    return fx(() ->
        Stream.of(queries)
            .flatMap(query -> robot.labels(query).stream())
            .filter(l -> l.isVisible() && l.getText() != null)
            .filter(l -> l.getWidth() < Math.floor(l.prefWidth(-1)))
            .map(javafx.scene.control.Labeled::getText)
            .toList());
  }

  private int place(UUID id) {
    return table().getItems().stream().map(Slot::id).toList().indexOf(id);
  }

  private List<UUID> selected() {
    return fx(() ->
        table().getSelectionModel().getSelectedItems().stream().map(Slot::id).sorted().toList());
  }

  @Test
  void whatIsSelectedStaysSelectedWhileOthersAreImported() {
    Version one = robot.evaluate("One", text("ai=0.05"));
    robot.store("One", text("second"));
    List<UUID> five =
        Stream.of("Two", "Three", "Four", "Five")
            .map(title -> robot.store(title, text(title)).articleId())
            .toList();
    room();
    awaitRows(5);
    fx(() -> {
      table().getSelectionModel().clearAndSelect(place(five.getLast()));
      five.forEach(id -> table().getSelectionModel().select(place(id)));
      table().getSelectionModel().select(place(one.articleId()));
      table().requestFocus();
      return null;
    });
    robot.awaitText("#article-title", "One"::equals);
    robot.awaitText("#article-evaluate .button", "Evaluate 5"::equals);
    List<UUID> before = selected();
    assertThat(before).hasSize(5);
    for (int i = 0; i < 3; i++) {
      robot.store("Newer " + i, text("new"));
      awaitRows(6 + i);
      robot.settle();
      assertThat(selected()).isEqualTo(before);
      assertThat(robot.label("#article-title")).isEqualTo("One");
      assertThat(robot.button("#article-evaluate").getText()).isEqualTo("Evaluate 5");
    }
    // Another order altogether.
    fx(() -> {
      table().getSortOrder().setAll(List.of(table().getColumns().getFirst()));
      return null;
    });
    await()
        .atMost(SOON)
        .until(() -> fx(() -> table().getItems().getFirst().id()).equals(five.getLast()));
    robot.settle();
    assertThat(selected()).isEqualTo(before);
    assertThat(robot.label("#article-title")).isEqualTo("One");
    select("One");
    robot.press(KeyCode.D);
    robot.awaitShown("#article-comparison .list-cell");
    robot.store("Newest", text("new"));
    awaitRows(9);
    robot.settle();
    assertThat(robot.shown("#article-comparison")).isTrue();
    assertThat(selected()).containsExactly(one.articleId());
  }

  private void select(String title) {
    UUID id = version(title).articleId();
    fx(() -> {
      table().getSelectionModel().clearAndSelect(place(id));
      table().requestFocus();
      return null;
    });
    robot.awaitText("#article-title", title::equals);
  }
}
