package dev.imprimatur.app.start;

import dev.imprimatur.fxml.start.Choice;
import dev.imprimatur.fxml.start.Password;
import dev.imprimatur.fxml.start.ServerAddress;
import java.util.Optional;

/// Servers from URLs, without what must not be kept.
final class ServerChoices {
  private ServerChoices() {}

  /// A server by its URL, with no password; empty if it is no URL of one.
  ///
  /// @param user where the URL names none
  static Optional<Choice.Server> of(String url, String user) {
    return ServerAddress.parse(url)
        .map(parsed ->
            new Choice.Server(
                parsed.address().url(),
                parsed.user().isEmpty() ? user : parsed.user(),
                Password.NONE));
  }
}
