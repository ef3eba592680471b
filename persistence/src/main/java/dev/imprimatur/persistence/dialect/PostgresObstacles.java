package dev.imprimatur.persistence.dialect;

import dev.imprimatur.engine.store.Obstacle;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;

/// Tells what a failed connection means, by what the driver and the server say.
public final class PostgresObstacles {
  private static final Pattern CONF = Pattern.compile("pg_hba\\.conf");
  // The server's words for a connection without TLS, of releases 12 and older and of newer ones.
  private static final Pattern PLAIN = Pattern.compile("no encryption|SSL off");

  private PostgresObstacles() {}

  /// What keeps a connection from being made.
  public static Obstacle of(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String words = SqlStates.line(e);
    if (spoken(e)) {
      return ofServer(state, words);
    }
    if (cause(e, UnknownHostException.class).isPresent()) {
      return Obstacle.HOST_NOT_FOUND;
    }
    if (cause(e, SocketTimeoutException.class).isPresent() || words.contains("timed out")) {
      return Obstacle.TIMEOUT;
    }
    if (cause(e, NoRouteToHostException.class).isPresent()) {
      return Obstacle.UNREACHABLE;
    }
    Optional<ConnectException> unconnected = cause(e, ConnectException.class);
    if (unconnected.isPresent()) {
      return ofSocket(String.valueOf(unconnected.get().getMessage()));
    }
    return ofDriver(e, state, words);
  }

  private static Obstacle ofServer(String state, String words) {
    return switch (state) {
      case "28P01" -> Obstacle.WRONG_PASSWORD;
      case "28000" -> {
        Matcher conf = CONF.matcher(words);
        if (!conf.find()) {
          yield Obstacle.WRONG_PASSWORD;
        }
        yield PLAIN.matcher(words).find() ? Obstacle.TLS_REQUIRED : Obstacle.NOT_ADMITTED;
      }
      case "3D000" -> Obstacle.NO_DATABASE;
      case "53300" -> Obstacle.TOO_MANY_CONNECTIONS;
      case "57P01", "57P02", "57P03" -> Obstacle.STARTING;
      case "25006" -> Obstacle.READ_ONLY;
      case "42501" -> Obstacle.NO_ROLE;
      default -> Obstacle.OTHER;
    };
  }

  private static Obstacle ofSocket(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    if (lower.contains("refused")) {
      return Obstacle.REFUSED;
    }
    return lower.contains("timed out") ? Obstacle.TIMEOUT : Obstacle.UNREACHABLE;
  }

  private static Obstacle ofDriver(SQLException e, String state, String words) {
    // The driver's own words; it has no codes for these.
    if (words.contains("no password was provided") || words.contains("requires a password")) {
      return Obstacle.NO_PASSWORD;
    }
    if (words.contains("does not support SSL")) {
      return Obstacle.NO_TLS;
    }
    Optional<SSLException> tls = cause(e, SSLException.class);
    boolean garbled =
        state.equals("08P01")
            || cause(e, EOFException.class).isPresent()
            || words.contains("Unknown Response Type")
            || tls.filter(t -> String.valueOf(t.getMessage()).contains("SSL message")).isPresent();
    if (garbled) {
      return Obstacle.NOT_POSTGRESQL;
    }
    return tls.isPresent()
            || words.contains("root certificate")
            || words.contains("could not be verified")
        ? Obstacle.TLS_UNTRUSTED
        : Obstacle.OTHER;
  }

  // Whether a PostgreSQL server said it, and not the driver.
  private static boolean spoken(SQLException e) {
    return e instanceof PSQLException p && p.getServerErrorMessage() != null;
  }

  private static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return Optional.of(type.cast(t));
      }
    }
    return Optional.empty();
  }
}
