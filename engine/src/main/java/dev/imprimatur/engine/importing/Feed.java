package dev.imprimatur.engine.importing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A feed or WordPress export as it stands in its file.
///
/// @param link the address of the site, or empty
/// @param wordPress whether it is a WordPress export
record Feed(String title, String link, boolean wordPress, List<Entry> entries) {
  Feed {
    entries = List.copyOf(entries);
  }

  /// What an entry says. Each name is one of the constants below; what it says first counts.
  static final class Entry {
    static final String ID = "id";
    static final String LINK = "link";
    static final String TITLE = "title";
    static final String CONTENT = "content";
    static final String SUMMARY = "summary";
    static final String PUBLISHED = "published";
    static final String UPDATED = "updated";
    static final String POST_ID = "post_id";
    static final String POST_TYPE = "post_type";
    static final String STATUS = "status";

    private final Map<String, String> values = new HashMap<>();
    private final List<String> categories = new ArrayList<>();
    private final Set<String> plain = new HashSet<>();

    void put(String name, String value) {
      if (!value.isBlank()) {
        values.putIfAbsent(name, value);
      }
    }

    String get(String name) {
      return values.getOrDefault(name, "");
    }

    void category(String name) {
      String line = Texts.line(name);
      if (!line.isEmpty() && !categories.contains(line) && categories.size() < 100) {
        categories.add(line);
      }
    }

    List<String> categories() {
      return categories;
    }

    /// Whether this field was said to be text and not HTML.
    boolean isPlain(String name) {
      return plain.contains(name);
    }

    void plain(String name) {
      plain.add(name);
    }
  }
}
