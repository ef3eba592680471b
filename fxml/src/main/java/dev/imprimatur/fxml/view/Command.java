package dev.imprimatur.fxml.view;

import java.util.function.Supplier;

/// Something that can be done at this moment, or that says why not.
///
/// @param id under which it is remembered; the same at every start
/// @param title what it does, for people
/// @param key the key that does the same, for people, or an empty text
/// @param whyNot asked whenever it matters: why it can't be done now, or an empty text
public record Command(
    String id, String title, Kind kind, String key, Supplier<String> whyNot, Runnable run) {

  /// Where it comes from. Its text is `palette.kind.<code>`.
  public enum Kind {
    /// The room in sight.
    HERE,
    /// A way to a room.
    ROOM,
    /// Open everywhere.
    EVERYWHERE,
    ARTICLE,
    ESCALATION,
    BATCH,
    TOUR,
    JOB
  }

  /// One that can always be done.
  public Command(String id, String title, Kind kind, String key, Runnable run) {
    this(id, title, kind, key, () -> "", run);
  }
}
