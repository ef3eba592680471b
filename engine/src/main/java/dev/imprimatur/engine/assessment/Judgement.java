package dev.imprimatur.engine.assessment;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person's answer to a pair, as it was given in the console. It stays on record when it is taken
/// back; the pair is then asked about under another correlation id.
///
/// @param correlationId under which the pair was asked about
/// @param number of the pair within its batch
/// @param confidence from 0 to 1, or null
/// @param decisionMillis how long the pair was in sight until it was decided, in milliseconds,
///   without the time in which the window was not in front; null where nobody measured it
/// @param by who judged
/// @param withdrawnAt when it was taken back, or null while it stands
public record Judgement(
    UUID correlationId,
    UUID batchId,
    int number,
    Comparison.Answer answer,
    @Nullable BigDecimal confidence,
    @Nullable Long decisionMillis,
    String by,
    Instant at,
    @Nullable Instant withdrawnAt) {
  /// The longest decision time that is stored: a day, in milliseconds.
  public static final long LONGEST = 86_400_000;

  /// Whether it counts.
  public boolean stands() {
    return withdrawnAt == null;
  }
}
