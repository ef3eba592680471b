package dev.imprimatur.persistence.jdbc;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The words of a search as conditions: each must stand somewhere in what is searched.
final class Words {
  private Words() {}

  /// Adds a condition for each word.
  ///
  /// @param condition what a word must fulfil, with `%s` for the name of its parameter, which is
  ///   bound to a pattern in lower case
  static void add(
      String search, String condition, List<String> conditions, Map<String, Object> values) {
    int number = 0;
    for (String word : search.strip().toLowerCase(Locale.ROOT).split("\\s+")) {
      if (!word.isEmpty()) {
        String name = "word" + number++;
        conditions.add(condition.replace("%s", ":" + name));
        // Backslash is the escape character of LIKE on both databases.
        values.put(name, "%" + word.replaceAll("[\\\\%_]", "\\\\$0") + "%");
      }
    }
  }
}
