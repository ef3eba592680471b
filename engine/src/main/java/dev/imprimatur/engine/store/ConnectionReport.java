package dev.imprimatur.engine.store;

import java.time.Duration;
import java.util.List;

/// What trying to connect to a shared database came to. No part of it holds a password.
public sealed interface ConnectionReport {
  /// Where was tried, as whom.
  ///
  /// @param host as it was named
  /// @param user empty where none was named
  record Where(String host, int port, String database, String user) {}

  /// It can be worked with.
  ///
  /// @param product with its version
  /// @param user who is signed in, as the server knows it
  /// @param roles those of Imprimatur's that the user has, such as `imprimatur_reviewer`
  /// @param schema the newest migration; empty if the database is empty and opening it makes the
  ///   schema
  /// @param tls the protocol, such as `TLSv1.3`; empty if what is sent can be read on its way
  /// @param ahead how far the server's clock is ahead of this machine's
  /// @param pooled whether a pooler shares server connections between transactions
  record Ready(
      Where where,
      String product,
      String user,
      List<String> roles,
      String schema,
      String tls,
      Duration ahead,
      boolean pooled)
      implements ConnectionReport {}

  /// It can't.
  ///
  /// @param found what was found instead of what is wanted, such as a version; may be empty
  /// @param wanted what is wanted instead; may be empty
  /// @param said the words of whoever refused; may be empty
  record Blocked(Obstacle obstacle, Where where, String found, String wanted, String said)
      implements ConnectionReport {}

  /// Somebody called it off.
  record Cancelled() implements ConnectionReport {}
}
