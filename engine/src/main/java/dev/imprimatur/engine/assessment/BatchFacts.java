package dev.imprimatur.engine.assessment;

/// What the continuation of a batch is decided on.
///
/// @param texts how many texts there are
/// @param total how many comparisons there may be
/// @param threshold percent of `total` at which enough is answered, 1 to 100
/// @param sent how many pairs were sent
/// @param completed how many of them have an answer
/// @param failed how many of them ended without one
/// @param completedAtRequest how many were completed when pairs were last asked for
/// @param stable whether the last two re-estimates kept the order, and every score within the
///   tolerance
public record BatchFacts(
    int texts,
    int total,
    int threshold,
    int sent,
    int completed,
    int failed,
    int completedAtRequest,
    boolean stable) {

  /// How many answers are still to come.
  public int outstanding() {
    return sent - completed - failed;
  }
}
