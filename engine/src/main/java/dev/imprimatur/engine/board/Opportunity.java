package dev.imprimatur.engine.board;

import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// Something worth acting on, as it stands on a board.
///
/// @param position on its board, from 1
/// @param terms what it is about
/// @param reasons how each part of its score came about; an object with a member for each
/// @param evidence what it stands on, at least one; the most fitting first
public record Opportunity(
    UUID id,
    int position,
    String title,
    String pillar,
    String persona,
    List<String> terms,
    Points points,
    JsonNode reasons,
    List<EvidenceItem> evidence) {

  /// One to be stored, with the ids of what it stands on.
  public record Draft(
      String title,
      String pillar,
      String persona,
      List<String> terms,
      Points points,
      JsonNode reasons,
      List<UUID> evidence) {}

  /// One that stood on an earlier board.
  ///
  /// @param board the number of that board
  public record Earlier(int board, String title, List<String> terms) {}
}
