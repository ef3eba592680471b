package dev.imprimatur.engine.setting;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings in effect. A value comes from the first place that has one: command line,
/// environment, the user's file, the team's settings in the database, the default.
public final class Settings {
  private final Map<String, InEffect> values;

  /// One setting as it stands.
  ///
  /// @param value as written
  /// @param origin where it came from, such as `--set` or `default`
  /// @param parsed the value in its own type
  public record InEffect(Key<?> key, String value, String origin, Object parsed) {}

  /// A place that settings come from; earlier ones win.
  ///
  /// @param origin its name for people
  /// @param values by dotted name
  public record Source(String origin, Map<String, String> values) {}

  private Settings(Map<String, InEffect> values) {
    this.values = values;
  }

  /// The defaults.
  public static Settings defaults() {
    return resolve(List.of());
  }

  /// Resolves all settings.
  ///
  /// @throws InvalidSetting for an unknown name or a value out of range, whether or not it would
  ///   win
  public static Settings resolve(List<Source> sources) {
    for (Source source : sources) {
      source.values().forEach((name, value) -> check(name, value, source.origin()));
    }
    Map<String, InEffect> values = new LinkedHashMap<>();
    for (Key<?> key : Keys.ALL) {
      String value = key.defaultValue();
      String origin = "default";
      for (Source source : sources) {
        String given = source.values().get(key.name());
        if (given != null) {
          value = given;
          origin = source.origin();
          break;
        }
      }
      values.put(key.name(), new InEffect(key, value, origin, parse(key, value, origin)));
    }
    return new Settings(values);
  }

  /// Checks one setting without taking it over.
  ///
  /// @throws InvalidSetting for an unknown name or a value out of range
  public static void check(String name, String value, String origin) {
    Key<?> key =
        Keys.ALL.stream()
            .filter(k -> k.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new InvalidSetting(
                    name, origin, "there is no such setting; 'imprimatur settings' lists all"));
    parse(key, value, origin);
  }

  /// The settings an environment carries: `IMPRIMATUR_QUEUE_STALE_AFTER` for `queue.stale-after`.
  public static Map<String, String> fromEnvironment(Map<String, String> environment) {
    Map<String, String> found = new LinkedHashMap<>();
    for (Key<?> key : Keys.ALL) {
      String variable = variable(key.name());
      String value = environment.get(variable);
      if (value != null) {
        found.put(key.name(), value);
      }
    }
    return found;
  }

  /// How an environment spells a setting's name.
  public static String variable(String name) {
    return "IMPRIMATUR_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /// The value in effect.
  @SuppressWarnings("unchecked")
  public <T> T get(Key<T> key) {
    InEffect value = values.get(key.name());
    if (value == null) {
      throw new IllegalArgumentException("the key " + key.name() + " is missing from Keys.ALL");
    }
    return (T) value.parsed();
  }

  /// All settings as they stand.
  public List<InEffect> all() {
    return List.copyOf(values.values());
  }

  private static Object parse(Key<?> key, String value, String origin) {
    try {
      Object parsed = key.parser().apply(value);
      if (parsed == null) {
        throw new IllegalStateException("the parser of " + key.name() + " returned nothing");
      }
      return parsed;
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting(key.name(), origin, "'" + value + "' " + e.getMessage());
    }
  }

  /// A setting that does not exist, or a value it can't have.
  public static final class InvalidSetting extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidSetting(String name, String origin, @Nullable String why) {
      super("setting " + name + " (from " + origin + "): " + why);
    }
  }
}
