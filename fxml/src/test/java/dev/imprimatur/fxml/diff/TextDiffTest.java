package dev.imprimatur.fxml.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.fxml.diff.TextDiff.Kind;
import dev.imprimatur.fxml.diff.TextDiff.Mark;
import dev.imprimatur.fxml.diff.TextDiff.Row;
import dev.imprimatur.fxml.diff.TextDiff.Side;
import dev.imprimatur.fxml.diff.TextDiff.Span;
import java.text.BreakIterator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextDiffTest {
  @Test
  void aChangedWordIsMarkedAndNothingElse() {
    TextDiff diff = TextDiff.between("Title", "One two three.\n", "Title", "One 2 three.\n");
    assertThat(kinds(diff)).containsExactly(Kind.SAME, Kind.CHANGED);
    Row row = diff.rows().getLast();
    assertThat(row.left().line()).isEqualTo(2);
    assertThat(row.left().spans()).containsExactly(same("One "), removed("two"), same(" three."));
    assertThat(row.right().spans()).containsExactly(same("One "), added("2"), same(" three."));
    assertThat(row.inline())
        .containsExactly(same("One "), removed("two"), added("2"), same(" three."));
    assertThat(diff.wordsAdded()).isEqualTo(1);
    assertThat(diff.wordsRemoved()).isEqualTo(1);
    assertThat(diff.changes()).containsExactly(new TextDiff.Change(1, 2));
  }

  @Test
  void neighbouringWordsAreOneChange() {
    TextDiff diff =
        TextDiff.between("we came by the old slow train home", "we came by a new bus home");
    assertThat(diff.rows().getFirst().inline())
        .containsExactly(
            same("we came by "), removed("the old slow train"), added("a new bus"), same(" home"));
  }

  @Test
  void linesWithAlmostNothingInCommonAreNotMixed() {
    TextDiff diff =
        TextDiff.between(
            "The kitchen is warm and the dough will rise.",
            "Nobody reads a scale, for all the numbers on it.");
    assertThat(kinds(diff)).containsExactly(Kind.REMOVED, Kind.ADDED);
    assertThat(diff.changes()).hasSize(1);
  }

  @Test
  void linesFindTheirPartnersAcrossInsertions() {
    TextDiff diff =
        TextDiff.between(
            "Weigh the flour with a good scale.\nLeave it alone for an hour.",
            "Heat the oven first.\nWeigh the flour with a kitchen scale.\n"
                + "Leave it alone for two hours.");
    assertThat(kinds(diff)).containsExactly(Kind.ADDED, Kind.CHANGED, Kind.CHANGED);
    assertThat(diff.rows().get(1).left().line()).isEqualTo(1);
    assertThat(diff.rows().get(1).right().line()).isEqualTo(2);
  }

  @Test
  void aLineThatWasOnlyAddedToStaysALine() {
    String line = "Flour, water, salt and time are all that is asked for.";
    TextDiff diff = TextDiff.between(line, line + " " + "What they come to depends. ".repeat(9));
    assertThat(kinds(diff)).containsExactly(Kind.CHANGED);
  }

  @Test
  void endingsMakeNoDifference() {
    TextDiff diff = TextDiff.between("One", "two\r\nthree\r\n", "One", "two\nthree");
    assertThat(diff.isIdentical()).isTrue();
    assertThat(text(diff, Row::left)).isEqualTo("One\ntwo\r\nthree\r\n");
    assertThat(text(diff, Row::right)).isEqualTo("One\ntwo\nthree");
  }

  @Test
  void nothingIsEmptyAndIdentical() {
    TextDiff diff = TextDiff.between("", "", "", "");
    assertThat(diff.isEmpty()).isTrue();
    assertThat(diff.isIdentical()).isTrue();
    assertThat(kinds(TextDiff.between("", "\n\nword"))).containsOnly(Kind.ADDED);
    assertThat(kinds(TextDiff.between("a\n\nb", "a\nb")))
        .containsExactly(Kind.SAME, Kind.REMOVED, Kind.SAME);
  }

  @Test
  void aLongLineIsCutWhereBothSidesAgree() {
    SampleTexts.Pair pair = SampleTexts.oneLine();
    TextDiff diff = TextDiff.between(pair.left(), pair.right());
    assertThat(diff.rows()).hasSizeGreaterThan(500);
    assertThat(diff.changes()).hasSizeGreaterThan(100);
    assertThat(diff.rows().stream().filter(Row::startsLine)).hasSize(1);
    check(pair.left(), pair.right());
  }

  @Test
  void everythingDifferentIsSaidOnce() {
    SampleTexts.Pair lines = SampleTexts.different();
    check(lines.left(), lines.right());
    SampleTexts.Pair line = SampleTexts.differentLine();
    TextDiff diff = check(line.left(), line.right());
    assertThat(kinds(diff)).doesNotContain(Kind.SAME, Kind.CHANGED);
    assertThat(diff.changes()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"1,3", "2,12", "3,60", "4,400", "5,2500"})
  void bothTextsAreToldWhole(long seed, int size) {
    var random = new Random(seed);
    for (int i = 0; i < 40_000 / (size + 100); i++) {
      String left = text(random, size);
      check(left, random.nextBoolean() ? text(random, size) : edited(left, random));
    }
  }

  /// What holds of any two texts.
  private static TextDiff check(String left, String right) {
    TextDiff diff = TextDiff.between(left, right);
    assertThat(text(diff, Row::left)).isEqualTo(left);
    assertThat(text(diff, Row::right)).isEqualTo(right);
    assertThat(diff.isIdentical()).isEqualTo(lines(left).equals(lines(right)));
    wholeCharacters(diff, Row::left, left);
    wholeCharacters(diff, Row::right, right);
    for (Row row : diff.rows()) {
      for (Side side : List.of(row.left(), row.right())) {
        assertThat(side.text().length()).isLessThanOrEqualTo(TextDiff.LONGEST_SIDE);
        assertThat(side.spans()).noneMatch(s -> s.text().isEmpty());
      }
      assertThat(only(row.left(), Mark.SAME)).isEqualTo(only(row.right(), Mark.SAME));
      assertThat(joined(row.inline(), Mark.ADDED)).isEqualTo(row.left().text());
      assertThat(joined(row.inline(), Mark.REMOVED)).isEqualTo(row.right().text());
      assertThat(row.left().isAbsent() && row.right().isAbsent()).isFalse();
    }
    boolean[] covered = new boolean[diff.rows().size()];
    for (TextDiff.Change change : diff.changes()) {
      assertThat(change.to()).isGreaterThan(change.from());
      for (int i = change.from(); i < change.to(); i++) {
        assertThat(covered[i]).isFalse();
        covered[i] = true;
      }
    }
    for (int i = 0; i < covered.length; i++) {
      assertThat(covered[i]).isEqualTo(diff.rows().get(i).kind() != Kind.SAME);
    }
    numbersRise(diff, Row::left, lines(left).size());
    numbersRise(diff, Row::right, lines(right).size());
    return diff;
  }

  private static void numbersRise(TextDiff diff, Function<Row, Side> side, int lines) {
    List<Integer> numbers =
        diff.rows().stream().map(r -> side.apply(r).line()).filter(n -> n > 0).toList();
    assertThat(numbers).hasSize(lines);
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(numbers.get(i)).isEqualTo(i + 1);
    }
  }

  private static void wholeCharacters(TextDiff diff, Function<Row, Side> side, String text) {
    Set<Integer> boundaries = new HashSet<>();
    BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
    graphemes.setText(text);
    for (int at = graphemes.first(); at != BreakIterator.DONE; at = graphemes.next()) {
      boundaries.add(at);
    }
    int at = 0;
    for (Row row : diff.rows()) {
      for (Span span : side.apply(row).spans()) {
        assertThat(boundaries.contains(at)).isTrue();
        at += span.text().length();
      }
      at += side.apply(row).ending().length();
    }
  }

  private static String text(Random random, int size) {
    String[] atoms = {
      "flour",
      "water",
      "salt",
      "time",
      "the",
      "a",
      " ",
      " ",
      " ",
      " ",
      "  ",
      "\t",
      ", ",
      ". ",
      "\n",
      "\r\n",
      "\n\n",
      "\r",
      "don’t",
      "é",
      "e\u0301",
      "n\u0303o",
      "👩‍👩‍👧",
      "🇩🇪",
      "👍🏽",
      "😀",
      "שלום",
      "مرحبا",
      "\u200f",
      "水",
      "火",
      "日本語",
      "हिन्दी",
      "x".repeat(130),
      "-",
      "—",
      "\u00a0",
      "\u2028"
    };
    var text = new StringBuilder();
    int count = random.nextInt(size + 1);
    int variety = 3 + random.nextInt(atoms.length - 3);
    for (int i = 0; i < count; i++) {
      text.append(atoms[(random.nextInt(variety) * 7) % atoms.length]);
    }
    return text.toString();
  }

  private static String edited(String text, Random random) {
    var edited = new StringBuilder();
    BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
    graphemes.setText(text);
    int from = graphemes.first();
    for (int to = graphemes.next(); to != BreakIterator.DONE; to = graphemes.next()) {
      int roll = random.nextInt(40);
      if (roll > 0) {
        edited.append(text, from, to);
      }
      if (roll == 1) {
        edited.append(random.nextBoolean() ? " new " : "\n");
      }
      from = to;
    }
    return edited.toString();
  }

  private static List<String> lines(String text) {
    return Line.of(text).stream().map(Line::text).toList();
  }

  private static List<Kind> kinds(TextDiff diff) {
    return diff.rows().stream().map(Row::kind).toList();
  }

  private static String text(TextDiff diff, Function<Row, Side> side) {
    return diff.rows().stream()
        .map(side)
        .map(s -> s.text() + s.ending())
        .collect(Collectors.joining());
  }

  private static String only(Side side, Mark mark) {
    return side.spans().stream()
        .filter(s -> s.mark() == mark)
        .map(Span::text)
        .collect(Collectors.joining());
  }

  private static String joined(List<Span> spans, Mark without) {
    return spans.stream()
        .filter(s -> s.mark() != without)
        .map(Span::text)
        .collect(Collectors.joining());
  }

  private static Span same(String text) {
    return new Span(Mark.SAME, text);
  }

  private static Span removed(String text) {
    return new Span(Mark.REMOVED, text);
  }

  private static Span added(String text) {
    return new Span(Mark.ADDED, text);
  }
}
