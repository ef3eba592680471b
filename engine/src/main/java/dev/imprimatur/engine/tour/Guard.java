package dev.imprimatur.engine.tour;

import java.util.Map;
import java.util.function.Predicate;

/// What must hold for a transition beyond the status it starts from.
public enum Guard {
  /// Nothing.
  NONE("nothing more is needed", "", facts -> true),
  /// An asset was scanned.
  ASSET_SCANNED("an asset must have been scanned", "Scan an asset.", TourFacts::scanned),
  /// The tour's time is over, by the database's clock.
  EXPIRED(
      "the tour must have expired",
      "Wait until its time is over; one without a time never expires.",
      TourFacts::expired),
  /// No mandatory checkpoint is open.
  MANDATORY_DONE(
      "every mandatory checkpoint must be COMPLETED",
      "Complete the mandatory checkpoints that are open.",
      facts -> facts.mandatoryOpen() == 0),
  /// A mandatory checkpoint is open.
  MANDATORY_OPEN(
      "a mandatory checkpoint must be open",
      "All mandatory checkpoints are done: choose COMPLETED.",
      facts -> facts.mandatoryOpen() > 0);

  private final String condition;
  private final String unblock;
  private final Predicate<TourFacts> test;

  Guard(String condition, String unblock, Predicate<TourFacts> test) {
    this.condition = condition;
    this.unblock = unblock;
    this.test = test;
  }

  /// What it asks for, as half a sentence.
  public String condition() {
    return condition;
  }

  /// What would satisfy it, in a sentence or two.
  ///
  /// @param from the status that the step would start from: what can be chosen instead hangs on it
  public String unblock(TourStatus from) {
    return this == MANDATORY_DONE && from == TourStatus.INPROGRESS
        ? unblock + " Or choose PARTIALLYCOMPLETED."
        : unblock;
  }

  /// Whether it is satisfied.
  public boolean holds(TourFacts facts) {
    return test.test(facts);
  }

  /// The values behind it.
  Map<String, Object> facts(TourFacts facts) {
    return switch (this) {
      case NONE -> Map.of();
      case ASSET_SCANNED -> Map.of("scanned", facts.scanned());
      case EXPIRED -> Map.of("expires_at", facts.expiresAt(), "expired", facts.expired());
      case MANDATORY_DONE, MANDATORY_OPEN -> Map.of("mandatory_open", facts.mandatoryOpen());
    };
  }
}
