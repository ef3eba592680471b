package dev.imprimatur.engine.store;

import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.EscalationQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Escalations. There is no flag on an article: whether one is escalated is asked here.
public interface EscalationStore {
  /// An escalation, and whether this call made it.
  record Raised(Escalation escalation, boolean created) {}

  /// Raises an escalation, or finds the pending one of the same article, version and reason.
  Raised raise(
      UUID articleId,
      UUID versionId,
      Escalation.Reason reason,
      JsonNode details,
      @Nullable UUID runId);

  Optional<Escalation> find(UUID id);

  /// An escalation, its row locked.
  Optional<Escalation> lock(UUID id);

  Optional<Escalation.Row> row(UUID id);

  /// Escalations whose id begins so, at most 10.
  List<Escalation> findByIdPrefix(String prefix);

  /// Escalations, pending first, then oldest first.
  ///
  /// @param status only these, or null for all
  List<Escalation.Row> list(Escalation.@Nullable Status status, int limit);

  /// The ids of those that match, in the order asked for: what a long list is held as.
  List<UUID> order(EscalationQuery query, Instant now);

  /// These, in no particular order; ids that no escalation has are passed over.
  List<Escalation.Row> rows(Collection<UUID> ids);

  /// How many are pending and not snoozed at this time.
  long countWaiting(Instant now);

  List<Escalation> ofVersion(UUID versionId);

  /// The pending ones of a version.
  List<Escalation> pendingOfVersion(UUID versionId);

  /// The pending ones of all of an article's versions, oldest first.
  List<Escalation> pendingOfArticle(UUID articleId);

  /// Whether the article has any pending.
  boolean anyPending(UUID articleId);

  /// Stores who works on it until when, or with nulls that nobody does; raises the revision.
  void setClaim(UUID id, @Nullable String by, @Nullable Instant until);

  /// Escalations whose claim has run out at this time, by id.
  ///
  /// @param after only those behind this one, or null for all
  List<UUID> expiredClaims(Instant now, @Nullable UUID after, int limit);

  /// Takes away a claim that has run out; the revision stays.
  ///
  /// @return false if there is none such, in which case nothing is changed
  boolean takeAwayExpiredClaim(UUID id, Instant now);

  /// Stores until when it is out of sight; raises the revision.
  void snooze(UUID id, @Nullable Instant until);

  /// Closes a pending escalation; raises the revision. Who and when are the transaction's.
  void resolve(UUID id, Escalation.Outcome outcome, String reason);

  void comment(UUID id, String text);

  List<Escalation.Comment> comments(UUID id);
}
