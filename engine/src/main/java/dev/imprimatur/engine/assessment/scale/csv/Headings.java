package dev.imprimatur.engine.assessment.scale.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the names above a file's columns mean. Case, spaces, dots and underscores do not count.
///
/// @param columns the columns of a list, where there are a winner and a loser; else empty
/// @param pairs the columns of a list of pairs, or null
record Headings(List<Integer> columns, @org.jspecify.annotations.Nullable PairColumns pairs) {
  static final int COUNT = 5;
  static final int TIED = 6;

  private static final Set<String> WINNER =
      Set.of("winner", "won", "better", "preferred", "chosen", "winnerid", "winnername");
  private static final Set<String> LOSER =
      Set.of("loser", "lost", "worse", "rejected", "notchosen", "loserid", "losername");
  private static final Set<String> JUDGE =
      Set.of(
          "judge",
          "judgeid",
          "rater",
          "raterid",
          "assessor",
          "annotator",
          "respondent",
          "subject",
          "student",
          "marker");
  private static final Set<String> OUTCOME =
      Set.of("outcome", "result", "answer", "decision", "choice", "preference", "response", "y");
  private static final Set<String> FIRST = Set.of("first", "shownfirst", "firstshown", "home");
  private static final Set<String> TIMES =
      Set.of("count", "counts", "n", "freq", "frequency", "times", "weight", "wins");
  private static final Set<String> TIES =
      Set.of("tie", "ties", "tied", "draw", "draws", "drawn", "equal");

  // Not row and column: in some published data it is the column that won.
  private static final List<List<String>> PAIRS =
      List.of(
          List.of("first", "second"),
          List.of("home", "away"),
          List.of("hometeam", "awayteam"),
          List.of("left", "right"),
          List.of("visitor", "opponent"),
          List.of("i", "j"),
          List.of("a", "b"));
  private static final List<List<String>> WINS =
      List.of(
          List.of("wins", "losses"),
          List.of("win", "loss"),
          List.of("won", "lost"),
          List.of("homewins", "awaywins"),
          List.of("homewin", "awaywin"),
          List.of("firstwins", "secondwins"),
          List.of("winsfirst", "winssecond"));
  private static final Set<String> WIN_STEMS = Set.of("win", "wins", "won", "count", "n");
  // Two columns of these names are numbers about the texts, and name no text.
  private static final Set<String> NO_TEXT =
      Set.of("score", "points", "goals", "rating", "result", "outcome", "adj", "se");

  static Headings of(Line line) {
    List<String> names = line.fields().stream().map(Headings::plain).toList();
    int winner = find(names, WINNER);
    int loser = find(names, LOSER);
    int[] pair = pair(names, PAIRS, false);
    // Beside two texts these are numbers.
    boolean counted = pair.length > 0 && names.contains("won") && names.contains("lost");
    if (winner >= 0 && loser >= 0 && !counted) {
      return new Headings(
          List.of(
              winner,
              loser,
              find(names, JUDGE),
              find(names, OUTCOME),
              find(names, FIRST),
              find(names, TIMES),
              find(names, TIES)),
          null);
    }
    int[] wins = pair(names, WINS, true);
    int outcome = winner >= 0 ? winner : find(names, OUTCOME);
    if (pair.length == 0 || wins.length == 0 && outcome < 0) {
      return new Headings(List.of(), null);
    }
    var columns =
        new PairColumns(
            pair[0],
            pair[1],
            find(names, JUDGE),
            wins.length == 0 ? outcome : -1,
            winner >= 0,
            wins.length == 0 ? -1 : wins[0],
            wins.length == 0 ? -1 : wins[1],
            find(names, TIES),
            wins.length == 0 ? find(names, TIMES) : -1);
    return new Headings(List.of(), columns);
  }

  boolean known() {
    return !columns.isEmpty() || pairs != null;
  }

  private static String plain(String name) {
    var plain = new StringBuilder();
    name.toLowerCase(Locale.ROOT)
        .chars()
        .filter(Character::isLetterOrDigit)
        .forEach(c -> plain.append((char) c));
    return plain.toString();
  }

  private static int find(List<String> names, Set<String> wanted) {
    for (int c = 0; c < names.size(); c++) {
      if (wanted.contains(names.get(c))) {
        return c;
      }
    }
    return -1;
  }

  /// Two columns that belong together: of the names given, or the same name with 1 and 2 or a and b
  /// behind it.
  private static int[] pair(List<String> names, List<List<String>> given, boolean wins) {
    for (List<String> two : given) {
      int one = names.indexOf(two.getFirst());
      int other = names.indexOf(two.getLast());
      if (one >= 0 && other >= 0) {
        return new int[] {one, other};
      }
    }
    List<List<String>> ends = List.of(List.of("1", "2"), List.of("a", "b"));
    for (int c = 0; c < names.size(); c++) {
      for (List<String> end : ends) {
        String name = names.get(c);
        String stem = name.endsWith(end.getFirst()) ? name.substring(0, name.length() - 1) : "";
        boolean fits = wins ? WIN_STEMS.contains(stem) : isText(stem);
        int other = names.indexOf(stem + end.getLast());
        if (!stem.isEmpty() && fits && other >= 0) {
          return new int[] {c, other};
        }
      }
    }
    return new int[0];
  }

  private static boolean isText(String stem) {
    return !WIN_STEMS.contains(stem) && NO_TEXT.stream().noneMatch(stem::endsWith);
  }

  /// The columns of a list of pairs, one of which was shown first; -1 for nowhere.
  ///
  /// @param outcome who won, if there is a comparison a line
  /// @param winner whether that column is called the winner, and so names a text if it can
  /// @param wins how often the first won, if it is counted by pair
  /// @param losses how often the second won
  record PairColumns(
      int one,
      int other,
      int judge,
      int outcome,
      boolean winner,
      int wins,
      int losses,
      int ties,
      int count) {
    List<Integer> all() {
      List<Integer> all = new ArrayList<>();
      for (int place : List.of(one, other, judge, outcome, wins, losses, ties, count)) {
        if (place >= 0) {
          all.add(place);
        }
      }
      return all;
    }
  }
}
