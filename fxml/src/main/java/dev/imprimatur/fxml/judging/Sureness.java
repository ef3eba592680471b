package dev.imprimatur.fxml.judging;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// How sure somebody is of an answer, where they say so.
enum Sureness {
  UNSAID(null),
  GUESS(new BigDecimal("0.5")),
  LIKELY(new BigDecimal("0.75")),
  SURE(BigDecimal.ONE);

  private final @Nullable BigDecimal confidence;

  Sureness(@Nullable BigDecimal confidence) {
    this.confidence = confidence;
  }

  /// As it is stored, from 0 to 1; null for nothing.
  @Nullable BigDecimal confidence() {
    return confidence;
  }

  Sureness next() {
    return values()[(ordinal() + 1) % values().length];
  }
}
