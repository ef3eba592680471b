package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchActions;
import dev.imprimatur.engine.assessment.HumanDesk;
import dev.imprimatur.engine.assessment.JudgeTimes;
import dev.imprimatur.engine.assessment.NewBatch;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person judges a batch by the keyboard, from the empty room to the ranking, over a real engine
/// on a temporary database. Pictures of what is seen are left in `target/screens`.
class JudgingScreenTest {
  /// Longer than the screen takes no answer to a pair that has just appeared.
  private static final Duration READ = Duration.ofMillis(400);

  private static final List<String> OPENINGS =
      List.of(
          "Bread is patience more than skill. Flour, water, salt and time are all that is asked for, and the last of"
              + " them is the only one that can't be bought.",
          "Making bread is good. You take flour and you take water and then you wait, and then it is good and you eat"
              + " it with the butter.",
          "What a loaf comes to depends on how warm the kitchen is, and on how long one is willing to leave it alone.",
          "There are many ways to bake. Some people use a pot. Other people do not use a pot, but it works too.",
          "A cup holds more or less flour, as it is pressed; a scale does not mind. Whoever weighs has half the work"
              + " behind him.");

  @TempDir Path folder;

  private ConsoleRobot robot;
  private TestDatabase database;

  @BeforeEach
  void open() {
    database = TestDatabase.migrated(TestDatabase.Kind.H2);
    robot = ConsoleRobot.on(database);
  }

  @AfterEach
  void close() {
    robot.close();
  }

  private UUID batch(String name, int total, int threshold) {
    List<NewBatch.Text> texts =
        IntStream.range(0, 5)
            .<NewBatch.Text>mapToObj(i ->
                new NewBatch.Text.Own("Essay " + (char) ('A' + i), MediaType.MARKDOWN, essay(i)))
            .toList();
    UUID id =
        Bench.decided(
                robot
                    .engine()
                    .assessment()
                    .batches()
                    .create(new NewBatch(name, null, Batch.Judging.HUMAN, total, threshold, texts)))
            .batch()
            .id();
    await().atMost(SOON).until(() -> find(id).state() == Batch.State.WAITING_CALLBACKS);
    return id;
  }

  private static String essay(int i) {
    return "# On bread\n\n"
        + OPENINGS.get(i)
        + "\n\n## What to do first\n\nWeigh the flour, then the water; mix both until nothing is dry, and leave them"
        + " alone for an hour. The dough will be softer when you come back, though you have done nothing to it.\n\n"
        + "Then the salt.\n\n"
        + "Fold it, turn it, fold it again. ".repeat(6 + 5 * i)
        + "\n\n## Why it is worth it\n\nWhat is bought is even, and that is all that can be said of it.\n";
  }

  private Batch find(UUID id) {
    return robot.engine().assessment().batches().find(id).orElseThrow();
  }

  private JudgeTimes mine(UUID batch) {
    return robot.engine().assessment().judging().judges(batch).getFirst();
  }

  /// Presses a key once the pair in sight may be decided.
  private void decide(KeyCode key) {
    robot.awaitShown("#judging-first");
    await().atMost(SOON).pollDelay(READ).until(() -> robot.shown("#judging-pair"));
    robot.press(key);
  }

  private void awaitAnswers(UUID batch, int count) {
    await(count + " answers").atMost(SOON).until(() -> find(batch).counts().completed() == count);
  }

  private void awaitHead(String text) {
    robot.awaitText("#judging-blank-head", text::equals);
    robot.awaitShown("#judging-blank");
  }

  @Test
  void tenPairsAreJudgedByTheKeyboardAndRanked() {
    robot.show(folder);
    robot.press(KeyCode.CONTROL, KeyCode.DIGIT5);
    awaitHead("No batch waits for people");
    robot.picture("judging-empty");
    UUID batch = batch("Essays on bread, spring term", 12, 80);
    robot.awaitShown("#judging-choose");
    robot.awaitText("#judging-count", "1 batch"::equals);
    robot.picture("judging-batches");

    robot.press(KeyCode.ENTER);
    robot.awaitShown("#judging-first");
    await().atMost(SOON).pollDelay(READ).until(() -> robot.shown("#judging-pair"));
    robot.picture("judging-pair");
    // Held down, it decides one pair.
    robot.hold(KeyCode.LEFT, 8);
    awaitAnswers(batch, 1);
    decide(KeyCode.DIGIT2);
    awaitAnswers(batch, 2);
    decide(KeyCode.EQUALS);
    awaitAnswers(batch, 3);
    assertThat(mine(batch).ties()).isEqualTo(1);
    robot.press(KeyCode.C);
    robot.press(KeyCode.C);
    robot.awaitText("#judging-sure", "Fairly sure"::equals);
    robot.awaitText("#judging-mine", t -> t.startsWith("You: 3, median "));
    robot.press(KeyCode.DOWN);
    robot.press(KeyCode.PAGE_DOWN);
    robot.picture("judging-under-way");

    // Taken back, and judged again.
    robot.press(KeyCode.Z);
    awaitAnswers(batch, 2);
    assertThat(mine(batch).withdrawn()).isEqualTo(1);
    robot.press(KeyCode.Z);
    robot.awaitText("#notice .label", t -> t.contains("nothing to take back"));
    robot.picture("judging-nothing-to-take-back");
    decide(KeyCode.RIGHT);
    awaitAnswers(batch, 3);

    decide(KeyCode.S);
    await().atMost(SOON).until(() -> mine(batch).skips() == 1);
    await().atMost(SOON).pollDelay(READ).until(() -> robot.shown("#judging-pair"));
    robot.press(KeyCode.SHIFT, KeyCode.S);
    robot.awaitShown("#decision-reason");
    robot.dialogPicture("judging-skip-reason");
    robot.press(KeyCode.ESCAPE);
    robot.awaitGone("#decision-reason");

    // Without the database nothing is lost.
    robot.glass().shatter();
    decide(KeyCode.LEFT);
    robot.awaitShown("#judging-unstored");
    robot.picture("judging-unstored");
    robot.glass().clear();
    robot.awaitGone("#judging-unstored");
    awaitAnswers(batch, 4);

    for (int i = 5; i <= 10; i++) {
      decide(i % 2 == 0 ? KeyCode.LEFT : KeyCode.RIGHT);
      awaitAnswers(batch, i);
    }
    awaitHead("Finished: the ranking is there");
    robot.picture("judging-finished");
    assertThat(find(batch).state()).isEqualTo(Batch.State.COMPLETED);
    List<String> ranked =
        robot.engine().assessment().judging().progress(batch).orElseThrow().ranking();
    assertThat(robot.texts("#judging-ranking .label"))
        .containsExactlyElementsOf(
            IntStream.range(0, 5).mapToObj(i -> (i + 1) + ". " + ranked.get(i)).toList());
    assertThat(robot.engine().assessment().batches().detail(batch).orElseThrow().results())
        .hasSize(5);
    robot.press(KeyCode.ESCAPE);
    awaitHead("No batch waits for people");
  }

  @Test
  void whatOthersDoIsTold() {
    UUID batch = batch("Essays on bread, spring term", 12, 100);
    robot.show(folder);
    try (Bench editorB = Bench.on(database.openAs("editorB"))) {
      HumanDesk his = editorB.engine().assessment().judging();
      Set<UUID> held = new HashSet<>();
      for (int i = 0; i < 10; i++) {
        held.add(Bench.decided(his.next(batch, held)).orElseThrow().correlationId());
      }
      robot.fire("#nav-judging");
      robot.awaitShown("#judging-choose");
      robot.press(KeyCode.ENTER);
      awaitHead("All pairs are with others");
      robot.picture("judging-out");
      his.release(held);
      robot.awaitShown("#judging-pair");
    }
    robot.write("?");
    robot.awaitShown(".key-map");
    robot.dialogPicture("judging-keys");
    robot.press(KeyCode.ESCAPE);
    robot.awaitGone(".key-map");
    Bench.decided(
        robot
            .engine()
            .assessment()
            .actions()
            .act(
                new BatchActions.Order(
                    batch, BatchActions.Action.CANCEL, null, "not wanted", Set.of())));
    awaitHead("The batch has ended without a ranking");
    robot.picture("judging-unranked");
    robot.press(KeyCode.ESCAPE);
    awaitHead("No batch waits for people");
  }

  @Test
  void whoComesBackToTheBatchesGoesOnByKeyboard() {
    batch("Essays on bread, spring term", 12, 80);
    robot.show(folder);
    robot.fire("#nav-judging");
    robot.awaitShown("#judging-choose");
    robot.press(KeyCode.ENTER);
    robot.awaitShown("#judging-first");
    robot.press(KeyCode.ESCAPE);
    robot.awaitShown("#judging-choose");
    robot.fire("#nav-assessments");
    robot.awaitGone("#judging-choose");
    robot.fire("#nav-judging");
    robot.awaitShown("#judging-choose");
    robot.press(KeyCode.ENTER);
    robot.awaitShown("#judging-first");
  }
}
