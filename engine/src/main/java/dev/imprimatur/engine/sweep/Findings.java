package dev.imprimatur.engine.sweep;

/// What a sweep came to.
///
/// @param found how much there was to do; not negative
/// @param done how much of it was done; not negative. Less than `found` where something could not
///   be treated
/// @param note what people should know of it, one sentence; empty for nothing
public record Findings(long found, long done, String note) {
  /// There was nothing to do.
  public static final Findings NONE = new Findings(0, 0, "");

  /// All of it was done.
  public static Findings all(long done) {
    return new Findings(done, done, "");
  }
}
