package dev.imprimatur.engine.importing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/// The YAML between two `---` lines at the top of a Markdown file, flattened: nested keys are
/// joined by dots, lists by `, `. Values stay as they were written (`007` is not seven, a date is
/// not a moment).
///
/// @param values flat, in the order of the file
/// @param body the text after the front matter; the whole text if there is none
record FrontMatter(Map<String, String> values, String body) {
  /// A hostile file must not cost more than an honest one: all limits are far above what front
  /// matter needs.
  private static final int MAX_CHARS = 64 * 1024;

  private static final int MAX_DEPTH = 8;

  /// @param text clean, with `\n` line ends
  static FrontMatter of(String text) throws Rejected {
    if (isFence(lineAt(text, 0), "+++")) {
      throw broken("is TOML (+++); write it as YAML between two --- lines", 1);
    }
    if (!isFence(lineAt(text, 0), "---")) {
      return new FrontMatter(Map.of(), text);
    }
    int start = lineAt(text, 0).length() + 1;
    int at = start;
    while (at < text.length()) {
      String line = lineAt(text, at);
      int next = Math.min(text.length(), at + line.length() + 1);
      if (isFence(line, "---") || isFence(line, "...")) {
        return parse(text, start, at, next);
      }
      if (at - start > MAX_CHARS) {
        break;
      }
      at = next;
    }
    // Without a second fence, `---` may be a rule across the page, unless a key follows it.
    if (start < text.length() && lineAt(text, start).matches("[\\w-]{1,60}:(\\s.*)?")) {
      throw broken(
          at - start > MAX_CHARS
              ? "is longer than 64 KiB; keep only what describes the article"
              : "is never closed; put a line with --- after it",
          1);
    }
    return new FrontMatter(Map.of(), text);
  }

  private static FrontMatter parse(String text, int start, int end, int bodyStart) throws Rejected {
    if (end - start > MAX_CHARS) {
      throw broken("is longer than 64 KiB; keep only what describes the article", 1);
    }
    Object loaded = load(text.substring(start, end));
    if (loaded instanceof String prose && !prose.isBlank()) {
      // Two rules with a paragraph between them.
      return new FrontMatter(Map.of(), text);
    }
    Map<String, String> values = new LinkedHashMap<>();
    if (loaded instanceof Map<?, ?> map) {
      new Flattener(values).map("", map, 0);
    } else if (loaded != null && !(loaded instanceof String)) {
      throw broken("is not a list of 'key: value' lines; give every line a key", 2);
    }
    return new FrontMatter(values, text.substring(bodyStart));
  }

  private static @Nullable Object load(String yaml) throws Rejected {
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new FailsafeSchema())
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(8)
            .setCodePointLimit(MAX_CHARS)
            .build();
    try {
      return new Load(settings).loadFromString(yaml);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().or(e::getContextMark).map(Mark::getLine).orElse(0);
      throw broken("is not valid YAML (" + e.getProblem() + "); mend that line", line + 2);
    } catch (YamlEngineException e) {
      throw broken("is not valid YAML (" + e.getMessage() + "); mend it", 1);
    } catch (StackOverflowError e) {
      throw broken("is nested too deeply; write flat 'key: value' lines", 1);
    }
  }

  private static Rejected broken(String predicate, int line) {
    return new Rejected(
        ImportCodes.BROKEN_FRONT_MATTER, "has front matter, line " + line + ", that " + predicate);
  }

  private static boolean isFence(String line, String fence) {
    return line.startsWith(fence) && line.stripTrailing().length() == fence.length();
  }

  private static String lineAt(String text, int start) {
    int end = text.indexOf('\n', start);
    return end < 0 ? text.substring(start) : text.substring(start, end);
  }

  /// Aliases let a short file describe an endless one: what counts is the size of what comes out.
  private static final class Flattener {
    private final Map<String, String> values;
    private int room = MAX_CHARS;

    Flattener(Map<String, String> values) {
      this.values = values;
    }

    void map(String prefix, Map<?, ?> map, int depth) throws Rejected {
      if (depth > MAX_DEPTH) {
        throw broken("is nested too deeply; write flat 'key: value' lines", 1);
      }
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        String key = prefix + Texts.line(String.valueOf(entry.getKey()));
        if (entry.getValue() instanceof Map<?, ?> nested) {
          map(key + ".", nested, depth + 1);
        } else {
          put(key, text(entry.getValue(), depth + 1));
        }
      }
    }

    private void put(String key, String value) throws Rejected {
      take(key.length());
      if (!value.isEmpty()) {
        values.put(key, value);
      }
    }

    private String text(@Nullable Object value, int depth) throws Rejected {
      if (value == null) {
        return "";
      }
      if (value instanceof List<?> list && depth <= MAX_DEPTH) {
        StringJoiner joined = new StringJoiner(", ");
        for (Object element : list) {
          joined.add(text(element, depth + 1));
        }
        return joined.toString();
      }
      String line = value instanceof String string ? Texts.line(string) : "";
      if (value instanceof Map<?, ?> map) {
        Map<String, String> inner = new LinkedHashMap<>();
        Flattener flattener = new Flattener(inner);
        flattener.room = room;
        flattener.map("", map, depth + 1);
        line = inner.toString();
      }
      take(line.length());
      return line;
    }

    private void take(int chars) throws Rejected {
      room -= chars + 1;
      if (room < 0) {
        throw broken("holds more than 64 KiB once its aliases are followed; write it out", 1);
      }
    }
  }
}
