package dev.imprimatur.engine.audit;

/// Who acts. On PostgreSQL the database itself says who that is; on local H2 it is the operating
/// system's user.
///
/// @param kind a person or automation
/// @param id the login role, or the operating system's user
public record Actor(Kind kind, String id) {
  /// People decide; automation never does.
  public enum Kind {
    HUMAN,
    AUTOMATION
  }

  /// Whether this is a person.
  public boolean human() {
    return kind == Kind.HUMAN;
  }
}
