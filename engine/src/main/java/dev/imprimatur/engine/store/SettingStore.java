package dev.imprimatur.engine.store;

import java.util.Map;

/// The settings a team shares.
public interface SettingStore {
  /// All shared settings by name.
  Map<String, String> all();

  /// Stores one.
  void put(String name, String value);
}
