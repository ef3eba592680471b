package dev.imprimatur.fxml.start;

/// A password on its way to the driver. It has no text of its own, so that no log, error or title
/// shows it by mistake.
public final class Password {
  /// None was given.
  public static final Password NONE = new Password("");

  private final String secret;

  private Password(String secret) {
    this.secret = secret;
  }

  public static Password of(String secret) {
    return new Password(secret);
  }

  public boolean isEmpty() {
    return secret.isEmpty();
  }

  /// The password itself, for the driver and nobody else.
  public String reveal() {
    return secret;
  }

  @Override
  public String toString() {
    return "***";
  }
}
