package dev.imprimatur.engine.store;

import dev.imprimatur.engine.review.Approval;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Approvals and revocations: rows are added, never changed. Which approval of an article is in
/// force is a row of its own, keyed by the article, so there is never more than one.
public interface ApprovalStore {
  /// Writes an approval that is not yet in force.
  Approval add(
      UUID articleId,
      UUID versionId,
      String contentHash,
      @Nullable String note,
      List<UUID> runs,
      @Nullable String fingerprint);

  /// Puts an approval in force.
  ///
  /// @throws StoreException.Violated if one of the article is
  void enforce(Approval approval);

  /// Writes that an approval is taken back; it is still in force.
  void addRevocation(UUID approvalId, String reason);

  /// Takes the article's approval out of force.
  void lift(UUID articleId);

  Optional<Approval> inForce(UUID articleId);

  /// The article's approvals, newest first.
  List<Approval> history(UUID articleId);
}
