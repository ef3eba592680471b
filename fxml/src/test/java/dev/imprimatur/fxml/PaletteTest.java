package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.assessment.Batch.Judging;
import dev.imprimatur.engine.assessment.NewBatch;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.engine.tour.NewTour;
import dev.imprimatur.engine.tour.TourType;
import dev.imprimatur.persistence.Bench;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The palette and the map of keys in the window, by keyboard.
class PaletteTest {
  @TempDir Path folder;

  private ConsoleRobot robot;

  @BeforeEach
  void open() {
    robot = ConsoleRobot.onH2();
  }

  @AfterEach
  void close() {
    robot.close();
  }

  private void palette() {
    robot.press(KeyCode.CONTROL, KeyCode.K);
    robot.awaitShown("#palette");
  }

  private Node focus() {
    return fx(() -> robot.stage().getScene().getFocusOwner());
  }

  private ListView<?> list() {
    return robot.node("#palette-list", ListView.class);
  }

  /// Waits until the first line reads so.
  private void awaitFirst(String start) {
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(fx(() -> robot.node("#palette-field", TextField.class).getAccessibleHelp()))
                .startsWith(start));
  }

  @Test
  void everythingIsReachedByTyping() {
    Samples.fill(robot);
    robot.show(folder);
    var inbox = new InboxHand(robot);
    inbox.awaitRows(3);
    Node before = focus();

    palette();
    assertThat(focus()).isSameAs(robot.node("#palette-field", Node.class));
    assertThat(fx(() -> list().getItems().size())).isGreaterThan(15);
    robot.picture("palette");
    robot.press(KeyCode.DOWN);
    robot.press(KeyCode.UP);
    robot.press(KeyCode.ESCAPE);
    robot.awaitGone("#palette");
    assertThat(focus()).as("the focus is where it was").isSameAs(before);

    // A room, by a few of its letters; the letters are no keys of the room behind.
    palette();
    robot.write("stba");
    awaitFirst("Stuck batches, Go to");
    robot.press(KeyCode.ENTER);
    robot.awaitShown("#stuck-blank");

    // What is in the database, by its title.
    palette();
    robot.write("tent");
    awaitFirst("A tent for two");
    robot.picture("palette-found");
    robot.press(KeyCode.ENTER);
    await().atMost(SOON).until(() -> robot.shown("#articles-search") || robot.shown("#desk-title"));

    // A room's buttons, and why not.
    robot.press(KeyCode.CONTROL, KeyCode.DIGIT6);
    robot.awaitShown("#queue-table");
    palette();
    robot.write("retry");
    awaitFirst("Retry");
    robot.picture("palette-closed");
    robot.press(KeyCode.ENTER);
    assertThat(robot.shown("#palette")).as("what is closed is not done").isTrue();
    robot.press(KeyCode.ESCAPE);

    // What was used last is there first.
    palette();
    awaitFirst("A tent for two");
    robot.press(KeyCode.ESCAPE);

    palette();
    robot.write("zzzz");
    awaitFirst("Look for “zzzz” in the queue");
    robot.press(KeyCode.ENTER);
    robot.awaitText("#queue-blank .label", text -> !text.isBlank());
    assertThat(robot.node("#queue-search", TextField.class).getText()).isEqualTo("zzzz");
  }

  @Test
  void aBatchAndATourAreJumpedToWhateverTheirListsShow() {
    Bench.decided(
        robot
            .engine()
            .assessment()
            .batches()
            .create(
                new NewBatch(
                    "Essays of spring",
                    null,
                    Judging.EXTERNAL,
                    5,
                    100,
                    IntStream.rangeClosed(1, 3)
                        .<NewBatch.Text>mapToObj(
                            i -> new NewBatch.Text.Own("Essay " + i, MediaType.PLAIN, "Text " + i))
                        .toList())));
    robot
        .engine()
        .tours()
        .make(
            new NewTour(
                "Night round",
                "North site",
                TourType.SCHEDULE,
                null,
                List.of(new NewTour.Point("Main door", true))));
    robot.show(folder);
    robot.press(KeyCode.CONTROL, KeyCode.DIGIT4);
    robot.awaitShown("#assess-table");
    robot.type("#assess-search", "something else");
    robot.awaitShown("#assess-blank");
    palette();
    robot.write("spring");
    awaitFirst("Essays of spring, Batch");
    robot.press(KeyCode.ENTER);
    robot.awaitShown("#assess-table");
    assertThat(robot.node("#assess-search", TextField.class).getText()).isEmpty();

    // The form is searched by the same key as the list.
    robot.press(KeyCode.N);
    robot.awaitShown("#assess-new");
    robot.write("/");
    assertThat(focus()).isInstanceOf(TextField.class);
    robot.press(KeyCode.ESCAPE);

    palette();
    robot.write("night");
    awaitFirst("Night round, Tour");
    robot.press(KeyCode.ENTER);
    robot.awaitShown("#tours-table");
    assertThat(robot.node("#tours-show-all", ToggleButton.class).isSelected()).isTrue();
    await()
        .atMost(SOON)
        .until(() ->
            fx(() -> robot.table("#tours-table").getSelectionModel().getSelectedIndex()) == 0);
  }

  @Test
  void theKeysOfTheRoomInSightComeFirstAndAreFoundByTyping() {
    robot.show(folder);
    robot.press(KeyCode.CONTROL, KeyCode.DIGIT5);
    robot.awaitShown("#judging-blank");
    robot.write("?");
    robot.awaitShown(".key-map");
    await().atMost(SOON).until(() -> !robot.texts(".key-group").isEmpty());
    assertThat(first(".key-group")).isEqualTo("Judging");
    assertThat(robot.texts(".key-group")).contains("Assessments", "Stuck batches", "Tours");
    assertThat(fx(() -> robot.node(".key-map", Node.class).getBoundsInParent().getHeight()))
        .as("fits a small screen")
        .isLessThan(560);
    robot.dialogPicture("keys-judging");
    // The robot writes into the window behind.
    robot.type("#keys-search", "approve");
    await().atMost(SOON).until(() -> !robot.texts(".key-group").contains("Judging"));
    assertThat(robot.texts(".key-cap")).contains("a");
    robot.dialogPicture("keys-found");
    robot.press(KeyCode.ESCAPE);
    assertThat(robot.shown(".key-map")).as("the first Escape empties the search").isTrue();
    robot.press(KeyCode.ESCAPE);
    robot.awaitGone(".key-map");
  }

  private String first(String query) {
    return fx(() -> robot.labels(query).stream().map(Label.class::cast).findFirst().orElseThrow())
        .getText();
  }
}
