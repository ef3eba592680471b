package dev.imprimatur.engine.store;

import dev.imprimatur.engine.board.EvidenceItem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What was seen of brands' worlds: added and read, never changed.
public interface EvidenceStore {
  /// Adds those that are not known, in one round trip.
  ///
  /// @return for each whether it is new
  List<Boolean> add(UUID brand, List<EvidenceItem.Draft> items);

  /// How many there are of a brand.
  long count(UUID brand);

  /// When the newest is of.
  Optional<Instant> newest(UUID brand);

  /// Those that are of this time or later, the newest first.
  List<EvidenceItem> recent(UUID brand, Instant since, int limit);
}
