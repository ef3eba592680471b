package dev.imprimatur.engine.gateway;

import java.util.Locale;
import java.util.Optional;

/// What a client of the gateway may do.
public enum Role {
  /// Hears what changes and who looks at it.
  CONSOLE,
  /// Compares texts.
  JUDGE,
  /// Is sent events.
  SUBSCRIBER;

  /// As it is written in messages and tables.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The role that is written so.
  public static Optional<Role> ofCode(String code) {
    for (Role role : values()) {
      if (role.code().equals(code)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
