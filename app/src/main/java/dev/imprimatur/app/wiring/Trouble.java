package dev.imprimatur.app.wiring;

/// Why a command can't go on: one line for people, a code for programs, and the exit status.
public final class Trouble extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// The exit status of bad usage or input.
  public static final int INPUT = 2;

  /// The exit status where the database or a provider is out of reach.
  public static final int OUT_OF_REACH = 3;

  private final int status;
  private final String code;

  private Trouble(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /// Bad usage or input.
  ///
  /// @param message what is wrong with what, and how to mend it, on one line
  public static Trouble input(String code, String message) {
    return new Trouble(INPUT, code, message);
  }

  /// Something the command stands on is out of reach.
  public static Trouble outOfReach(String code, String message) {
    return new Trouble(OUT_OF_REACH, code, message);
  }

  /// The exit status.
  public int status() {
    return status;
  }

  /// For programs.
  public String code() {
    return code;
  }

  /// The one line.
  public String line() {
    return String.valueOf(getMessage());
  }
}
