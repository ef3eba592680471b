package dev.imprimatur.persistence.dialect;

/// The users within a H2 file. They have no passwords: they part what code may do; the file's
/// permissions keep people out.
public final class H2Users {
  /// Owns the schema; used to migrate.
  public static final String OWNER = "IMPRIMATUR_OWNER";

  /// What a person's decisions run as.
  public static final String APP = "IMPRIMATUR_APP";

  /// What automation runs as.
  public static final String WORKER = "IMPRIMATUR_WORKER";

  private H2Users() {}
}
