package dev.imprimatur.fxml.start;

/// Which database to open.
public sealed interface Choice {
  /// The user's own, on this machine.
  ///
  /// @param samples whether the sample articles are loaded and evaluated
  record Local(boolean samples) implements Choice {}

  /// A team's.
  ///
  /// @param url without user and password
  /// @param password where it is empty, the environment or the driver's own files may know it
  record Server(String url, String user, Password password) implements Choice {}

  /// The one that was named when the program was started.
  ///
  /// @param name for people, without a password
  /// @param url of a server, without user and password, to begin the form with; empty for a file
  record Named(String name, String url, String user) implements Choice {}
}
