package dev.imprimatur.engine.tour;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A tour as it stands.
///
/// @param identifier what people call it
/// @param site where it goes
/// @param expiresAt when its time is over; null for never
/// @param scan the asset that was scanned when it was begun
/// @param revision rises by one with every change to it or to one of its checkpoints
/// @param modifiedAt when it or one of its checkpoints was last changed, by the database's clock
/// @param modifiedBy who did that
/// @param overdue whether its time was over and it had not ended, when it was read
public record Tour(
    UUID id,
    String identifier,
    String site,
    TourType type,
    TourStatus status,
    @Nullable Instant expiresAt,
    @Nullable String scan,
    Progress progress,
    long revision,
    Instant createdAt,
    Instant modifiedAt,
    String modifiedBy,
    boolean overdue) {

  /// How many checkpoints are done.
  ///
  /// @param checkpoints all there are
  /// @param done those that are COMPLETED
  /// @param mandatory those without which it is not complete
  /// @param mandatoryDone those of them that are COMPLETED
  public record Progress(int checkpoints, int done, int mandatory, int mandatoryDone) {
    /// How many mandatory ones are open.
    public int mandatoryOpen() {
      return mandatory - mandatoryDone;
    }

    /// The share that is done, from 0 to 1.
    public double share() {
      return checkpoints == 0 ? 0 : (double) done / checkpoints;
    }
  }

  /// Whether it has ended.
  public boolean ended() {
    return TransitionTable.terminal(JobKind.TOUR, status);
  }

  /// What its guards look at.
  ///
  /// @param now by the database's clock
  /// @param scanning whether an asset is scanned with the step itself
  TourFacts facts(Instant now, boolean scanning) {
    return new TourFacts(
        scanning || scan != null,
        expiresAt != null && !expiresAt.isAfter(now),
        expiresAt == null ? "" : expiresAt.toString(),
        progress.mandatoryOpen());
  }
}
