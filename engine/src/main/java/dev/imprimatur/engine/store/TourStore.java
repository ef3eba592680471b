package dev.imprimatur.engine.store;

import dev.imprimatur.engine.tour.Checkpoint;
import dev.imprimatur.engine.tour.CheckpointField;
import dev.imprimatur.engine.tour.FieldChange;
import dev.imprimatur.engine.tour.NewTour;
import dev.imprimatur.engine.tour.Tour;
import dev.imprimatur.engine.tour.TourQuery;
import dev.imprimatur.engine.tour.TourStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tours and their checkpoints. A tour's row lock is the first lock of every transaction that
/// changes anything of it; its checkpoints' come after it, by ascending id.
public interface TourStore {
  /// Writes a tour that nobody has begun, with its checkpoints.
  ///
  /// @param key what makes it the same as another
  /// @throws StoreException.Violated if one with that key is there
  Tour create(NewTour tour, String key);

  Optional<Tour> find(UUID id);

  /// The tour that was made under this key, if it holds others off.
  Optional<Tour> findByKey(String key);

  /// Tours whose id begins so, at most 10.
  List<Tour> findByIdPrefix(String prefix);

  /// Checkpoints whose id begins so, at most 10.
  List<Checkpoint> checkpointsByIdPrefix(String prefix);

  Optional<Checkpoint> checkpoint(UUID id);

  /// A tour's checkpoints, in their order.
  List<Checkpoint> checkpoints(UUID tour);

  /// The ids of those that match, those that were changed last first.
  List<UUID> order(TourQuery query);

  /// These; those that are not there are missing.
  List<Tour> rows(Collection<UUID> ids);

  /// How many have not ended.
  long countOpen();

  /// A tour, its row locked.
  Optional<Tour> lock(UUID id);

  /// These checkpoints of a tour, their rows locked by ascending id; those of others are missing.
  List<Checkpoint> lockCheckpoints(UUID tour, Collection<UUID> ids);

  /// Who changed which field last, by tour or checkpoint.
  Map<UUID, Map<CheckpointField, FieldChange>> lastChanges(Collection<UUID> ids);

  /// Stores a checkpoint whose revision was raised by one. Who changed which of its fields the
  /// database notes itself.
  void save(Checkpoint checkpoint);

  /// Counts a tour's checkpoints anew, raises its revision and stores when it was changed: all that
  /// a change of its checkpoints leaves at the tour.
  ///
  /// @param seen as it was when it was locked
  Tour touch(Tour seen, Instant at);

  /// The same with another status.
  ///
  /// @param scan the asset that was scanned, null for none
  Tour advance(Tour seen, TourStatus status, @Nullable String scan, Instant at);

  /// Tours that are ASSIGNED and whose time is over, by id.
  ///
  /// @param after only those behind this one, or null for all
  List<UUID> expired(Instant now, @Nullable UUID after, int limit);
}
