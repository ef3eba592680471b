package dev.imprimatur.engine.board;

import java.util.List;
import java.util.UUID;

/// Puts candidates for opportunities forward. Whoever does it, they are checked and scored here by
/// the same arithmetic.
public interface Synthesizer {
  /// What it is given.
  ///
  /// @param brand with pillars and personas
  /// @param evidence the newest first
  record Material(Brand brand, List<EvidenceItem> evidence) {}

  /// A candidate.
  ///
  /// @param pillar one of the brand's
  /// @param evidence the items it stands on, the most fitting first
  record Candidate(String title, String pillar, List<UUID> evidence) {}

  /// Puts candidates forward, outside any transaction. The same material gives the same candidates
  /// if this one is local.
  ///
  /// @return none if nothing in the evidence belongs to a pillar
  List<Candidate> synthesize(Material material);
}
