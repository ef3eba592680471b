package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.scale.BradleyTerry;
import dev.imprimatur.engine.assessment.scale.Comparisons;
import dev.imprimatur.engine.assessment.scale.Fit;
import dev.imprimatur.engine.assessment.scale.FitOptions;
import dev.imprimatur.engine.assessment.scale.FitOutcome;
import dev.imprimatur.engine.assessment.scale.Reliability;
import dev.imprimatur.engine.assessment.scale.TextScore;
import dev.imprimatur.engine.assessment.scale.grade.GradeProjection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Bradley–Terry scores that sum to zero, ties as half wins, with a ridge: so every text has a
/// finite score, also one that won everything or was never compared.
public final class FittedScale implements Scale {
  /// As if scores were known beforehand to spread by two logits (1/√0.25), about as much as texts
  /// of one task do: next to a dozen answers about each text it moves little.
  private static final double RIDGE = 0.25;

  static final FitOptions OPTIONS = FitOptions.DEFAULT.withRidge(RIDGE);

  @Override
  public Ranking rank(List<UUID> texts, List<Judged> answers) {
    return texts.size() < 2 || answers.isEmpty()
        ? unranked(texts)
        : ranked(texts, fit(texts, answers), counts(answers));
  }

  @Override
  public Graded grade(List<UUID> texts, List<Judged> answers, Grades grades) {
    if (texts.size() < 2 || answers.isEmpty() || !grades.wanted()) {
      return new Graded(rank(texts, answers), null);
    }
    Fit fit = fit(texts, answers);
    Map<String, String> anchors = new HashMap<>();
    grades.anchors().forEach((text, grade) -> anchors.put(text.toString(), grade));
    return new Graded(
        ranked(texts, fit, counts(answers)),
        switch (GradeProjection.of(fit, grades.all(), anchors)) {
          case GradeProjection.Outcome.Projected p -> {
            Map<UUID, List<Double>> chances = new HashMap<>();
            p.texts().forEach(t -> chances.put(UUID.fromString(t.text()), t.probabilities()));
            yield new Grading.Projected(p.boundaries(), Map.copyOf(chances));
          }
          case GradeProjection.Outcome.Refused r -> new Grading.Refused(r.code(), r.message());
        });
  }

  private static Fit fit(List<UUID> texts, List<Judged> answers) {
    return switch (BradleyTerry.fit(comparisons(texts, answers), OPTIONS)) {
      case FitOutcome.Fitted(Fit fit) -> fit;
      case FitOutcome.Refused refused ->
          throw new IllegalStateException("no scores: " + refused.why());
      case FitOutcome.Stopped stopped -> throw new IllegalStateException("nobody stopped it");
    };
  }

  private static Ranking unranked(List<UUID> texts) {
    List<Place> places = new ArrayList<>();
    for (UUID text : texts) {
      places.add(new Place(text, places.size() + 1, 0, null, 0));
    }
    return new Ranking(List.copyOf(places), null);
  }

  private static Ranking ranked(List<UUID> texts, Fit fit, Map<UUID, Integer> counts) {
    List<Place> places = new ArrayList<>();
    for (int i : order(fit)) {
      UUID text = texts.get(i);
      TextScore score = fit.texts().get(i);
      places.add(
          new Place(
              text, places.size() + 1, score.score(), score.se(), counts.getOrDefault(text, 0)));
    }
    return new Ranking(List.copyOf(places), orNull(fit.reliability()));
  }

  /// The places of a fit's texts, the best first.
  static List<Integer> order(Fit fit) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < fit.texts().size(); i++) {
      order.add(i);
    }
    // Rounded, so that what is equal but for the last digits keeps the texts' order.
    order.sort(
        Comparator.comparingLong((Integer i) -> -Math.round(fit.texts().get(i).score() * 1e8)));
    return order;
  }

  private static Map<UUID, Integer> counts(List<Judged> answers) {
    Map<UUID, Integer> counts = new HashMap<>();
    for (Judged answer : answers) {
      counts.merge(answer.first(), 1, Integer::sum);
      counts.merge(answer.second(), 1, Integer::sum);
    }
    return counts;
  }

  // The texts first, so that they have their numbers by their order.
  private static Comparisons comparisons(List<UUID> texts, List<Judged> answers) {
    var builder = new Comparisons.Builder();
    texts.forEach(text -> builder.text(text.toString()));
    for (Judged answer : answers) {
      String first = answer.first().toString();
      String second = answer.second().toString();
      builder.add(
          answer.firstShare() == 0.5
              ? dev.imprimatur.engine.assessment.scale.Comparison.tie(first, second)
              : answer.firstShare() > 0.5
                  ? dev.imprimatur.engine.assessment.scale.Comparison.win(first, second)
                  : dev.imprimatur.engine.assessment.scale.Comparison.win(second, first));
    }
    return builder.build();
  }

  @Override
  public @Nullable Double reliabilityWith(
      Ranking ranking, List<Judged> answers, List<Comparison.Pair> outstanding) {
    List<UUID> texts = ranking.places().stream().map(Place::text).toList();
    if (texts.size() < 2 || texts.size() > FitOptions.FULL_COVARIANCE) {
      return null;
    }
    List<Judged> all = new ArrayList<>(answers);
    // How much an answer tells does not depend on what it is.
    outstanding.forEach(pair -> all.add(new Judged(pair.first(), pair.second(), 0.5)));
    double[] scores = ranking.places().stream().mapToDouble(Place::score).toArray();
    return orNull(BradleyTerry.reliability(comparisons(texts, all), OPTIONS, scores));
  }

  private static @Nullable Double orNull(Reliability reliability) {
    OptionalDouble ssr = reliability.ssr();
    return ssr.isPresent() ? ssr.getAsDouble() : null;
  }
}
