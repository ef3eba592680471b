package dev.imprimatur.engine.store;

import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchQuery;
import dev.imprimatur.engine.assessment.BatchText;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.Estimate;
import dev.imprimatur.engine.assessment.Grading;
import dev.imprimatur.engine.assessment.Scale;
import dev.imprimatur.engine.assessment.StuckBatches;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Batches, their texts, comparisons and results. A batch's row lock is the first lock of every
/// transaction that changes anything of it.
public interface BatchStore {
  /// Whether whoever is signed in may decide on batches.
  boolean mayDecide();

  /// Writes a batch that is at its beginning, with its texts.
  ///
  /// @throws StoreException.Violated if a batch with its client request id is there
  ///
  /// @param grades all there are in it, the lowest first; may be empty
  Batch create(Batch.Terms terms, List<BatchText> texts, List<String> grades);

  Optional<Batch> find(UUID id);

  /// The batch that was made under this key.
  Optional<Batch> findByClientRequest(String clientRequestId);

  /// Batches whose id begins so, at most 10.
  List<Batch> findByIdPrefix(String prefix);

  /// Batches, newest first.
  ///
  /// @param open only those that have not ended
  List<Batch> list(boolean open, int limit);

  /// The ids of those that match, newest first.
  List<UUID> order(BatchQuery query);

  /// These; those that are not there are missing.
  List<Batch> rows(Collection<UUID> ids);

  /// How many have not ended.
  long countOpen();

  /// A batch, its row locked.
  Optional<Batch> lock(UUID id);

  /// A batch, its row locked, unless another holds it.
  Optional<Batch> lockFree(UUID id);

  /// Stores how far a batch has come, whose row is locked.
  ///
  /// @return false if it had ended, in which case nothing is changed
  boolean save(Batch batch);

  /// Batches that wait for answers and have as many as they need, by id.
  ///
  /// @param after only those behind this one, or null for all
  List<UUID> answered(@Nullable UUID after, int limit);

  /// Batches that have not ended and in which nothing has moved since, by id.
  ///
  /// @param after only those behind this one, or null for all
  List<UUID> stuck(Instant since, @Nullable UUID after, int limit);

  /// How many batches have not ended, and have not moved since.
  long countStuck(Instant since);

  /// The batches to look after, those that moved least lately first; what has ended, latest first.
  ///
  /// @param since when nothing may have moved for a batch to be stuck
  List<UUID> lookedAfter(StuckBatches.Show show, Instant since);

  /// These batches; those that are no longer there are missing.
  List<Batch> findAll(Collection<UUID> ids);

  /// A batch's texts without their bodies, in their order.
  List<BatchText.Head> texts(UUID batch);

  Optional<BatchText> text(UUID batch, UUID text);

  /// Writes pairs that are sent to a judge, numbered on from those there are.
  List<Comparison> send(UUID batch, String judge, List<Comparison.Pair> pairs);

  Optional<Comparison> comparison(UUID correlationId);

  /// All of a batch's comparisons, by number.
  List<Comparison> comparisons(UUID batch);

  /// Those of a batch that have no answer, by number.
  List<Comparison> outstanding(UUID batch);

  /// Records an answer, signed and stamped by the transaction.
  ///
  /// @param late whether it is not to be counted
  /// @return false if there is one already, in which case nothing is changed
  boolean answer(
      UUID correlationId, Comparison.Answer answer, @Nullable BigDecimal confidence, boolean late);

  /// Counts outstanding comparisons as asked about once more.
  ///
  /// @return these, as they are now
  List<Comparison> sendAgain(UUID batch, Collection<UUID> correlationIds);

  /// Gives one outstanding pair of a batch with judges outside to a judge: the one that was waiting
  /// longest, and none that another was given within the lease. Its row is locked.
  Optional<Comparison> give(String judge, Duration lease);

  Optional<Estimate> estimate(UUID batch);

  /// Replaces the latest estimate.
  void storeEstimate(UUID batch, Estimate estimate);

  /// Writes a batch's ranking.
  ///
  /// @param chances of each grade, the lowest first, by text; empty where none were projected
  /// @throws StoreException.Violated if it has one
  void storeResults(UUID batch, List<Scale.Place> places, Map<UUID, List<Double>> chances);

  /// The grades there are in a batch, the lowest first.
  List<String> grades(UUID batch);

  /// Writes where grades begin, or why that can't be said. The chances are with the ranking.
  ///
  /// @throws StoreException.Violated if that is written
  void storeGrading(UUID batch, Grading grading);

  /// What a batch's grading came to, if it was to have one and has been ranked.
  Optional<Grading> grading(UUID batch);

  /// A batch's ranking, best first.
  List<Scale.Place> results(UUID batch);

  /// Charges a batch for what it used.
  ///
  /// @return false if it was charged before, in which case nothing is changed
  boolean charge(UUID batch, UUID event, String workspace, int credits);

  /// What a batch was charged.
  Optional<Integer> charged(UUID batch);
}
