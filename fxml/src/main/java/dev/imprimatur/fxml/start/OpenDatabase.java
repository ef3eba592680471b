package dev.imprimatur.fxml.start;

import dev.imprimatur.engine.Engine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An engine over an open database, with a worker where there may be one.
///
/// @param server the database for people, without a password; null for the local one
/// @param me the id under which decisions of whoever is signed in are recorded
/// @param roles as what, by code such as `reviewer`; empty if nothing may be done
/// @param closing ends worker and database, within a bounded time; not for the FX thread
public record OpenDatabase(
    Engine engine, @Nullable String server, String me, List<String> roles, Runnable closing) {
  /// Ends worker and database. Takes as long as running jobs are given; not for the FX thread.
  public void close() {
    closing.run();
  }
}
