package dev.imprimatur.fxml.start;

/// What the window does first.
public sealed interface Beginning {
  /// It asks.
  ///
  /// @param localThere whether there is a local database already
  record Ask(boolean localThere) implements Beginning {}

  /// It opens a database.
  record Open(Choice choice, boolean localThere) implements Beginning {}

  /// It asks for what can't be remembered: the password.
  ///
  /// @param url without user and password
  record Fill(String url, String user, boolean localThere) implements Beginning {}
}
