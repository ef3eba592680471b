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

  /// How many are of a time later than this.
  long countAfter(UUID brand, Instant until);

  /// When the newest is of that is not of a time later than this.
  Optional<Instant> newest(UUID brand, Instant until);

  /// Those that are of no time before and none after these two, the newest first.
  List<EvidenceItem> recent(UUID brand, Instant since, Instant until, int limit);
}
