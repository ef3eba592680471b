package dev.imprimatur.engine.tour;

import java.time.Instant;

/// Two have changed the same field to different values.
///
/// @param of whose field
/// @param mine what is wanted
/// @param theirs what it is now
/// @param by who changed it meanwhile
/// @param at when, by the database's clock
/// @param revision that tour or checkpoint has now; a change that names it goes over theirs
public record FieldConflict(
    InvalidTransition.Of of,
    CheckpointField field,
    String mine,
    String theirs,
    String by,
    Instant at,
    long revision) {
  /// One sentence for people, with both values.
  public String message() {
    return of.told()
        + ": "
        + field.name().toLowerCase(java.util.Locale.ROOT)
        + " is to be '"
        + mine
        + "', but "
        + by
        + " made it '"
        + theirs
        + "' at "
        + at;
  }
}
