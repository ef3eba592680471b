package dev.imprimatur.engine.store;

import java.util.Locale;

/// What keeps a shared database from being worked with. Each has a remedy of its own.
public enum Obstacle {
  /// The address is not one.
  BAD_ADDRESS,
  /// No name server knows the host.
  HOST_NOT_FOUND,
  /// There is no way to the host.
  UNREACHABLE,
  /// The host is there, and nothing listens at the port.
  REFUSED,
  /// Nobody answers in time.
  TIMEOUT,
  /// Something listens that does not speak PostgreSQL's protocol.
  NOT_POSTGRESQL,
  /// TLS is asked for, and the server offers none.
  NO_TLS,
  /// The server's certificate can't be trusted.
  TLS_UNTRUSTED,
  /// The server lets nobody in from here without TLS.
  TLS_REQUIRED,
  /// The server's pg_hba.conf lets this user in from nowhere or not from here.
  NOT_ADMITTED,
  /// The server wants a password, and none was given.
  NO_PASSWORD,
  /// User or password are wrong; the server does not say which.
  WRONG_PASSWORD,
  /// The server has no database of this name.
  NO_DATABASE,
  /// The server has no connection left.
  TOO_MANY_CONNECTIONS,
  /// The server is starting or stopping.
  STARTING,
  /// The server is a read-only copy.
  READ_ONLY,
  /// The server is older than is supported.
  TOO_OLD,
  /// The user has none of Imprimatur's roles.
  NO_ROLE,
  /// The database is empty, and the user may not make the schema.
  EMPTY,
  /// An administrator has to migrate the schema.
  BEHIND,
  /// A migration failed half-way.
  HALF_MIGRATED,
  /// A newer release has migrated the schema.
  NEWER,
  /// Something else; the server's own words say what.
  OTHER;

  /// For programs and texts, such as `host_not_found`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
