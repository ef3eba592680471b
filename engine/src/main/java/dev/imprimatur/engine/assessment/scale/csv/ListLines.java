package dev.imprimatur.engine.assessment.scale.csv;

import dev.imprimatur.engine.assessment.scale.Comparison;
import dev.imprimatur.engine.assessment.scale.Comparisons;
import java.util.List;
import java.util.Locale;

/// A comparison a line. The same pair again is another comparison.
final class ListLines implements Lines {
  private final Layout layout;
  private final Problems problems;
  private final Comparisons.Builder builder = new Comparisons.Builder();
  private boolean begun;
  private int width;

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
        checkNames(line);
        return;
      }
    }
    if (line.size() > width || line.size() < 2) {
      problems.add(
          line.number(),
          line.size() < 2
              ? "there is a winner and no loser"
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
    String outcome = field(line, 3).toLowerCase(Locale.ROOT);
    String first = field(line, 4);
    if (winner.isEmpty() || loser.isEmpty()) {
      problems.add(line.number(), "the " + (winner.isEmpty() ? "winner" : "loser") + " is empty");
    } else if (winner.equals(loser)) {
      problems.add(line.number(), "'" + winner + "' is compared with itself");
    } else if (!outcome.isEmpty() && !outcome.equals("win") && !outcome.equals("tie")) {
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
      builder.add(
          new Comparison(
              winner,
              loser,
              judge.isEmpty() ? null : judge,
              outcome.equals("tie"),
              first.isEmpty() ? null : first));
    }
  }

  private String field(Line line, int meaning) {
    return line.field(layout.columns().get(meaning));
  }

  @Override
  public void end() {
    if (builder.size() == 0 && !problems.any()) {
      problems.add(0, "there is no comparison in the file, only a line of names");
    }
  }

  @Override
  public Comparisons comparisons() {
    return builder.build();
  }
}
