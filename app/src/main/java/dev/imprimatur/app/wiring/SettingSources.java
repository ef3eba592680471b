package dev.imprimatur.app.wiring;

import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.setting.Settings.Source;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// The places that settings come from, the strongest first: `--set`, environment, the user's file,
/// the team's settings in the database; what none of them names has its default.
public final class SettingSources {
  private final List<Source> local;

  /// @param set by `--set name=value`
  /// @throws Trouble if the user's file can't be read
  public SettingSources(Map<String, String> set, Map<String, String> environment, Path file) {
    refuseUnknown(environment);
    this.local =
        List.of(
            new Source("--set", set),
            new Source("environment", Settings.fromEnvironment(environment)),
            new Source(file.toString(), read(file)));
  }

  /// A variable that looks like a setting and is none is a slip of the pen that would go unseen.
  private static void refuseUnknown(Map<String, String> environment) {
    List<String> known = Keys.ALL.stream().map(key -> Settings.variable(key.name())).toList();
    List<String> groups = known.stream().map(name -> name.split("_")[1]).distinct().toList();
    for (String name : environment.keySet()) {
      String[] parts = name.split("_");
      boolean ours = parts.length > 2 && parts[0].equals("IMPRIMATUR") && groups.contains(parts[1]);
      if (ours && !known.contains(name)) {
        throw Trouble.input(
            "invalid_setting",
            "environment variable " + name + " names no setting; 'imprimatur settings' lists all");
      }
    }
  }

  /// The settings as far as they are known without the database.
  ///
  /// @throws Settings.InvalidSetting for an unknown name or a value out of range
  public Settings local() {
    return Settings.resolve(local);
  }

  /// All settings.
  ///
  /// @param team the settings in the database
  /// @throws Settings.InvalidSetting for an unknown name or a value out of range
  public Settings with(Map<String, String> team) {
    List<Source> all = new ArrayList<>(local);
    all.add(new Source("team settings in the database", team));
    return Settings.resolve(all);
  }

  private static Map<String, String> read(Path file) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw Trouble.input(
          "config_file", "settings file " + file + " can't be read: " + e.getMessage());
    }
    Map<String, String> values = new LinkedHashMap<>();
    properties.stringPropertyNames().stream()
        .sorted()
        .forEach(n -> values.put(n, properties.getProperty(n)));
    return values;
  }
}
