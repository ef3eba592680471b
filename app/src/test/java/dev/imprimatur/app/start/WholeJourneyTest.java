package dev.imprimatur.app.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imprimatur.app.wiring.Home;
import dev.imprimatur.app.wiring.SettingSources;
import dev.imprimatur.app.wiring.Surroundings;
import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.engine.review.Approval;
import dev.imprimatur.engine.review.Article;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.Hunks;
import dev.imprimatur.engine.review.LocalScores;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.RunPart;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.fxml.ConsoleStart;
import dev.imprimatur.fxml.WindowHands;
import dev.imprimatur.fxml.article.PathChooser;
import dev.imprimatur.fxml.list.Slot;
import java.io.IOException;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One article from the first start to its revocation, in the real application over a real local
/// database, with the local providers and the worker; by keyboard throughout. Pictures of every
/// station are left in `target/screens`.
class WholeJourneyTest {
  private static final String TITLE = "Unlocking the Power of Seamless Meetings";

  /// As long as a decision waits in sight: enough to be seen.
  private static final Duration UNDO = Duration.ofSeconds(3);

  @TempDir Path folder;

  private Home home;
  private Watched databases;
  private @Nullable WindowHands window;
  private WindowHands.@Nullable Watch watch;
  private long longest;

  @BeforeEach
  void forget() {
    StatementWatch.forget();
  }

  @AfterEach
  void close() {
    if (window != null) {
      window.close();
    }
  }

  private WindowHands open(Path... files) {
    var environment = Map.of("IMPRIMATUR_HOME", folder.resolve("home").toString());
    var around = new Surroundings(environment, folder, "editor", System.out, System.err, 0, false);
    home = Home.of(environment, folder);
    databases =
        new Watched(
            new WindowDatabases(
                around,
                home,
                new WindowDatabases.Asked(null, false),
                () -> new SettingSources(Map.of(), environment, home.configFile()),
                grace -> {}),
            home.databaseUrl());
    window =
        WindowHands.open(
            new ConsoleStart(
                databases,
                home.config().resolve("window.properties"),
                InstantSource.system(),
                ZoneId.of("UTC"),
                UNDO),
            choosing(files));
    return window;
  }

  /// The system's own dialog is the one thing no key of ours reaches.
  private static PathChooser choosing(Path... files) {
    return new PathChooser() {
      @Override
      public List<Path> files(String title, @Nullable Window owner) {
        return List.of(files);
      }

      @Override
      public List<Path> folder(String title, @Nullable Window owner) {
        return List.of();
      }
    };
  }

  private void end(WindowHands hands) {
    hands.closeWindow();
    await().atMost(WindowHands.SOON).until(() -> !hands.isOpen());
    hands.close();
    window = null;
  }

  private Engine engine() {
    return databases.engine();
  }

  @Test
  void anArticleFromTheFirstStartToItsRevocation() throws IOException {
    Path text = folder.resolve("seamless-meetings.md");
    try (var sample =
        Objects.requireNonNull(getClass().getResourceAsStream("seamless-meetings.md"))) {
      Files.copy(sample, text);
    }
    Path broken = Files.write(folder.resolve("scan.md"), new byte[] {0, 1, 2, 0, 5});
    WindowHands hands = open(text, broken);
    try (WindowHands.Watch watching = hands.watch()) {
      watch = watching;
      worksAloneWithoutSamples(hands);
      told("the first start");
      imports(hands);
      told("the import");
      evaluates(hands);
      told("the evaluation");
      claimsAndAsksForARewrite(hands);
      told("the desk");
      acceptsTwoOfThree(hands);
      told("the suggestion");
      evaluatesTheNewVersion(hands);
      told("the second evaluation");
      resolvesWhatIsLeft(hands);
      approvesAndRevokes(hands);
      told("approval and revocation");
      holds();
      watch = null;
    }
    end(hands);
    WindowHands again = open();
    again.awaitShown("#status-database");
    again.awaitText("#articles-count", "1"::equals);
    holds();
    again.press(KeyCode.CONTROL, KeyCode.DIGIT2);
    again.awaitText("#article-title", TITLE::equals);
    TableView<?> versions = again.node("#article-versions", TableView.class);
    assertThat(WindowHands.<Integer>fx(() -> versions.getSelectionModel().getSelectedIndex()))
        .isZero();
    picture(again, "journey-17-second-start");
    end(again);
    assertThat(StatementWatch.heard()).isGreaterThan(500);
    assertThat(StatementWatch.onFxThread()).isEmpty();
  }

  private void told(String station) {
    pause();
    System.out.printf("FX thread, longest up to %s: %d ms%n", station, longest);
    longest = 0;
  }

  /// Takes what was measured so far: pictures are taken on the FX thread, and are not to count.
  private void pause() {
    if (watch != null) {
      longest = Math.max(longest, watch.longestMillis());
    }
  }

  private void picture(WindowHands hands, String name) {
    pause();
    hands.picture(name);
    forgetPicture();
  }

  private void dialogPicture(WindowHands hands, String name) {
    pause();
    hands.dialogPicture(name);
    forgetPicture();
  }

  private void forgetPicture() {
    if (watch != null) {
      watch.longestMillis();
    }
  }

  private void worksAloneWithoutSamples(WindowHands hands) {
    hands.awaitFocus("#start-alone-go");
    hands.press(KeyCode.SHIFT, KeyCode.TAB);
    hands.awaitFocus("#start-samples");
    hands.press(KeyCode.SPACE);
    assertThat(hands.node("#start-samples", CheckBox.class).isSelected()).isFalse();
    picture(hands, "journey-01-start");
    hands.press(KeyCode.ENTER);
    hands.awaitShown("#status-database");
    hands.awaitText("#status-text", t -> t.contains("Nothing running"));
    picture(hands, "journey-02-inbox-empty");
  }

  private void imports(WindowHands hands) {
    hands.press(KeyCode.CONTROL, KeyCode.DIGIT2);
    hands.awaitText("#articles-blank .label", "No articles yet"::equals);
    picture(hands, "journey-03-articles-empty");
    hands.press(KeyCode.CONTROL, KeyCode.I);
    hands.awaitText("#import-summary", "1 new, 0 new versions, 0 unchanged, 1 failed"::equals);
    picture(hands, "journey-04-import-results");
    hands.press(KeyCode.ESCAPE);
    hands.awaitGone("#import-results");
    hands.awaitText("#article-title", TITLE::equals);
  }

  private void evaluates(WindowHands hands) {
    hands.press(KeyCode.V);
    hands.awaitText("#notice .notice-headline", "One version was evaluated."::equals);
    hands.awaitText("#inbox-count", "2"::equals);
    hands.awaitText("#articles-table .state-mark", "2 escalations"::equals);
    picture(hands, "journey-05-evaluated");
  }

  private void claimsAndAsksForARewrite(WindowHands hands) {
    hands.press(KeyCode.CONTROL, KeyCode.DIGIT1);
    hands.awaitFocus("#inbox-table");
    awaitSelected(hands);
    hands.press(KeyCode.J);
    hands.press(KeyCode.K);
    hands.press(KeyCode.C);
    hands.awaitText("#notice .notice-headline", t -> t.contains("You have claimed"));
    picture(hands, "journey-06-inbox-claimed");
    hands.press(KeyCode.ENTER);
    hands.awaitText("#desk-badge", t -> !t.isEmpty());
    hands.awaitText("#desk-why .label", t -> t.contains("below"));
    hands.awaitText("#desk-state", t -> t.contains("editor"));
    picture(hands, "journey-07-desk");
    hands.press(KeyCode.R);
    hands.awaitShown(".undo-bar");
    picture(hands, "journey-08-rewrite-waits");
    hands.awaitText("#notice .notice-headline", t -> t.contains("is asked for"));
    hands.awaitShown("#desk-suggestion");
    picture(hands, "journey-09-desk-suggestion");
    hands.tabTo("#desk-suggestion");
    hands.press(KeyCode.ENTER);
  }

  /// Waits until a row is selected and read.
  private static void awaitSelected(WindowHands hands) {
    TableView<?> table = hands.node("#inbox-table", TableView.class);
    await()
        .atMost(WindowHands.SOON)
        .until(() ->
            WindowHands.fx(() -> table.getSelectionModel().getSelectedItem()) instanceof Slot<?> s
                && s.row() != null);
  }

  private void acceptsTwoOfThree(WindowHands hands) {
    RewriteSuggestion suggestion =
        engine().review().rewrites().list(RewriteSuggestion.Status.PENDING, 10).getFirst();
    Version v1 = version(1);
    Hunks hunks = Hunks.between(v1.title(), v1.body(), suggestion.title(), suggestion.body());
    assertThat(hunks.all()).hasSize(3);
    hands.awaitFocus("#suggestion-hunks");
    List<String> all = scores(hands, v1, hunks, Set.of(1, 2, 3));
    picture(hands, "journey-10-suggestion");
    hands.press(KeyCode.SPACE);
    List<String> lastTwo = scores(hands, v1, hunks, Set.of(2, 3));
    hands.press(KeyCode.SPACE);
    assertThat(scores(hands, v1, hunks, Set.of(1, 2, 3))).isEqualTo(all);
    hands.press(KeyCode.J);
    hands.press(KeyCode.SPACE);
    List<String> two = scores(hands, v1, hunks, Set.of(1, 3));
    assertThat(Set.of(all, lastTwo, two)).hasSize(3);
    picture(hands, "journey-11-two-of-three");
    hands.press(KeyCode.CONTROL, KeyCode.ENTER);
    hands.awaitText("#notice .notice-headline", "Version 2 is made from 2 of 3 hunks."::equals);
    Hunks.Text expected = hunks.apply(Set.of(1, 3));
    assertThat(version(2).title()).isEqualTo(expected.title());
    assertThat(version(2).body()).isEqualTo(expected.body());
    hands.awaitShown("#suggestion-evaluate");
    picture(hands, "journey-12-accepted");
  }

  /// Waits until the averages of just these hunks are shown, as the engine computes them.
  private List<String> scores(WindowHands hands, Version v1, Hunks hunks, Set<Integer> taken) {
    hands.awaitText(
        "#suggestion-accept .button", ("Accept " + taken.size() + " of 3 hunks")::equals);
    Hunks.Text text = hunks.apply(taken);
    LocalScores.Preview expected =
        engine()
            .review()
            .localScores()
            .of(new Version.Content(text.title(), v1.mediaType(), text.body(), v1.metadata()));
    List<String> numbers = expected.parts().stream().map(p -> shown(p.score())).toList();
    for (RunPart.Kind kind : RunPart.Kind.values()) {
      String grid = kind == RunPart.Kind.DETECTOR ? "#estimate-detectors" : "#estimate-intents";
      hands.awaitText(grid + " .label", shown(expected.average(kind))::equals);
      assertThat(hands.texts(grid + " .label"))
          .containsAll(expected.parts(kind).stream().map(p -> shown(p.score())).toList());
    }
    return numbers;
  }

  private static String shown(java.math.@Nullable BigDecimal score) {
    return score == null ? "–" : score.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  private void evaluatesTheNewVersion(WindowHands hands) {
    hands.tabTo("#suggestion-evaluate");
    hands.press(KeyCode.SPACE);
    hands.awaitText("#notice .notice-headline", "Version 2 is being evaluated."::equals);
    await()
        .atMost(WindowHands.SOON)
        .until(() ->
            engine().review().evaluations().ofVersion(version(2).id()).stream()
                .anyMatch(r -> r.run().status() == EvaluationRun.Status.COMPLETED));
    hands.awaitText("#inbox-count", String.valueOf(pending().size())::equals);
    picture(hands, "journey-13-evaluating");
  }

  private List<Escalation> pending() {
    return engine().review().escalations().pendingOfArticle(article().id());
  }

  /// What the first version still waits for is settled in the inbox, by its keys.
  private void resolvesWhatIsLeft(WindowHands hands) {
    long first = pending().stream().filter(e -> e.versionId().equals(version(1).id())).count();
    assertThat(first).isEqualTo(2);
    hands.press(KeyCode.CONTROL, KeyCode.DIGIT1);
    hands.awaitFocus("#inbox-table");
    int left = pending().size();
    for (int i = 0; i < first; i++) {
      // The oldest stand first.
      hands.press(KeyCode.HOME);
      hands.press(KeyCode.E);
      hands.awaitShown("#outcome-fixed");
      hands.tabTo("#outcome-fixed");
      hands.press(KeyCode.SPACE);
      hands.tabTo("#decision-reason");
      hands.write("Mended in version 2.");
      if (i == 0) {
        dialogPicture(hands, "journey-14-resolve");
      }
      hands.press(KeyCode.CONTROL, KeyCode.ENTER);
      hands.awaitGone(".dialog-pane");
      left--;
      hands.awaitText("#inbox-count", (left == 0 ? "" : String.valueOf(left))::equals);
      if (left > 0) {
        hands.awaitFocus("#inbox-table");
      }
    }
  }

  private void approvesAndRevokes(WindowHands hands) {
    int open = pending().size();
    assertThat(pending()).allMatch(e -> e.versionId().equals(version(2).id()));
    hands.press(KeyCode.CONTROL, KeyCode.DIGIT2);
    hands.awaitFocus("#articles-table");
    hands.awaitText("#article-title", TITLE::equals);
    // What was chosen stays chosen: the newest version is looked at before it is approved.
    hands.press(KeyCode.ENTER);
    hands.awaitFocus("#article-versions");
    hands.press(KeyCode.HOME);
    hands.press(KeyCode.A);
    hands.awaitShown("#approve-note");
    if (open > 0) {
      hands.tabTo("#outcome-override");
      hands.press(KeyCode.SPACE);
      hands.tabTo("#decision-reason");
      hands.write("Read by two people; the numbers are of a short text.");
    }
    hands.tabTo("#approve-note");
    hands.write("May go out.");
    dialogPicture(hands, "journey-15-approve");
    hands.press(KeyCode.CONTROL, KeyCode.ENTER);
    hands.awaitText(
        "#notice .notice-headline", t -> t.equals("Version 2 of “" + TITLE + "” is approved."));
    hands.awaitText("#articles-table .state-mark", "Approved: v2"::equals);
    picture(hands, "journey-16-approved");
    assertThat(pending()).isEmpty();
    hands.press(KeyCode.SHIFT, KeyCode.X);
    hands.awaitFocus("#decision-reason");
    hands.write("A figure in it was wrong.");
    hands.press(KeyCode.CONTROL, KeyCode.ENTER);
    hands.awaitText("#notice .notice-headline", t -> t.contains("is revoked"));
    picture(hands, "journey-16-revoked");
  }

  private Article article() {
    return engine().review().articles().list(10).getFirst();
  }

  private Version version(int number) {
    return engine().review().articles().version(article().id(), number).orElseThrow();
  }

  /// What the database has to say in the end.
  private void holds() {
    var review = engine().review();
    assertThat(review.articles().list(10)).hasSize(1);
    assertThat(review.articles().versions(article().id())).hasSize(2);
    assertThat(pending()).isEmpty();
    List<Approval> approvals = review.approvals().history(article().id());
    assertThat(approvals).hasSize(1);
    assertThat(approvals.getFirst().versionId()).isEqualTo(version(2).id());
    assertThat(approvals.getFirst().note()).isEqualTo("May go out.");
    assertThat(Optional.ofNullable(approvals.getFirst().revocation()))
        .map(Approval.Revocation::reason)
        .hasValue("A figure in it was wrong.");
    assertThat(review.rewrites().list(null, 10))
        .singleElement()
        .satisfies(s -> {
          assertThat(s.status()).isEqualTo(RewriteSuggestion.Status.ACCEPTED);
          assertThat(s.decision().hunks()).isEqualTo("1,3");
        });
    assertThat(engine().audit().verify().flaws()).isEmpty();
    assertThat(engine().audit().verify().holds()).isTrue();
    Map<JobStatus, Long> jobs = engine().queue().stats().byStatus();
    assertThat(jobs.getOrDefault(JobStatus.FAILED, 0L)).isZero();
    assertThat(jobs.getOrDefault(JobStatus.COMPLETED, 0L)).isPositive();
  }
}
