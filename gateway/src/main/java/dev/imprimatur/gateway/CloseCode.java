package dev.imprimatur.gateway;

/// The codes with which the gateway closes connections, beside those of the WebSocket protocol.
public final class CloseCode {
  /// The gateway stops.
  public static final int GOING_AWAY = 1001;

  /// Something else than text was sent.
  public static final int TEXT_ONLY = 1003;

  /// A message was too large.
  public static final int TOO_BIG = 1009;

  /// Something is wrong here, and has been logged.
  public static final int INTERNAL = 1011;

  /// Too many are connected, or the database is out of reach: try again later.
  public static final int TRY_LATER = 1013;

  /// No hello in time, a wrong token, or one that was revoked.
  public static final int NOT_LET_IN = 4401;

  /// A web page of an origin that is not allowed.
  public static final int ORIGIN = 4403;

  /// Two pings went unanswered.
  public static final int NO_ANSWER = 4408;

  /// A newer connection gets this subscriber's events.
  public static final int REPLACED = 4409;

  /// It does not read what it is sent.
  public static final int TOO_SLOW = 4413;

  /// It sent too much at a time.
  public static final int FLOOD = 4429;

  private CloseCode() {}
}
