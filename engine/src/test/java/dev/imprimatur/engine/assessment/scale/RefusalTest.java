package dev.imprimatur.engine.assessment.scale;

import static dev.imprimatur.engine.assessment.scale.Comparison.tie;
import static dev.imprimatur.engine.assessment.scale.Comparison.win;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Comparisons that give no scores are refused by name, and only they are.
class RefusalTest {
  private static final FitOptions OPTIONS = FitOptions.DEFAULT;
  private static final FitOptions DAVIDSON = OPTIONS.withTies(Ties.DAVIDSON);
  private static final FitOptions ORDER = OPTIONS.withOrderEffect(true);

  @Test
  void nothingAndTooLittle() {
    assertThat(why(OPTIONS)).isInstanceOf(Refusal.NoComparisons.class);
    Comparisons one = new Comparisons.Builder().text("A").build();
    assertThat(Examples.refused(BradleyTerry.fit(one, OPTIONS)).message()).contains("only 'A'");
    Comparisons two = new Comparisons.Builder().text("A").text("B").build();
    assertThat(Examples.refused(BradleyTerry.fit(two, OPTIONS.withRidge(1))))
        .isInstanceOf(Refusal.NoComparisons.class);
  }

  @Test
  void unknownNames() {
    FitOptions reference = OPTIONS.withIdentification(new Identification.Reference("Z"));
    assertThat(why(reference, win("A", "B"), win("B", "A")).message())
        .isEqualTo("there is no text 'Z', named as the reference; the texts are 'A', 'B'");
    FitOptions anchors =
        OPTIONS.withIdentification(new Identification.Anchors(Map.of("Z", 1.0, "Y", 2.0)));
    assertThat(why(anchors, win("A", "B"), win("B", "A")).message()).contains("'Y', 'Z'", "anchor");
    FitOptions all =
        OPTIONS.withIdentification(new Identification.Anchors(Map.of("A", 1.0, "B", 2.0)));
    assertThat(why(all, win("A", "B"))).isInstanceOf(Refusal.NothingFree.class);
  }

  @Test
  void groupsThatNeverMet() {
    Comparison[] list = {
      win("A", "B"), win("B", "A"), win("C", "D"), win("D", "C"), win("D", "E"), win("E", "D")
    };
    Refusal why = why(OPTIONS, list);
    assertThat(why)
        .isEqualTo(new Refusal.Disconnected(List.of(List.of("C", "D", "E"), List.of("A", "B"))));
    assertThat(why.message()).contains("{'C', 'D', 'E'}; {'A', 'B'}", "--ridge");
    ok(OPTIONS.withRidge(0.5), list);
    ok(OPTIONS.withIdentification(new Identification.Anchors(Map.of("A", 0.0, "C", 0.0))), list);
  }

  @Test
  void aTextThatWonOrLostEverything() {
    Comparison[] list = {
      win("A", "B"), win("B", "C"), win("C", "B"), win("A", "C"), win("B", "D"), win("C", "D")
    };
    assertThat(why(OPTIONS, list))
        .isEqualTo(new Refusal.Separated(List.of(List.of("A")), List.of(List.of("D"))));
    ok(OPTIONS.withRidge(0.01), list);
    assertThat(
            why(OPTIONS, win("A", "B"), win("B", "A"), win("A", "C"), win("C", "D"), win("D", "C")))
        .isEqualTo(new Refusal.Separated(List.of(List.of("A", "B")), List.of(List.of("C", "D"))));
  }

  @Test
  void aTieHoldsTextsTogetherAsHalfAWin() {
    ok(OPTIONS, win("A", "B"), tie("A", "B"));
    ok(OPTIONS, tie("A", "B"));
  }

  @Test
  void davidsonsParameterMayBeInfiniteThoughScoresAreNot() {
    // A is ever more likely not to lose, with any share of ties.
    assertThat(why(DAVIDSON, win("A", "B"), tie("A", "B")))
        .isEqualTo(new Refusal.TiesInestimable(true));
    ok(DAVIDSON, win("A", "B"), tie("A", "B"), win("B", "A"));
    // A tie between those two wins apart contradicts.
    ok(DAVIDSON, win("A", "B"), win("B", "C"), tie("A", "C"));
    assertThat(why(DAVIDSON, win("A", "B"), tie("B", "C"), tie("A", "C")))
        .isInstanceOf(Refusal.TiesInestimable.class);
    assertThat(why(DAVIDSON, tie("A", "B"), tie("A", "B")))
        .isEqualTo(new Refusal.TiesInestimable(false));
    assertThat(why(DAVIDSON.withRidge(1), tie("A", "B")))
        .isEqualTo(new Refusal.TiesInestimable(false));
    ok(DAVIDSON.withRidge(1), win("A", "B"), tie("A", "B"));
  }

  @Test
  void anOrderEffectThatNothingTells() {
    assertThat(why(ORDER, win("A", "B").shownFirst("A"), win("B", "A")))
        .isEqualTo(new Refusal.OrderUnknown(1, 2));
    Comparison first = win("A", "B").shownFirst("A");
    // Shown in one order only, the effect can't be told from the scores.
    assertThat(why(ORDER, first, win("B", "A").shownFirst("A")))
        .isEqualTo(new Refusal.OrderInestimable(true));
    assertThat(why(ORDER, first, win("B", "A").shownFirst("B")))
        .isEqualTo(new Refusal.OrderInestimable(false));
    ok(
        ORDER,
        first,
        win("B", "A").shownFirst("B"),
        win("A", "B").shownFirst("B"),
        first.shownFirst("A"),
        win("B", "A").shownFirst("A"));
    ok(ORDER.withRidge(1), first, win("B", "A").shownFirst("A"));
  }

  /// Over many small random data sets: whatever is let through has a maximum, and whatever is
  /// refused has none, as scores run away under ever smaller ridges.
  @Test
  void exactlyThoseWithoutAMaximumAreRefused() {
    var random = new SplittableRandom(7);
    int refused = 0;
    int fitted = 0;
    for (int run = 0; run < 3_000; run++) {
      List<Comparison> list = new ArrayList<>();
      int texts = 2 + random.nextInt(3);
      for (int k = 2 + random.nextInt(7); k > 0; k--) {
        int a = random.nextInt(texts);
        int b = (a + 1 + random.nextInt(texts - 1)) % texts;
        Comparison c = random.nextInt(4) == 0 ? tie("t" + a, "t" + b) : win("t" + a, "t" + b);
        list.add(c.shownFirst(random.nextBoolean() ? "t" + a : "t" + b));
      }
      Comparisons comparisons = Comparisons.of(list);
      for (FitOptions options : List.of(OPTIONS, DAVIDSON, ORDER)) {
        switch (BradleyTerry.fit(comparisons, options)) {
          case FitOutcome.Fitted f -> {
            fitted++;
            assertThat(range(f.fit())).as("%s %s", options, list).isLessThan(25);
          }
          case FitOutcome.Refused r -> {
            refused++;
            assertThat(r.why())
                .as("%s %s", options, list)
                .isNotInstanceOf(Refusal.NotConverged.class);
            if (r.why() instanceof Refusal.Separated) {
              assertThat(spread(comparisons, options, 1e-9))
                  .isGreaterThan(spread(comparisons, options, 1e-3) + 3);
            }
          }
          case FitOutcome.Stopped s -> throw new AssertionError();
        }
      }
    }
    assertThat(fitted).isGreaterThan(500);
    assertThat(refused).isGreaterThan(500);
  }

  private static double spread(Comparisons comparisons, FitOptions options, double ridge) {
    return switch (BradleyTerry.fit(comparisons, options.withRidge(ridge))) {
      case FitOutcome.Fitted f -> range(f.fit());
      default -> ridge < 1e-6 ? Double.MAX_VALUE : 0;
    };
  }

  private static double range(Fit fit) {
    return Arrays.stream(fit.scores()).max().orElseThrow()
        - Arrays.stream(fit.scores()).min().orElseThrow();
  }

  @Test
  void whoeverWatchesMayStop() {
    assertThat(BradleyTerry.fit(Examples.baseball(), OPTIONS, (stage, done, total) -> done < 2))
        .isEqualTo(new FitOutcome.Stopped());
    assertThat(
            BradleyTerry.fit(
                Examples.baseball(),
                OPTIONS.withFullCovarianceUpTo(2),
                (stage, done, total) -> stage == FitProgress.Stage.SCORES || done < 20))
        .isEqualTo(new FitOutcome.Stopped());
  }

  @Test
  void nonsenseIsNotEvenAnOption() {
    assertThatThrownBy(() -> OPTIONS.withRidge(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OPTIONS.withRidge(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> win("A", "A")).hasMessageContaining("with itself");
    assertThatThrownBy(() -> win("A", "B").shownFirst("C")).hasMessageContaining("neither");
  }

  private static Refusal why(FitOptions options, Comparison... list) {
    return Examples.refused(BradleyTerry.fit(Comparisons.of(List.of(list)), options));
  }

  private static void ok(FitOptions options, Comparison... list) {
    Examples.fitted(BradleyTerry.fit(Comparisons.of(List.of(list)), options));
  }
}
