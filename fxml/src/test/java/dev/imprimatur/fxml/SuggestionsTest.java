package dev.imprimatur.fxml;

import static dev.imprimatur.fxml.ConsoleRobot.SOON;
import static dev.imprimatur.fxml.ConsoleRobot.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.engine.document.Document;
import dev.imprimatur.engine.provider.Providers;
import dev.imprimatur.engine.provider.Rewriter;
import dev.imprimatur.engine.provider.local.LocalProviders;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.Suggestions.IfMovedOn;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.persistence.Bench;
import dev.imprimatur.persistence.Scripted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.util.WaitForAsyncUtils;

/// The suggestions as a reviewer works through them, over a real engine on a temporary database.
/// Pictures of what is seen are left in `target/screens`.
class SuggestionsTest {
  @TempDir Path folder;

  private ConsoleRobot robot;

  @AfterEach
  void close() {
    robot.close();
  }

  private void open(Rewriter rewriter, Duration undo) {
    Providers scripted = Scripted.providers();
    robot =
        ConsoleRobot.onH2(
            new Providers(
                scripted.detectors(), scripted.aeoScorer(), rewriter, scripted.intents()));
    robot.show(folder, undo);
    robot.fire("#nav-suggestions");
  }

  /// The sample that reads like a machine's, without its front matter.
  private static String sample() {
    try {
      String text = Files.readString(Path.of("../docs/samples/unlocking-digital-workflows.md"));
      return text.substring(text.indexOf("---\n", 4) + 5);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// Takes one phrase out of three paragraphs, with a reason for each.
  private static Rewriter threeHunks() {
    return new Rewriter() {
      @Override
      public dev.imprimatur.engine.provider.ProviderInfo info() {
        return new dev.imprimatur.engine.provider.ProviderInfo("scripted-rewriter", "2026.1");
      }

      @Override
      public Outcome rewrite(Document text, Brief brief) {
        String body =
            text.body()
                .replace("In today's fast-paced digital landscape, organizations", "Organizations")
                .replace("Furthermore, they provide", "They provide")
                .replace("Needless to say, a strategic approach", "A strategic approach");
        return new Outcome.Proposed(
            text.title(),
            body,
            List.of(
                new Change("remove-filler", "“In today's fast-paced” says nothing."),
                new Change("remove-filler", "“Furthermore” only joins."),
                new Change("remove-filler", "“Needless to say” need not be said."),
                new Change("tone", "The text reads like an advertisement throughout.")));
      }
    };
  }

  private Version sampleVersion() {
    return robot.store("Unlocking the Power of Seamless Digital Workflows", sample());
  }

  private void awaitAccept(String text) {
    robot.awaitText("#suggestion-accept .button", text::equals);
  }

  private void awaitScores() {
    await()
        .atMost(SOON)
        .until(() ->
            !robot.shown("#estimate-computing")
                && !robot.texts("#estimate-detectors .label").isEmpty());
    WaitForAsyncUtils.waitForFxEvents();
  }

  private int rows() {
    return fx(() -> robot.node("#suggestions-list", ListView.class).getItems().size());
  }

  @Test
  void aSuggestionIsWeighedHunkByHunkAndAccepted() {
    open(threeHunks(), Duration.ZERO);
    robot.awaitText("#suggestion-blank .label", "No suggestion waits"::equals);
    robot.picture("suggestions-empty");
    Version v1 = sampleVersion();
    UUID id = robot.rewrite(v1);
    // It comes by itself, and is opened because nothing else is.
    robot.awaitText("#suggestion-title", v1.title()::equals);
    robot.awaitText("#suggestions-count", "1"::equals);
    awaitAccept("Accept 3 of 3 hunks");
    awaitScores();
    assertThat(robot.texts("#suggestion-made")).anyMatch(t -> t.contains("scripted-rewriter"));
    assertThat(robot.texts(".hunk-why .label"))
        .anyMatch(t -> t.contains("In today's fast-paced"))
        .anyMatch(t -> t.contains("advertisement"));
    List<String> all = robot.texts("#estimate-detectors .label");
    assertThat(all).contains("local-rhythm", "local-lexis", "local-repetition", "at least 70");
    assertThat(robot.texts("#estimate-intents .label"))
        .contains("how to", "what is", "best practices", "at least 60");
    robot.press(KeyCode.ENTER);
    robot.picture("suggestions-filled");

    robot.press(KeyCode.J);
    robot.press(KeyCode.X);
    awaitAccept("Accept 2 of 3 hunks");
    awaitScores();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(robot.texts("#estimate-detectors .label")).isNotEqualTo(all));
    robot.picture("suggestions-toggled");

    robot.press(KeyCode.S);
    robot.awaitShown("#suggestion-whole-text .diff-text");
    robot.picture("suggestions-whole-text");
    robot.press(KeyCode.S);

    robot.press(KeyCode.CONTROL, KeyCode.ENTER);
    robot.awaitText("#notice .notice-headline", "Version 2 is made from 2 of 3 hunks."::equals);
    Version v2 = robot.engine().review().articles().version(v1.articleId(), 2).orElseThrow();
    assertThat(v2.body())
        .isEqualTo(
            sample()
                .replace("In today's fast-paced digital landscape, organizations", "Organizations")
                .replace("Needless to say, a strategic approach", "A strategic approach"));
    assertThat(decision(id).hunks()).isEqualTo("1,3");
    robot.awaitText(
        "#suggestion-decided-text", t -> t.contains("version 2 is made from 2 of 3 hunks (1, 3)"));
    assertThat(robot.button("#suggestion-accept").isDisabled()).isTrue();
    assertThat(robot.button("#suggestion-accept").getAccessibleHelp())
        .contains("It was accepted by editor");
    await().atMost(SOON).until(() -> rows() == 0);
    awaitScores();
    robot.picture("suggestions-decided");

    robot.fire("#suggestion-evaluate");
    robot.awaitText("#notice .notice-headline", "Version 2 is being evaluated."::equals);
    await()
        .atMost(SOON)
        .until(() -> robot.engine().review().evaluations().ofVersion(v2.id()).size() == 1);
  }

  private RewriteSuggestion.Choice decision(UUID id) {
    return robot.engine().review().rewrites().suggestion(id).orElseThrow().suggestion().decision();
  }

  @Test
  void aRejectionNeedsAReasonAndCanBeTakenBack() {
    open(LocalProviders.rewriter(), Duration.ofMinutes(5));
    UUID id = robot.rewrite(sampleVersion());
    awaitAccept("Accept 6 of 6 hunks");
    awaitScores();
    robot.press(KeyCode.ENTER);
    robot.press(KeyCode.R);
    robot.awaitShown("#decision-reason");
    assertThat(
            fx(() ->
                robot
                    .node(".dialog-pane", javafx.scene.control.DialogPane.class)
                    .lookupButton(
                        robot
                            .node(".dialog-pane", javafx.scene.control.DialogPane.class)
                            .getButtonTypes()
                            .getFirst())
                    .isDisabled()))
        .isTrue();
    robot.type("#decision-reason", "The list of benefits must stay as it is.");
    robot.dialogPicture("suggestions-reject-dialog");
    robot.confirm();
    robot.awaitShown(".undo-bar");
    await().atMost(SOON).until(() -> robot.button("#suggestion-accept").isDisabled());
    assertThat(robot.button("#suggestion-reject").getAccessibleHelp())
        .contains("waits to be recorded");
    assertThat(decision(id)).isNull();
    robot.picture("suggestions-held");
    robot.write("u");
    await().atMost(SOON).until(() -> !robot.button("#suggestion-accept").isDisabled());
    assertThat(decision(id)).isNull();

    robot.press(KeyCode.DELETE);
    robot.awaitShown("#decision-reason");
    robot.type("#decision-reason", "The list of benefits must stay as it is.");
    robot.confirm();
    robot.awaitShown(".undo-bar");
    fx(() -> {
      robot.undoNow();
      return null;
    });
    robot.awaitText("#notice .notice-headline", t -> t.startsWith("The suggestion for"));
    assertThat(decision(id).reason()).isEqualTo("The list of benefits must stay as it is.");
    robot.awaitText("#suggestion-decided-text", t -> t.startsWith("Rejected by editor"));
    fx(() -> {
      robot
          .<dev.imprimatur.engine.review.SuggestionQuery.Show>combo("#suggestions-status")
          .setValue(dev.imprimatur.engine.review.SuggestionQuery.Show.DECIDED);
      return null;
    });
    await().atMost(SOON).until(() -> rows() == 1);
    robot.awaitText(".suggestion-cell .status-mark", "Rejected"::equals);
    robot.picture("suggestions-rejected");
    robot.write("/");
    robot.write("plums");
    robot.awaitText("#suggestions-blank", "No title matches"::equals);
  }

  @Test
  void aDatabaseThatNoLongerAnswersLeavesInSightWhatWasLoaded() {
    open(threeHunks(), Duration.ZERO);
    robot.rewrite(sampleVersion());
    awaitAccept("Accept 3 of 3 hunks");
    awaitScores();
    assertThat(robot.shown("#stale")).isFalse();
    robot.bench().database().close();
    robot.type("#suggestions-search", "plums");
    robot.awaitText("#stale", t -> t.contains("does not answer"));
    assertThat(rows()).isEqualTo(1);
    assertThat(robot.shown("#suggestion-title")).isTrue();
    robot.picture("suggestions-outdated");
  }

  @Test
  void whatIsNotReadYetAndWhatCannotBeReadIsSaid() {
    robot = ConsoleRobot.onH2();
    robot.show(folder);
    robot.awaitShown("#inbox-blank");
    robot.glass().hold();
    robot.fire("#nav-suggestions");
    robot.awaitText("#suggestions-blank", "Reading the suggestions…"::equals);
    robot.picture("suggestions-loading");
    robot.glass().shatter();
    robot.awaitText("#suggestions-blank", t -> t.startsWith("The suggestions can’t be read"));
    robot.picture("suggestions-error");
    robot.glass().clear();
    robot.awaitText("#suggestions-blank", t -> !t.contains("can’t be read"));
  }

  @Test
  void aKeyThatIsHeldDownDecidesNothing() {
    open(threeHunks(), Duration.ofMinutes(5));
    robot.rewrite(sampleVersion());
    awaitAccept("Accept 3 of 3 hunks");
    // From the list to the hunks, and no further.
    robot.hold(KeyCode.ENTER, 5);
    assertThat(fx(() -> robot.node("#suggestion-hunks", ListView.class).isFocused())).isTrue();
    robot.press(KeyCode.ENTER);
    assertThat(robot.shown(".undo-button")).isFalse();
    robot.press(KeyCode.J);
    robot.hold(KeyCode.X, 2);
    awaitAccept("Accept 2 of 3 hunks");
    robot.press(KeyCode.X);
    awaitAccept("Accept 3 of 3 hunks");
    robot.press(KeyCode.CONTROL, KeyCode.ENTER);
    robot.awaitShown(".undo-button");
  }

  @Test
  void whatSomebodyElseDecidedIsTold() {
    open(threeHunks(), Duration.ofMinutes(5));
    UUID id = robot.rewrite(sampleVersion());
    awaitAccept("Accept 3 of 3 hunks");
    robot.press(KeyCode.ENTER);
    robot.press(KeyCode.X);
    awaitAccept("Accept 2 of 3 hunks");
    robot.press(KeyCode.CONTROL, KeyCode.ENTER);
    robot.awaitShown(".undo-bar");
    // While the decision waits to be recorded, somebody else accepts the whole.
    Bench.decided(
        robot.engine().review().suggestions().accept(id, 1L, Set.of(1, 2), IfMovedOn.REFUSE));
    fx(() -> {
      robot.undoNow();
      return null;
    });
    robot.awaitText("#notice .notice-headline", t -> t.contains("editor accepted it on"));
    assertThat(robot.texts("#notice .label"))
        .anyMatch(t -> t.contains("“Accept 2 of 3 hunks”, was not carried out"));
    robot.awaitText("#suggestion-decided-text", t -> t.contains("2 of 3 hunks (1, 2)"));
    awaitScores();
    robot.picture("suggestions-conflict");
  }

  @Test
  void anArticleThatHasMovedOnIsMergedWhereThePersonSaysSo() {
    open(threeHunks(), Duration.ZERO);
    Version v1 = sampleVersion();
    UUID id = robot.rewrite(v1);
    awaitAccept("Accept 3 of 3 hunks");
    // A newer version comes while it is shown.
    robot.store(v1.title(), sample().replace("## Conclusion", "## What to remember"));
    robot.awaitText("#suggestion-moved .label", t -> t.contains("editor made version 2"));
    await().atMost(SOON).until(() -> robot.button("#suggestion-accept").isDisabled());
    assertThat(robot.button("#suggestion-accept").getAccessibleHelp())
        .contains("Choose first whether to merge or to replace");
    robot.press(KeyCode.CONTROL, KeyCode.ENTER);
    robot.awaitText("#notice .notice-headline", t -> t.contains("Choose first"));
    awaitScores();
    robot.picture("suggestions-moved-on");
    // By the arrows, which mark what they come to without pressing it.
    robot.fire("#suggestion-replace");
    fx(() -> {
      robot.node("#suggestion-replace", Node.class).requestFocus();
      return null;
    });
    robot.press(KeyCode.UP);
    awaitAccept("Merge 3 of 3 hunks into version 2");
    awaitScores();
    robot.picture("suggestions-merge");
    robot.press(KeyCode.CONTROL, KeyCode.ENTER);
    robot.awaitText("#notice .notice-headline", t -> t.startsWith("Version 3 is made"));
    Version v3 = robot.engine().review().articles().version(v1.articleId(), 3).orElseThrow();
    assertThat(v3.body())
        .contains("## What to remember", "A strategic approach")
        .doesNotContain("Needless to say");
    assertThat(decision(id).hunks()).isEqualTo("1,2,3");
  }
}
