package dev.imprimatur.fxml.view;

import java.util.UUID;

/// The way from one screen to another.
public interface Navigator {
  /// Shows the queue.
  void openInbox();

  /// Shows one escalation.
  void openDesk(UUID escalation);
}
