package dev.imprimatur.engine.review;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One evaluation of one version by a set of providers.
///
/// @param providers per part who was asked: `{"detector:local-rhythm":{"provider","model"}, …}`
/// @param fingerprint equal for runs by the same providers and models on the same parts, so that
///   they can be compared
/// @param forced asked for although the version had been evaluated by the same providers
/// @param aiDetectorAvg mean of the detector scores, 0–100 to four decimals; null if none is in
/// @param aeoAvg mean of the AEO scores, 0–100 to four decimals; null if none is in
public record EvaluationRun(
    UUID id,
    UUID articleId,
    UUID versionId,
    Status status,
    JsonNode providers,
    String fingerprint,
    boolean forced,
    String requestedBy,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable BigDecimal aiDetectorAvg,
    @Nullable BigDecimal aeoAvg) {

  /// Where a run is; all but the first are final.
  public enum Status {
    IN_PROGRESS,
    /// Every part succeeded, or had nothing to say of such a text.
    COMPLETED,
    /// Some parts failed.
    PARTIAL_FAILURE,
    /// No part succeeded.
    FAILED
  }
}
