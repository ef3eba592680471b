package dev.imprimatur.engine.assessment.scale.grade;

import dev.imprimatur.engine.assessment.scale.Fit;
import dev.imprimatur.engine.assessment.scale.TextScore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Grades for texts, from texts on the same scale whose grades are known.
///
/// The boundary between two grades is half-way between the mean scores of their anchors. A text's
/// score is taken for normal with its standard error, and so is the boundary: its error comes from
/// those of the anchors. P(at most grade k) is then Φ((boundary − score) / √(se² + boundary's
/// se²)). Errors are taken for independent, which leaves out that texts and anchors share
/// comparisons.
public final class GradeProjection {
  /// What a projection comes to.
  public sealed interface Outcome {
    /// @param boundaries from the lowest on, one fewer than grades
    /// @param texts those that are no anchors, in the fit's order
    record Projected(List<Boundary> boundaries, List<Graded> texts) implements Outcome {}

    /// @param code for programs
    /// @param message for people, on one line
    record Refused(String code, String message) implements Outcome {}
  }

  /// Where one grade ends and the next begins.
  ///
  /// @param at in logits
  /// @param se in logits
  public record Boundary(String below, String above, double at, double se) {}

  /// A text's chances.
  ///
  /// @param probabilities of each grade, lowest first; they sum to one
  /// @param likeliest the grade with the highest
  public record Graded(String text, List<Double> probabilities, String likeliest) {}

  private final List<String> grades;
  private final Map<String, String> anchors;
  private final Fit fit;

  private GradeProjection(Fit fit, List<String> grades, Map<String, String> anchors) {
    this.fit = fit;
    this.grades = grades;
    this.anchors = new TreeMap<>(anchors);
  }

  /// @param grades all there are, the lowest first
  /// @param anchors the grades of texts of the fit; each grade has one at least
  public static Outcome of(Fit fit, List<String> grades, Map<String, String> anchors) {
    return new GradeProjection(fit, List.copyOf(grades), anchors).run();
  }

  private Outcome run() {
    Optional<Outcome.Refused> input = input();
    if (input.isPresent()) {
      return input.get();
    }
    List<Mean> means = grades.stream().map(this::mean).toList();
    List<Boundary> boundaries = new ArrayList<>();
    for (int k = 0; k + 1 < grades.size(); k++) {
      Mean below = means.get(k);
      Mean above = means.get(k + 1);
      if (!(below.score < above.score)) {
        return refused(
            "grades_contradict",
            "the anchors of grade "
                + grades.get(k + 1)
                + " ("
                + String.join(", ", namesOf(grades.get(k + 1)))
                + ") do not score higher on average than those of grade "
                + grades.get(k)
                + " ("
                + String.join(", ", namesOf(grades.get(k)))
                + ")");
      }
      boundaries.add(
          new Boundary(
              grades.get(k),
              grades.get(k + 1),
              (below.score + above.score) / 2,
              Math.sqrt(below.variance + above.variance) / 2));
    }
    List<Graded> texts =
        fit.texts().stream()
            .filter(t -> !anchors.containsKey(t.name()))
            .map(t -> graded(t, boundaries))
            .toList();
    return new Outcome.Projected(List.copyOf(boundaries), texts);
  }

  private Optional<Outcome.Refused> input() {
    if (grades.size() < 2 || new HashSet<>(grades).size() < grades.size()) {
      return Optional.of(
          refused("bad_grades", "there must be two grades at least, each named once: " + grades));
    }
    for (Map.Entry<String, String> anchor : anchors.entrySet()) {
      if (fit.place(anchor.getKey()).isEmpty()) {
        return Optional.of(
            refused("unknown_text", "the anchor '" + anchor.getKey() + "' is no text of the fit"));
      }
      if (!grades.contains(anchor.getValue())) {
        return Optional.of(
            refused(
                "unknown_grade",
                "the anchor '"
                    + anchor.getKey()
                    + "' has the grade '"
                    + anchor.getValue()
                    + "', which is none of "
                    + String.join(", ", grades)));
      }
    }
    List<String> empty = grades.stream().filter(g -> namesOf(g).isEmpty()).toList();
    return empty.isEmpty()
        ? Optional.empty()
        : Optional.of(
            refused("grade_without_anchor", "no anchor has the grade " + String.join(", ", empty)));
  }

  private static Outcome.Refused refused(String code, String message) {
    return new Outcome.Refused(code, message);
  }

  private List<String> namesOf(String grade) {
    return anchors.entrySet().stream()
        .filter(a -> a.getValue().equals(grade))
        .map(Map.Entry::getKey)
        .toList();
  }

  /// The mean score of a grade's anchors, and its error's square.
  private record Mean(double score, double variance) {}

  private Mean mean(String grade) {
    List<String> names = namesOf(grade);
    double score = 0;
    double variance = 0;
    for (String name : names) {
      OptionalInt place = fit.place(name);
      TextScore text = fit.texts().get(place.orElseThrow());
      score += text.score() / names.size();
      variance += text.se() * text.se() / ((double) names.size() * names.size());
    }
    return new Mean(score, variance);
  }

  private Graded graded(TextScore text, List<Boundary> boundaries) {
    List<Double> probabilities = new ArrayList<>();
    double before = 0;
    for (Boundary boundary : boundaries) {
      double error = Math.hypot(text.se(), boundary.se());
      double gap = boundary.at() - text.score();
      // Boundaries with different errors could make a lower grade's chance negative by a hair.
      double upTo = Math.max(before, error > 0 ? Normal.below(gap / error) : gap >= 0 ? 1 : 0);
      probabilities.add(upTo - before);
      before = upTo;
    }
    probabilities.add(1 - before);
    int likeliest = 0;
    for (int k = 1; k < probabilities.size(); k++) {
      likeliest = probabilities.get(k) > probabilities.get(likeliest) ? k : likeliest;
    }
    return new Graded(text.name(), List.copyOf(probabilities), grades.get(likeliest));
  }
}
