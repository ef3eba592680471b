package dev.imprimatur.engine.assessment.scale.csv;

import dev.imprimatur.engine.assessment.scale.csv.ComparisonFile.Problem;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Watches a list without names of columns for signs that it is something else. Read by place
/// alone, it would give scores, and wrong ones.
final class Unnamed {
  private static final int ENOUGH = 3;
  private static final int WORDS = 16;

  private final Set<String> third = new HashSet<>();
  private Line first = new Line(1, java.util.List.of());
  private boolean again;
  private boolean winnerThird = true;
  private boolean outcomes;
  private long lines;

  void see(Line line) {
    if (lines++ == 0) {
      first = line;
    } else {
      again |= has(line, first.field(0)) || has(line, first.field(1));
    }
    String judge = line.field(2);
    winnerThird &= !judge.isEmpty() && has(line, judge);
    outcomes |= !line.field(3).isEmpty();
    if (third.size() < WORDS) {
      third.add(Answers.plain(judge));
    }
  }

  private static boolean has(Line line, String name) {
    return line.field(0).equals(name) || line.field(1).equals(name);
  }

  /// What is wrong, in words.
  Optional<Problem> wrong() {
    if (lines >= ENOUGH && !again && first.size() > 1) {
      return Optional.of(
          new Problem(
              first.number(),
              "'"
                  + first.field(0)
                  + "' and '"
                  + first.field(1)
                  + "' stand in no other line. If these are names of columns, call them winner and loser; or first and"
                  + " second, with outcome (first, second or tie), winner, or wins1 and wins2 (and ties). If they are texts, put the line winner,loser above"));
    }
    if (lines >= ENOUGH && !outcomes && (winnerThird || Answers.telling(third))) {
      return Optional.of(
          new Problem(
              first.number(),
              "the third column is the judge's, and here it seems to tell who won. Put a line of names above:"
                  + " first,second,outcome if it does, else winner,loser,judge"));
    }
    return Optional.empty();
  }
}
