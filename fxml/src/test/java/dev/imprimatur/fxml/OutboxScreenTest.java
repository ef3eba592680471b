package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.outbox.Delivery;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.Evidence;
import dev.imprimatur.engine.outbox.OutboxQuery;
import dev.imprimatur.engine.store.OutboxStore;
import dev.imprimatur.fxml.list.Slot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The outbox in the window: evidence, dead deliveries, replay and skip.
class OutboxScreenTest {
  private static final String ERROR =
      "outbox.jsonl-file /srv/feed/events.jsonl: No space left on device; mend it, then replay the event";

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

  private void run(java.util.function.Consumer<OutboxStore> work) {
    robot.bench().database().automation().run(tx -> work.accept(tx.outbox()));
  }

  private void register() {
    run(outbox -> {
      outbox.register("json-lines");
      outbox.register("mail");
    });
  }

  private UUID write(String type, String id, String key) {
    run(outbox ->
        outbox.append(
            "run", id, type, key, Json.object().put("run_id", id).put("ai_detector_avg", 41.25)));
    return robot.engine().outbox().order(new OutboxQuery(null, null, type, key)).getFirst();
  }

  private void deliver(String subscriber, UUID event) {
    run(outbox ->
        assertThat(
                outbox.acknowledge(
                    outbox.claim(subscriber, event, Duration.ofMinutes(1)).orElseThrow()))
            .isTrue());
  }

  private void kill(String subscriber, UUID event) {
    run(outbox ->
        outbox.failed(
            outbox.claim(subscriber, event, Duration.ofMinutes(1)).orElseThrow(),
            new OutboxStore.Failure(ERROR, Duration.ZERO, true)));
  }

  private TableView<Slot<Evidence>> table() {
    return robot.table("#outbox-table");
  }

  private void awaitRows(int count) {
    await().atMost(SOON).until(() -> fx(() -> table().getItems().size()) == count);
  }

  private DeliveryState state(UUID event, String subscriber) {
    return robot.engine().outbox().evidence(event).orElseThrow().deliveries().stream()
        .filter(d -> d.subscriber().equals(subscriber))
        .map(Delivery::state)
        .findFirst()
        .orElseThrow();
  }

  private void show() {
    robot.show(folder);
    robot.fire("#nav-outbox");
  }

  private String error() {
    return fx(() -> robot.node("#event-error", TextInputControl.class).getText());
  }

  @Test
  void anEmptyOutboxSaysWhatItIsFor() {
    show();
    robot.awaitText("#outbox-blank .blank-head", "No events yet"::equals);
    robot.awaitText("#outbox-facts .state-mark", "OK"::equals);
    assertThat(robot.button("#outbox-replay-dead").isDisabled()).isTrue();
    robot.picture("outbox-empty");
  }

  @Test
  void anEventThatNobodyWaitedForSaysSo() {
    write("EvaluationFinalisedV1", "4711", "run:4711:finalised");
    show();
    awaitRows(1);
    robot.awaitText("#event-deliveries .label", t -> t.contains("Nobody was subscribed"));
    await().atMost(SOON).until(() -> robot.button("#event-replay").isDisabled());
    robot.picture("outbox-for-nobody");
  }

  @Test
  void whatIsDeadComesFirstAndIsReplayedOrSkippedByKeyboard() {
    register();
    UUID dead = write("run.finalised", "4711", "run:4711:finalised");
    UUID other = write("run.finalised", "4712", "run:4712:finalised");
    UUID taken = write("run.requested", "4713", "run:4713:requested");
    write("run.requested", "4714", "run:4714:requested");
    kill("json-lines", dead);
    deliver("mail", dead);
    kill("json-lines", other);
    deliver("mail", other);
    deliver("mail", taken);
    deliver("json-lines", taken);
    show();
    awaitRows(4);
    robot.awaitText("#outbox-count", "2"::equals);
    robot.awaitText("#event-key", t -> t.contains("4712"));
    robot.awaitText("#outbox-states", t -> t.contains("2 dead"));
    await().atMost(SOON).until(() -> error().contains("No space left on device"));
    assertThat(robot.button("#event-skip").isDisabled()).isFalse();
    robot.picture("outbox-dead");

    robot.press(KeyCode.J);
    robot.awaitText("#event-key", t -> t.contains("4711"));
    await().atMost(SOON).until(() -> !robot.button("#event-replay").isDisabled());
    robot.press(KeyCode.R);
    await().atMost(SOON).until(() -> state(dead, "json-lines") == DeliveryState.PENDING);
    robot.awaitText("#notice .notice-headline", t -> t.contains("goes to json-lines again"));
    await().atMost(SOON).until(() -> robot.button("#event-skip").isDisabled());
    assertThat(robot.button("#event-skip").getAccessibleHelp()).contains("is not dead");

    robot.press(KeyCode.HOME);
    robot.awaitText("#event-key", t -> t.contains("4712"));
    await().atMost(SOON).until(() -> !robot.button("#event-skip").isDisabled());
    robot.press(KeyCode.X);
    robot.awaitShown("#decision-reason");
    robot.type("#decision-reason", "The feed was rebuilt from a backup.");
    robot.dialogPicture("outbox-skip-dialog");
    robot.confirm();
    await().atMost(SOON).until(() -> state(other, "json-lines") == DeliveryState.SKIPPED);
    robot.awaitText("#outbox-count", "0"::equals);
    robot.awaitText("#event-written", t -> t.contains("skipped by") && t.contains("backup"));
    robot.picture("outbox-skipped");
  }

  @Test
  void allThatIsDeadIsReplayedAfterAQuestion() {
    register();
    UUID one = write("run.finalised", "1", "run:1");
    UUID two = write("run.finalised", "2", "run:2");
    kill("mail", one);
    kill("mail", two);
    show();
    await().atMost(SOON).until(() -> !robot.button("#outbox-replay-dead").isDisabled());
    robot.fire("#outbox-replay-dead");
    robot.awaitShown(".dialog-pane");
    robot.dialogPicture("outbox-replay-dead-dialog");
    // A stray space answers nothing.
    robot.press(KeyCode.SPACE);
    robot.awaitShown(".dialog-pane");
    assertThat(state(one, "mail")).isEqualTo(DeliveryState.DEAD);
    robot.press(KeyCode.ENTER);
    await().atMost(SOON).until(() -> state(one, "mail") == DeliveryState.PENDING);
    await().atMost(SOON).until(() -> state(two, "mail") == DeliveryState.PENDING);
    robot.awaitText("#outbox-states", t -> t.contains("0 dead"));
  }

  @Test
  void theListIsNarrowedAndFollowsWhatHappensElsewhere() {
    register();
    UUID first = write("run.finalised", "1", "run:1:finalised");
    write("run.requested", "2", "run:2:requested");
    deliver("mail", first);
    show();
    awaitRows(2);
    write("run.requested", "3", "run:3:requested");
    awaitRows(3);
    fx(() -> {
      robot.combo("#outbox-state").setValue(DeliveryState.ACKNOWLEDGED);
      return null;
    });
    awaitRows(1);
    fx(() -> {
      robot.combo("#outbox-subscriber").setValue("json-lines");
      return null;
    });
    robot.awaitText("#outbox-blank .blank-head", "No event matches"::equals);
    robot.picture("outbox-no-match");
    fx(() -> {
      robot.combo("#outbox-subscriber").setValue(null);
      robot.combo("#outbox-state").setValue(null);
      return null;
    });
    awaitRows(3);
    robot.type("#outbox-search", "run:2");
    awaitRows(1);
    robot.type("#outbox-search", "");
    awaitRows(3);
    // A database that does not answer leaves what was read in sight.
    robot.glass().shatter();
    robot.awaitShown("#stale");
    assertThat(fx(() -> table().isVisible())).isTrue();
    robot.glass().clear();
  }
}
