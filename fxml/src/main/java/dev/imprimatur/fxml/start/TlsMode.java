package dev.imprimatur.fxml.start;

import java.util.Locale;
import java.util.Optional;

/// How TLS is used on the way to a server, by the driver's `sslmode`.
public enum TlsMode {
  PREFER,
  REQUIRE,
  VERIFY_CA,
  VERIFY_FULL,
  DISABLE;

  /// The value of `sslmode`.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<TlsMode> of(String code) {
    for (TlsMode mode : values()) {
      if (mode.code().equals(code.toLowerCase(Locale.ROOT))) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }
}
