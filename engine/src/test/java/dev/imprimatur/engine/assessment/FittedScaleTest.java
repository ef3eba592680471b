package dev.imprimatur.engine.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.imprimatur.engine.assessment.Comparison.Pair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Batches' rankings and pairs stand on the scale of `scale/`.
class FittedScaleTest {
  private static final List<UUID> TEXTS =
      IntStream.rangeClosed(1, 6).mapToObj(i -> new UUID(0, i)).toList();

  private final Scale scale = new FittedScale();

  private static Scale.Judged won(int winner, int loser) {
    return new Scale.Judged(TEXTS.get(winner), TEXTS.get(loser), 1);
  }

  @Test
  void twoTextsAreAsFarApartAsTheirAnswersSay() {
    List<Scale.Judged> answers = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      answers.add(i % 4 == 0 ? won(1, 0) : won(0, 1));
    }
    Scale.Ranking ranking = scale.rank(TEXTS.subList(0, 2), answers);
    double apart = ranking.places().get(0).score() - ranking.places().get(1).score();
    assertThat(apart).isCloseTo(Math.log(3), within(0.01));
    assertThat(ranking.places().getFirst().text()).isEqualTo(TEXTS.getFirst());
  }

  @Test
  void whatWonEverythingOrWasNeverComparedHasAFiniteScore() {
    Scale.Ranking ranking = scale.rank(TEXTS, List.of(won(2, 1), won(2, 0), won(1, 0)));
    assertThat(ranking.places()).extracting(Scale.Place::rank).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(ranking.places()).allSatisfy(p -> assertThat(p.score()).isFinite());
    assertThat(ranking.places().getFirst().text()).isEqualTo(TEXTS.get(2));
    assertThat(ranking.places().getLast().text()).isEqualTo(TEXTS.get(0));
    assertThat(ranking.places())
        .filteredOn(p -> p.comparisons() == 0)
        .extracting(Scale.Place::text)
        .as("equal scores keep the order of the texts")
        .containsExactly(TEXTS.get(3), TEXTS.get(4), TEXTS.get(5));
  }

  @Test
  void moreAnswersMakeItMoreReliable() {
    List<Scale.Judged> answers = new ArrayList<>();
    List<Pair> more = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < i; j++) {
        answers.add(won(i, j));
        more.add(new Pair(TEXTS.get(i), TEXTS.get(j)));
      }
    }
    Scale.Ranking ranking = scale.rank(TEXTS, answers);
    assertThat(scale.reliabilityWith(ranking, answers, List.of()))
        .isCloseTo(ranking.reliability(), within(1e-9));
    assertThat(scale.reliabilityWith(ranking, answers, more)).isGreaterThan(ranking.reliability());
  }

  @Test
  void aSingleTextHasNoReliability() {
    Scale.Ranking ranking = scale.rank(TEXTS.subList(0, 1), List.of());
    assertThat(ranking.reliability()).isNull();
    assertThat(ranking.places()).hasSize(1);
  }

  @Test
  void pairsConnectAllTextsFirstAndRepeatNoneBeforeAllAreUsed() {
    var selector = new AdaptivePairs();
    List<Pair> first = selector.select(TEXTS, List.of(), null, 5, 7);
    var graph = new Graph(TEXTS);
    first.forEach(p -> graph.connect(p.first(), p.second()));
    assertThat(graph.parts()).isEqualTo(1);
    List<Pair> rest = selector.select(TEXTS, first, null, 10, 8);
    Set<Set<UUID>> all = new HashSet<>();
    first.forEach(p -> all.add(Set.of(p.first(), p.second())));
    rest.forEach(p -> all.add(Set.of(p.first(), p.second())));
    assertThat(all).as("15 pairs of 6 texts").hasSize(15);
    assertThat(selector.select(TEXTS, first, null, 10, 8)).as("the same again").isEqualTo(rest);
    List<Pair> both = new ArrayList<>(first);
    both.addAll(rest);
    for (UUID text : TEXTS) {
      assertThat(both.stream().filter(p -> p.first().equals(text)).count())
          .as("shown first about as often as second")
          .isBetween(1L, 4L);
    }
  }

  @Test
  void twoEstimatesThatKeepOrderAndScoresAreStable() {
    Scale.Ranking one = scale.rank(TEXTS, List.of(won(2, 1), won(1, 0)));
    Scale.Ranking other = scale.rank(TEXTS, List.of(won(0, 1), won(1, 2)));
    Instant now = Instant.EPOCH;
    Estimate first = Estimate.after(null, one, 2, 0.05, now);
    Estimate second = Estimate.after(first, one, 7, 0.05, now);
    assertThat(second.stable()).as("one that kept is not enough").isFalse();
    Estimate third = Estimate.after(second, one, 12, 0.05, now);
    assertThat(third.stable()).isTrue();
    assertThat(Estimate.after(third, other, 17, 0.05, now).stable()).isFalse();
    assertThat(Estimate.after(third, other, 17, 100, now).stable())
        .as("the order changed, however little the scores did")
        .isFalse();
  }
}
