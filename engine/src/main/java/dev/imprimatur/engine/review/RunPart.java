package dev.imprimatur.engine.review;

import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One part of a run: a detector, or a query intent.
///
/// @param name the detector or the intent
/// @param score 0–100 to two decimals, if it succeeded
/// @param raw the provider's whole answer, if it succeeded
/// @param note why it has no score, if it has none
public record RunPart(
    UUID runId,
    Kind kind,
    String name,
    Status status,
    @Nullable BigDecimal score,
    @Nullable JsonNode raw,
    @Nullable String note) {

  /// What is asked.
  public enum Kind {
    DETECTOR,
    AEO
  }

  /// Where a part is; all but the first are final.
  public enum Status {
    PENDING,
    SUCCEEDED,
    /// The provider has nothing to say of such a text; no failure.
    NOT_APPLICABLE,
    FAILED
  }
}
