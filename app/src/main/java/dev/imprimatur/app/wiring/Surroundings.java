package dev.imprimatur.app.wiring;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/// What a process finds around itself, so that tests can put something else there.
///
/// @param environment the environment variables
/// @param userHome the user's home folder
/// @param person the operating system's user, who signs on a local database
/// @param columns the width of the terminal that results go to; 0 if they do not go to one
/// @param progress whether progress may be drawn on standard error, because it is a terminal
public record Surroundings(
    Map<String, String> environment,
    Path userHome,
    String person,
    PrintStream out,
    PrintStream err,
    int columns,
    boolean progress) {

  /// What this process finds. The launcher says what only a shell can know of the terminal.
  public static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(),
        Path.of(System.getProperty("user.home", ".")),
        System.getProperty("user.name", "unknown"),
        System.out,
        System.err,
        Integer.getInteger("imprimatur.columns", 0),
        Boolean.getBoolean("imprimatur.progress"));
  }
}
