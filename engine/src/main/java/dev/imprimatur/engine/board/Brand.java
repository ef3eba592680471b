package dev.imprimatur.engine.board;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Whom a board is for.
///
/// @param workspaceId where its jobs run
/// @param name never changed; unique, whatever its case
/// @param pillars what it is about, each as words; in their order
/// @param personas for whom, each as words; in their order
/// @param generations how often a board was asked for
public record Brand(
    UUID id,
    String workspaceId,
    String name,
    List<String> pillars,
    List<String> personas,
    int generations,
    Instant createdAt) {
  /// The longest name, in characters.
  public static final int LONGEST_NAME = 100;

  /// The longest pillar or persona, in characters.
  public static final int LONGEST_CONTEXT = 200;

  /// The most pillars, and the most personas.
  public static final int MOST_CONTEXT = 50;

  /// Whether it can be told what belongs on its board.
  public boolean hasContext() {
    return !pillars.isEmpty() && !personas.isEmpty();
  }

  /// The client request id of the latest job for its board, or of the one that would be the first.
  String request() {
    return request(generations);
  }

  String request(int generation) {
    return "board:" + name + ":" + (generation <= 1 ? "first" : generation);
  }
}
