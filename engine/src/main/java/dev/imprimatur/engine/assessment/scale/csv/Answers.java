package dev.imprimatur.engine.assessment.scale.csv;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The ways in which strangers write who won. Each file keeps to one of them; where what is written
/// would mean one thing in one way and another thing in another, it is not guessed.
final class Answers {
  enum Answer {
    FIRST,
    SECOND,
    TIE
  }

  private static final Set<String> TIE =
      Set.of("tie", "tied", "draw", "drawn", "equal", "same", "=", "½", "1/2", "0.5");
  private static final Set<String> SHORT_TIE = Set.of("d", "x");
  private static final Set<String> YES = Set.of("1", "true", "yes", "tie", "tied", "t", "y");
  private static final Set<String> NO = Set.of("", "0", "false", "no", "win", "f", "n");

  private record Way(Set<String> first, Set<String> second, Set<String> needed) {
    Optional<Answer> answer(String word) {
      if (first.contains(word)) {
        return Optional.of(Answer.FIRST);
      }
      if (second.contains(word)) {
        return Optional.of(Answer.SECOND);
      }
      boolean zero = needed.contains("-1") && word.equals("0");
      // Beside win and loss only: alone it may as well be R's for true.
      boolean t = first.contains("w") && word.equals("t");
      return zero || t || isTie(word) || SHORT_TIE.contains(word)
          ? Optional.of(Answer.TIE)
          : Optional.empty();
    }
  }

  private static final List<Way> WAYS =
      List.of(
          new Way(Set.of("win", "won", "w"), Set.of("loss", "lose", "lost", "l"), Set.of()),
          new Way(Set.of("first", "1st", "one"), Set.of("second", "2nd", "two"), Set.of()),
          new Way(Set.of("home", "h"), Set.of("away", "a"), Set.of()),
          new Way(Set.of("a"), Set.of("b"), Set.of()),
          new Way(Set.of("left", "l"), Set.of("right", "r"), Set.of()),
          new Way(Set.of("1", "true", "yes", "t"), Set.of("0", "false", "no", "f"), Set.of()),
          new Way(Set.of("1"), Set.of("2"), Set.of()),
          new Way(Set.of("1"), Set.of("-1"), Set.of("-1")));

  private Answers() {}

  static boolean isTie(String word) {
    return TIE.contains(word);
  }

  /// What a column of ties says; nothing if it is neither yes nor no.
  static Optional<Boolean> tied(String field) {
    String word = plain(field);
    return YES.contains(word)
        ? Optional.of(true)
        : NO.contains(word) ? Optional.of(false) : Optional.empty();
  }

  /// As words are looked up: in lower case, a number in its shortest form.
  static String plain(String field) {
    String word = field.toLowerCase(Locale.ROOT);
    if (word.matches("[-+]?[0-9]+([.,][0-9]*)?|[.,][0-9]+")) {
      var number = new java.math.BigDecimal(word.replace(',', '.').replaceAll("\\.$", ""));
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
    return word;
  }

  /// What each of the words in a file means; nothing if there is no one way to read them.
  static Optional<Map<String, Answer>> read(Set<String> words) {
    Set<Map<String, Answer>> found = new HashSet<>();
    for (Way way : WAYS) {
      Map<String, Answer> meaning = new HashMap<>();
      for (String word : words) {
        way.answer(word).ifPresent(answer -> meaning.put(word, answer));
      }
      if (meaning.size() == words.size() && words.containsAll(way.needed())) {
        found.add(meaning);
      }
    }
    return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
  }

  /// Whether these are words for who won rather than names.
  static boolean telling(Set<String> words) {
    return !words.isEmpty()
        && words.stream().allMatch(w -> WAYS.stream().anyMatch(y -> y.answer(w).isPresent()))
        && words.stream().anyMatch(w -> isTie(w) || Set.of("0", "-1", "win", "loss").contains(w));
  }
}
