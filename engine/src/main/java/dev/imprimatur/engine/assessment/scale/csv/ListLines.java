package dev.imprimatur.engine.assessment.scale.csv;

import dev.imprimatur.engine.assessment.scale.Comparison;
import dev.imprimatur.engine.assessment.scale.Comparisons;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A comparison a line. The same pair again is another comparison.
final class ListLines implements Lines {
  private static final Set<String> WON = Set.of("win", "won", "w", "1");

  private final Layout layout;
  private final Problems problems;
  private final Comparisons.Builder builder = new Comparisons.Builder();
  private final Unnamed unnamed = new Unnamed();
  private boolean begun;
  private int width;
  private final LineNumbers numbers = new LineNumbers();
  private String counted = "";
  private String judged = "";

  ListLines(Layout layout, Problems problems) {
    this.layout = layout;
    this.problems = problems;
    this.width = Layout.NAMES.size();
  }

  @Override
  public void take(Line line) {
    if (!begun) {
      begun = true;
      if (layout.named()) {
        width = line.size();
        counted = line.field(layout.columns().get(Headings.COUNT));
        judged = line.field(layout.columns().get(2));
        checkNames(line);
        return;
      }
    }
    unnamed.see(line);
    if (line.size() > width || line.size() < 2) {
      problems.add(
          line.number(),
          line.size() < 2
              ? "there is a winner and no loser: fields stand between commas, semicolons or tabs"
              : "there are " + line.size() + " fields, and at most " + width + " have a meaning");
      return;
    }
    if (builder.size() == ComparisonFile.MOST) {
      problems.add(line.number(), "there are more than " + ComparisonFile.MOST + " comparisons");
      return;
    }
    comparison(line);
  }

  private void checkNames(Line line) {
    List<String> lower = line.fields().stream().map(f -> f.toLowerCase(Locale.ROOT)).toList();
    for (String name : Layout.NAMES) {
      if (lower.indexOf(name) != lower.lastIndexOf(name)) {
        problems.add(line.number(), "there are two columns " + name);
      }
    }
  }

  private void comparison(Line line) {
    String winner = field(line, 0);
    String loser = field(line, 1);
    String judge = field(line, 2);
    String outcome = Answers.plain(field(line, 3));
    String first = field(line, 4);
    if (winner.isEmpty() || loser.isEmpty()) {
      problems.add(line.number(), "the " + (winner.isEmpty() ? "winner" : "loser") + " is empty");
    } else if (winner.equals(loser)) {
      problems.add(line.number(), "'" + winner + "' is compared with itself");
    } else if (!outcome.isEmpty() && !WON.contains(outcome) && !Answers.isTie(outcome)) {
      problems.add(
          line.number(), "the outcome '" + field(line, 3) + "' is neither 'win' nor 'tie'");
    } else if (!first.isEmpty() && !first.equals(winner) && !first.equals(loser)) {
      problems.add(
          line.number(),
          "'"
              + first
              + "' is said to be shown first, but it is neither '"
              + winner
              + "' nor '"
              + loser
              + "'");
    } else {
      boolean tie = Answers.isTie(outcome) || tied(line);
      var comparison =
          new Comparison(
              winner, loser, judge.isEmpty() ? null : judge, tie, first.isEmpty() ? null : first);
      add(line, comparison);
    }
  }

  private boolean tied(Line line) {
    String field = field(line, Headings.TIED);
    Optional<Boolean> tied = Answers.tied(field);
    if (tied.isEmpty()) {
      problems.add(line.number(), "'" + field + Problems.NEITHER_TIED_NOR_NOT);
    }
    return tied.orElse(false);
  }

  private void add(Line line, Comparison comparison) {
    int place = layout.columns().get(Headings.COUNT);
    if (place < 0) {
      builder.add(comparison);
      return;
    }
    Optional<String> wrong = Counts.wrong(line.field(place), counted);
    wrong.ifPresent(what -> problems.add(line.number(), what));
    if (wrong.isEmpty()) {
      int count = Counts.of(line.field(place));
      numbers.see(count);
      if ((long) builder.size() + count > ComparisonFile.MOST) {
        problems.add(line.number(), "there are more than " + ComparisonFile.MOST + " comparisons");
      } else {
        builder.text(comparison.winner()).text(comparison.loser());
        builder.add(comparison, count);
      }
    }
  }

  private String field(Line line, int meaning) {
    return line.field(layout.columns().get(meaning));
  }

  @Override
  public void end() {
    if (!layout.named()) {
      unnamed.wrong().ifPresent(problems::first);
    }
    numbers.wrong(counted).ifPresent(problems::first);
    if (builder.size() == 0 && !problems.any()) {
      problems.add(0, "there is no comparison in the file, only a line of names");
    }
  }

  @Override
  public Comparisons comparisons() {
    return builder.build();
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (!judged.isEmpty() && !judged.equalsIgnoreCase("judge")) {
      remarks.add(judged + " says who judged");
    }
    if (!counted.isEmpty()) {
      remarks.add(counted + " says how often each line counts");
    }
    return remarks;
  }
}
