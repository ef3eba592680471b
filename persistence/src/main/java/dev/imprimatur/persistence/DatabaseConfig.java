package dev.imprimatur.persistence;

import org.jspecify.annotations.Nullable;

/// Which database to open, and as whom.
///
/// @param url `jdbc:h2:…` or `jdbc:postgresql:…`
/// @param user the login role on PostgreSQL; null where the URL names it; not used on H2
/// @param password for the login role; null where the URL holds it or none is needed
/// @param person who signs on H2, which has no logins: the operating system's user
/// @param connections at most for each of people and automation
public record DatabaseConfig(
    String url, @Nullable String user, @Nullable String password, String person, int connections) {

  /// A database with what its URL says.
  public static DatabaseConfig of(String url, String person) {
    return new DatabaseConfig(url, null, null, person, 8);
  }

  /// Without the password.
  @Override
  public String toString() {
    return "DatabaseConfig[" + safeUrl() + ", user=" + user + "]";
  }

  /// The URL without a password, for messages.
  public String safeUrl() {
    return url.replaceAll("(?i)(password=)[^&;]*", "$1***")
        .replaceAll("//([^:/@]*):.*@", "//$1:***@");
  }
}
