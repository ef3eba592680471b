package dev.imprimatur.engine.metric;

/// What asking a provider came to.
public enum ProviderOutcome {
  ANSWERED,
  /// It failed in a way that may pass.
  FAILED,
  /// It failed in a way that will not.
  REFUSED,
  TIMED_OUT,
  /// Nobody wanted the answer any more.
  STOPPED
}
