package dev.imprimatur.engine.tour;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A tour to be made.
///
/// @param expiresAt when its time is over; null for never
/// @param checkpoints in their order
public record NewTour(
    String identifier,
    String site,
    TourType type,
    @Nullable Instant expiresAt,
    List<Point> checkpoints) {
  /// A tour has at most so many checkpoints.
  public static final int MOST_CHECKPOINTS = 2000;

  /// Identifiers, sites and names have at most so many characters.
  public static final int LONGEST_NAME = 200;

  public NewTour {
    checkpoints = List.copyOf(checkpoints);
  }

  /// A checkpoint to be made.
  ///
  /// @param mandatory whether the tour is not complete without it
  public record Point(String name, boolean mandatory) {}
}
