package dev.imprimatur.engine.store;

import dev.imprimatur.engine.review.RewriteCycle;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.SuggestionQuery;
import dev.imprimatur.engine.review.SuggestionRow;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Rewrite cycles and the suggestions they end in.
public interface RewriteStore {
  /// Writes a running cycle.
  ///
  /// @throws StoreException.Violated if one of the article is running
  RewriteCycle start(UUID articleId, UUID versionId, int number, String provider, String model);

  Optional<RewriteCycle> cycle(UUID id);

  /// A cycle, its row locked.
  Optional<RewriteCycle> lockCycle(UUID id);

  Optional<RewriteCycle> running(UUID articleId);

  /// How many cycles the article has started.
  int started(UUID articleId);

  List<RewriteCycle> cycles(UUID articleId);

  /// Ends a running cycle.
  ///
  /// @return false if it had ended before, in which case nothing is changed
  boolean close(UUID cycleId, RewriteCycle.Status status, @Nullable String error);

  RewriteSuggestion suggest(RewriteCycle cycle, String title, String body, JsonNode changes);

  Optional<RewriteSuggestion> suggestion(UUID id);

  /// A suggestion, its row locked.
  Optional<RewriteSuggestion> lockSuggestion(UUID id);

  Optional<RewriteSuggestion> suggestionOfCycle(UUID cycleId);

  /// Suggestions whose id, or whose cycle's id, begins so, at most 10.
  List<RewriteSuggestion> suggestionsByIdPrefix(String prefix);

  /// Suggestions, newest first.
  List<RewriteSuggestion> suggestions(RewriteSuggestion.@Nullable Status status, int limit);

  /// The ids of those that match, in the order asked for: what a long list is held as.
  List<UUID> order(SuggestionQuery query);

  /// These, in no particular order; ids that no suggestion has are passed over.
  List<SuggestionRow> rows(Collection<UUID> ids);

  /// How many suggestions are pending.
  long countPending();

  /// Closes a pending suggestion; raises its revision. Who and when are the transaction's.
  void decide(
      UUID id, RewriteSuggestion.Status status, @Nullable String reason, @Nullable String hunks);
}
