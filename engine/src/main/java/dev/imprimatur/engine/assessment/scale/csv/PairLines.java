package dev.imprimatur.engine.assessment.scale.csv;

import dev.imprimatur.engine.assessment.scale.Comparison;
import dev.imprimatur.engine.assessment.scale.Comparisons;
import dev.imprimatur.engine.assessment.scale.csv.Answers.Answer;
import dev.imprimatur.engine.assessment.scale.csv.Headings.PairColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Two texts a line, of which the first was shown first, and who won; or how often each did. What
/// the answers mean is known only when all of them were seen.
final class PairLines implements Lines {
  private record Row(
      long line, String one, String other, @Nullable String judge, String answer, int count) {}

  private final PairColumns columns;
  private final Problems problems;
  private final Comparisons.Builder builder = new Comparisons.Builder();
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, String> kept = new HashMap<>();
  private final LineNumbers numbers = new LineNumbers();
  private Line head = new Line(1, List.of());
  private long comparisons;

  PairLines(PairColumns columns, Problems problems) {
    this.columns = columns;
    this.problems = problems;
  }

  @Override
  public void take(Line line) {
    if (head.fields().isEmpty()) {
      head = line;
      return;
    }
    String one = kept(line.field(columns.one()));
    String other = kept(line.field(columns.other()));
    if (line.size() > head.size()) {
      problems.add(
          line.number(), "there are " + line.size() + " fields under " + head.size() + " names");
    } else if (one.isEmpty() || other.isEmpty()) {
      int empty = one.isEmpty() ? columns.one() : columns.other();
      problems.add(line.number(), "there is no text in the column " + head.field(empty));
    } else if (one.equals(other)) {
      problems.add(line.number(), "'" + one + "' is compared with itself");
    } else {
      String judge = line.field(columns.judge());
      take(line, one, other, judge.isEmpty() ? null : kept(judge));
    }
  }

  private void take(Line line, String one, String other, @Nullable String judge) {
    if (columns.outcome() < 0) {
      int wins = count(line, columns.wins());
      int losses = count(line, columns.losses());
      int ties = columns.ties() < 0 ? 0 : count(line, columns.ties());
      if (wins >= 0 && losses >= 0 && ties >= 0 && room(line, (long) wins + losses + ties)) {
        builder.text(one).text(other);
        builder.add(new Comparison(one, other, judge, false, one), wins);
        builder.add(new Comparison(other, one, judge, false, one), losses);
        builder.add(new Comparison(one, other, judge, true, one), ties);
      }
      return;
    }
    int count = columns.count() < 0 ? 1 : count(line, columns.count());
    if (columns.count() >= 0 && count >= 0) {
      numbers.see(count);
    }
    String answer = tied(line) ? "tie" : line.field(columns.outcome());
    if (answer.isEmpty() || answer.equals("NA")) {
      problems.add(
          line.number(),
          "the column "
              + head.field(columns.outcome())
              + " does not say who won. Leave the line out, or write tie");
    } else if (count >= 0 && room(line, count)) {
      builder.text(one).text(other);
      rows.add(new Row(line.number(), one, other, judge, kept(answer), count));
    }
  }

  private boolean tied(Line line) {
    String field = columns.ties() < 0 ? "" : line.field(columns.ties());
    Optional<Boolean> tied = Answers.tied(field);
    if (tied.isEmpty()) {
      problems.add(line.number(), "'" + field + Problems.NEITHER_TIED_NOR_NOT);
    }
    return tied.orElse(false);
  }

  private String kept(String name) {
    return kept.computeIfAbsent(name, n -> n);
  }

  private int count(Line line, int place) {
    Optional<String> wrong = Counts.wrong(line.field(place), head.field(place));
    wrong.ifPresent(what -> problems.add(line.number(), what));
    return wrong.isPresent() ? -1 : Counts.of(line.field(place));
  }

  private boolean room(Line line, long more) {
    comparisons += more;
    if (comparisons > ComparisonFile.MOST) {
      problems.add(line.number(), "there are more than " + ComparisonFile.MOST + " comparisons");
      comparisons -= more;
      return false;
    }
    return true;
  }

  @Override
  public void end() {
    if (columns.count() >= 0) {
      numbers.wrong(head.field(columns.count())).ifPresent(problems::first);
    }
    if (!problems.any() && comparisons == 0) {
      problems.add(0, "there is no comparison in the file");
    }
    if (!problems.any() && !rows.isEmpty()) {
      answers();
    }
  }

  private void answers() {
    Set<String> words = new TreeSet<>();
    boolean named = true;
    for (Row row : rows) {
      String word = Answers.plain(row.answer());
      // Names are as many as there are texts, words a handful: what is beyond that is none of them.
      if (words.size() < 32) {
        words.add(word);
      }
      named &= named(row) != null;
    }
    Optional<Map<String, Answer>> meaning = Answers.read(words);
    if (named && (columns.winner() || meaning.isEmpty() || agree(meaning.get()))) {
      rows.forEach(row -> add(row, named(row)));
    } else if (!named && meaning.isPresent()) {
      rows.forEach(row -> add(row, meaning.get().get(Answers.plain(row.answer()))));
    } else if (named) {
      problems.add(
          0,
          column()
              + " names texts, or says which of the two it was. Write names, or first and second");
    } else {
      unreadable(words);
    }
  }

  /// What the answer says if it is taken for a text's name; null if it is no name of the two.
  private static @Nullable Answer named(Row row) {
    if (row.answer().equals(row.one())) {
      return Answer.FIRST;
    }
    if (row.answer().equals(row.other())) {
      return Answer.SECOND;
    }
    return Answers.isTie(Answers.plain(row.answer())) ? Answer.TIE : null;
  }

  private boolean agree(Map<String, Answer> meaning) {
    return rows.stream().allMatch(r -> named(r) == meaning.get(Answers.plain(r.answer())));
  }

  private void unreadable(Set<String> words) {
    if (columns.winner()) {
      for (Row row : rows) {
        if (named(row) == null) {
          problems.add(
              row.line(),
              "the winner '"
                  + row.answer()
                  + "' is neither '"
                  + row.one()
                  + "' nor '"
                  + row.other()
                  + "' nor 'tie'");
        }
      }
    } else {
      problems.add(
          0,
          column()
              + " does not say plainly who won: it holds "
              + String.join(", ", words.stream().limit(6).toList())
              + (words.size() > 6 ? ", …" : "")
              + ". Write first, second and tie, or 1, 0 and 0.5 for the first, or the winner's name");
    }
  }

  private String column() {
    return "the column " + head.field(columns.outcome());
  }

  private void add(Row row, @Nullable Answer answer) {
    boolean second = answer == Answer.SECOND;
    builder.add(
        new Comparison(
            second ? row.other() : row.one(),
            second ? row.one() : row.other(),
            row.judge(),
            answer == Answer.TIE,
            row.one()),
        row.count());
  }

  @Override
  public Comparisons comparisons() {
    return builder.build();
  }

  /// How the columns were read, for whoever wants to see it.
  @Override
  public List<String> remarks() {
    String how =
        columns.outcome() < 0
            ? "how often each won in "
                + head.field(columns.wins())
                + " and "
                + head.field(columns.losses())
            : "who won in " + head.field(columns.outcome());
    return List.of(
        "read as pairs: "
            + head.field(columns.one())
            + " shown first, "
            + head.field(columns.other())
            + " second, "
            + how
            + (columns.ties() < 0 ? "" : ", ties in " + head.field(columns.ties()))
            + (columns.judge() < 0 ? "" : ", who judged in " + head.field(columns.judge()))
            + (columns.count() < 0 ? "" : ", times in " + head.field(columns.count())));
  }
}
