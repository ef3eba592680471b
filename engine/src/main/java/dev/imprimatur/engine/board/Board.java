package dev.imprimatur.engine.board;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A board as it was made; it is never changed, the next one follows it.
///
/// @param number from 1, by brand
/// @param job which made it
/// @param state READY, INSUFFICIENT_EVIDENCE or ERROR
/// @param readyReason of a READY one; else null
/// @param diagnostics of an ERROR one; else null
public record Board(
    UUID id,
    UUID brandId,
    int number,
    UUID job,
    BoardState state,
    @Nullable ReadyReason readyReason,
    List<Opportunity> opportunities,
    Why why,
    @Nullable JsonNode diagnostics,
    Instant generatedAt) {

  /// One to be stored.
  public record Draft(
      BoardState state,
      @Nullable ReadyReason readyReason,
      List<Opportunity.Draft> opportunities,
      Why why,
      @Nullable JsonNode diagnostics) {

    /// A board that is ready for this reason.
    static Draft ready(ReadyReason reason, List<Opportunity.Draft> opportunities, Why why) {
      return new Draft(BoardState.READY, reason, opportunities, why, null);
    }

    static Draft insufficient(Why why) {
      return new Draft(BoardState.INSUFFICIENT_EVIDENCE, null, List.of(), why, null);
    }

    static Draft error(Why why, JsonNode diagnostics) {
      return new Draft(BoardState.ERROR, null, List.of(), why, diagnostics);
    }
  }

  /// A board in a list.
  ///
  /// @param opportunities how many stand on it
  public record Head(
      UUID id,
      int number,
      BoardState state,
      @Nullable ReadyReason readyReason,
      int opportunities,
      Why why,
      Instant generatedAt) {}
}
