package dev.imprimatur.app.wiring;

import dev.imprimatur.persistence.DatabaseConfig;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which database to open, as whom. A password comes from the URL or the environment and goes
/// nowhere but to the driver.
public final class DatabaseChoice {
  private static final int CONNECTIONS = 8;
  private static final Pattern LIBPQ = Pattern.compile("(?i)^postgres(?:ql)?://");

  private DatabaseChoice() {}

  /// The configuration for what the user named.
  ///
  /// @param url as given, or null for the user's own local database, whose folder is made if it is
  ///   not there
  /// @throws Trouble if that folder can't be made or written, or the URL is of another kind
  public static DatabaseConfig of(@Nullable String url, Surroundings around, Home home) {
    Map<String, String> environment = around.environment();
    if (url == null) {
      home.makeData();
      return new DatabaseConfig(home.databaseUrl(), null, null, around.person(), CONNECTIONS);
    }
    String given = driverForm(url.strip());
    String lower = given.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("jdbc:h2:") && !lower.startsWith("jdbc:postgresql:")) {
      String safe = new DatabaseConfig(url, null, null, "", 1).safeUrl();
      throw Trouble.input(
          "usage",
          "--db '" + safe + "' is no database that is known; name jdbc:h2:… or jdbc:postgresql:…");
    }
    String user = environment.get("IMPRIMATUR_DB_USER");
    String password = password(environment);
    Optional<UserInfo> info = UserInfo.of(given);
    if (info.isPresent()) {
      String inInfo = info.get().password();
      return new DatabaseConfig(
          info.get().url(),
          info.get().user(),
          inInfo == null ? password : inInfo,
          around.person(),
          CONNECTIONS);
    }
    boolean inUrl = given.matches("(?is).*[?&;]password=.*");
    boolean userInUrl = given.matches("(?is).*[?&;]user=.*");
    return new DatabaseConfig(
        given, userInUrl ? null : user, inUrl ? null : password, around.person(), CONNECTIONS);
  }

  // As libpq's tools write it.
  private static String driverForm(String url) {
    return LIBPQ.matcher(url).replaceFirst("jdbc:postgresql://");
  }

  /// The configuration for a server that was chosen in the window.
  ///
  /// @param url without user and password
  /// @param password where it is empty, the environment's is taken
  public static DatabaseConfig of(String url, String user, String password, Surroundings around) {
    return new DatabaseConfig(
        url,
        user,
        password.isEmpty() ? password(around.environment()) : password,
        around.person(),
        CONNECTIONS);
  }

  /// The password that the environment knows, or null.
  public static @Nullable String password(Map<String, String> environment) {
    String ours = environment.get("IMPRIMATUR_DB_PASSWORD");
    return ours != null ? ours : environment.get("PGPASSWORD");
  }
}
