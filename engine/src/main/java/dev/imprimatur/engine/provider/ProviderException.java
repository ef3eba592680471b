package dev.imprimatur.engine.provider;

/// A provider could not answer: it was out of reach, refused, or answered with something that is no
/// answer.
public class ProviderException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean retryable;

  /// @param retryable whether the same call may succeed later
  public ProviderException(String message, boolean retryable) {
    super(message);
    this.retryable = retryable;
  }

  /// Whether the same call may succeed later; if not, the attempts left are not spent on it.
  public boolean retryable() {
    return retryable;
  }
}
