package dev.imprimatur.engine.setting;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The kinds of settings: how their values are read from text, and what is refused.
final class KeyTypes {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)?");

  /// The longest duration that is taken: ten years.
  private static final Duration LONGEST = Duration.ofDays(3650);

  private KeyTypes() {}

  /// Reads a duration: a whole number with `ms`, `s` (the default), `m`, `h` or `d`.
  ///
  /// @throws IllegalArgumentException if it is none
  static Duration parseDuration(String text) {
    Matcher m = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!m.matches()) {
      throw new IllegalArgumentException("is no duration such as 500ms, 30s, 10m, 4h or 7d");
    }
    long n = Long.parseLong(m.group(1));
    String unit = m.group(2) == null ? "s" : m.group(2);
    Duration duration = of(n, unit);
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("is longer than " + LONGEST.toDays() + "d");
    }
    return duration;
  }

  private static Duration of(long n, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(n);
      case "m" -> Duration.ofMinutes(n);
      case "h" -> Duration.ofHours(n);
      case "d" -> Duration.ofDays(n);
      default -> Duration.ofSeconds(n);
    };
  }

  static Key<String> text(String name, String defaultValue, String description) {
    return new Key<>(name, "text", "any", defaultValue, description, String::strip);
  }

  static Key<Duration> duration(
      String name, String defaultValue, String least, String most, String description) {
    String range = least + " to " + most;
    Duration low = parseDuration(least);
    Duration high = parseDuration(most);
    return new Key<>(
        name,
        "duration",
        range,
        defaultValue,
        description,
        text -> {
          Duration value = parseDuration(text);
          if (value.compareTo(low) < 0 || value.compareTo(high) > 0) {
            throw new IllegalArgumentException("must be from " + range);
          }
          return value;
        });
  }

  static Key<Integer> integer(
      String name, String defaultValue, int least, int most, String description) {
    String range = least + " to " + most;
    return new Key<>(
        name,
        "integer",
        range,
        defaultValue,
        description,
        text -> {
          int value;
          try {
            value = Integer.parseInt(text.strip());
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is no whole number", e);
          }
          if (value < least || value > most) {
            throw new IllegalArgumentException("must be from " + range);
          }
          return value;
        });
  }

  static Key<BigDecimal> score(String name, String defaultValue, String description) {
    return new Key<>(
        name,
        "number",
        "0 to 100",
        defaultValue,
        description,
        text -> {
          BigDecimal value;
          try {
            value = new BigDecimal(text.strip());
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is no number", e);
          }
          if (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw new IllegalArgumentException("must be from 0 to 100");
          }
          return value;
        });
  }

  static Boolean parseBoolean(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  static String parsePath(String text) {
    try {
      return Path.of(text.strip()).toString();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("is no path: " + e.getReason(), e);
    }
  }

  static List<String> parseList(String text) {
    List<String> items =
        Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .distinct()
            .toList();
    if (items.isEmpty()) {
      throw new IllegalArgumentException("must name at least one");
    }
    if (items.stream().anyMatch(s -> s.length() > 100)) {
      throw new IllegalArgumentException("must not have items over 100 characters");
    }
    return items;
  }
}
