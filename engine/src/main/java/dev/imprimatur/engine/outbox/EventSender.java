package dev.imprimatur.engine.outbox;

import java.io.IOException;

/// Hands events to something outside the database, at least once each: a process that dies between
/// sending and the acknowledgement sends the same event, with the same id, again.
public non-sealed interface EventSender extends Subscriber {
  /// Sends one event, outside any transaction. When it returns, the receiver has it for good.
  ///
  /// @throws IOException saying what failed, where, and how it may be mended
  void send(OutboxEvent event) throws IOException;
}
