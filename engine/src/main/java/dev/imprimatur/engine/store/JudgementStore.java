package dev.imprimatur.engine.store;

import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.engine.assessment.Judgement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What people do with pairs in the console: whom a pair is kept for, what was answered, skipped
/// and taken back. Whoever acts is meant where nobody is named.
public interface JudgementStore {
  /// Keeps a pair for whoever acts: one that is kept for them already; else one that is free,
  /// skipped ones last, in a batch they have begun before others. Its row is locked.
  ///
  /// @param batch only of this one, or null for any that people judge
  /// @param except not these
  Optional<Comparison> give(@Nullable UUID batch, Set<UUID> except, Duration lease);

  /// Keeps pairs for longer that are kept for whoever acts, or that nobody else has got since.
  ///
  /// @return those
  Set<UUID> renew(Collection<UUID> correlationIds);

  /// Says that whoever acts is the judge of an outstanding pair.
  void sign(UUID correlationId);

  /// Stores how a pair was answered, signed and stamped by the transaction.
  ///
  /// @throws StoreException.Violated if an answer to it stands
  void store(Judgement judgement);

  Optional<Judgement> find(UUID correlationId);

  /// The last thing somebody answered, whether it stands or not.
  Optional<Judgement> last(String by);

  /// Marks a judgement as taken back.
  ///
  /// @return false if it was, in which case nothing is changed
  boolean withdraw(UUID correlationId);

  /// Opens a pair again whose answer was taken back, under another correlation id, and keeps it for
  /// whoever acts.
  void reopen(UUID correlationId, UUID fresh);

  /// How many answers of a batch were taken back.
  int withdrawals(UUID batch);

  /// Stores that a pair was skipped.
  ///
  /// @param request a repeat under the same id changes nothing
  /// @return false if it is a repeat
  boolean skip(UUID request, Comparison pair, @Nullable String reason);

  /// Lets a pair go that is kept for whoever acts.
  void release(UUID correlationId);

  /// A batch's judgements in their order.
  List<Judgement> judgements(UUID batch);

  /// How often pairs of a batch were skipped.
  List<Skips> skips(UUID batch);

  /// How often somebody skipped.
  record Skips(String by, int count) {}

  /// How the outstanding pairs of a batch are spread, for whoever acts.
  ///
  /// @param free kept for nobody else
  /// @param out kept for others
  /// @param nextFree when the first of these is free again; null where none is out
  record Spread(int free, int out, @Nullable Instant nextFree) {}

  Spread spread(UUID batch, Duration lease);

  /// Batches that people judge and that wait for answers: those that whoever acts has begun first.
  List<UUID> open();

  /// How many pairs wait for people.
  long countWaiting();
}
