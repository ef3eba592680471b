package dev.imprimatur.fxml.palette;

import dev.imprimatur.fxml.view.Command;
import java.util.List;
import java.util.UUID;

/// Something in the database that one can jump to.
///
/// @param title for people
public record Found(Command.Kind kind, UUID id, String title) {
  /// Looks into the database.
  @FunctionalInterface
  public interface Finder {
    /// Not on the FX thread.
    ///
    /// @param words at least two letters
    /// @return a few of each kind, the newest first
    List<Found> find(String words) throws Exception;
  }

  /// Under what it is remembered.
  String key() {
    return kind.name() + ":" + id;
  }
}
