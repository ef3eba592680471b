package dev.imprimatur.app.wiring;

import dev.imprimatur.persistence.DatabaseConfig;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which database to open, as whom. A password comes from the URL or the environment and goes
/// nowhere but to the driver.
public final class DatabaseChoice {
  private static final int CONNECTIONS = 8;
  private static final Pattern USER_INFO =
      Pattern.compile("(?i)^(jdbc:postgresql://)([^/?#]*)@(.*)$");

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
    String lower = url.strip().toLowerCase(Locale.ROOT);
    if (!lower.startsWith("jdbc:h2:") && !lower.startsWith("jdbc:postgresql:")) {
      String safe = new DatabaseConfig(url, null, null, "", 1).safeUrl();
      throw Trouble.input(
          "usage",
          "--db '" + safe + "' is no database that is known; name jdbc:h2:… or jdbc:postgresql:…");
    }
    String user = environment.get("IMPRIMATUR_DB_USER");
    String password = password(environment);
    // The driver takes no user before the host: it would look the password up as part of a host
    // name.
    Matcher m = USER_INFO.matcher(url.strip());
    if (m.matches()) {
      String info = m.group(2);
      int colon = info.indexOf(':');
      return new DatabaseConfig(
          m.group(1) + m.group(3),
          colon < 0 ? info : info.substring(0, colon),
          colon < 0 ? password : info.substring(colon + 1),
          around.person(),
          CONNECTIONS);
    }
    boolean inUrl = url.matches("(?is).*[?&;]password=.*");
    boolean userInUrl = url.matches("(?is).*[?&;]user=.*");
    return new DatabaseConfig(
        url.strip(),
        userInUrl ? null : user,
        inUrl ? null : password,
        around.person(),
        CONNECTIONS);
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
