package dev.imprimatur.fxml.start;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a PostgreSQL database is: its URL, taken apart. User and password are no part of it.
///
/// @param host several with their ports, parted by commas, are kept as they are
/// @param port as it was typed; may be empty
/// @param parameters others than user, passwords and `sslmode`, as `name=value`
public record ServerAddress(
    String host, String port, String database, TlsMode tls, List<String> parameters) {
  private static final Pattern URL =
      Pattern.compile("(?is)^\\s*(?:jdbc:)?postgres(?:ql)?://(.*?)\\s*$");
  private static final Pattern PARAMETERS = Pattern.compile("\\?[A-Za-z][A-Za-z_.]*=");
  private static final Pattern HOST = Pattern.compile("(\\[[^\\]]*\\]|[^:,\\[\\]]*)(?::(\\d*))?");
  private static final Pattern HOSTS = Pattern.compile(HOST + "(?:," + HOST + ")*");

  public ServerAddress {
    parameters = List.copyOf(parameters);
  }

  /// What a URL says.
  ///
  /// @param user empty if it names none
  public record Parsed(ServerAddress address, String user, Password password) {}

  /// Takes a URL apart, in the driver's form or in libpq's. A password that was pasted as it is may
  /// have any sign in it: it ends at the last `@` before the host. What can't be told apart is no
  /// URL, so that no part of a password comes to stand for a host or a database.
  public static Optional<Parsed> parse(String url) {
    Matcher m = URL.matcher(url);
    if (!m.matches()) {
      return Optional.empty();
    }
    String rest = text(m.group(1));
    Matcher named = PARAMETERS.matcher(rest);
    String head = named.find() ? rest.substring(0, named.start()) : rest;
    int at = head.lastIndexOf('@');
    String info = head.substring(0, Math.max(at, 0));
    String place = head.substring(at + 1);
    // Without parameters there may be a question mark all the same.
    int mark = place.indexOf('?');
    String where = mark < 0 ? place : place.substring(0, mark);
    String parameters = rest.substring(Math.min(rest.length(), at + 1 + where.length() + 1));
    int slash = where.indexOf('/');
    String hosts = slash < 0 ? where : where.substring(0, slash);
    String database = slash < 0 ? "" : where.substring(slash + 1);
    if (!HOSTS.matcher(hosts).matches()) {
      return Optional.empty();
    }
    return of(info, hosts, database, parameters);
  }

  private static Optional<Parsed> of(
      String info, String hosts, String database, String parameters) {
    int colon = info.indexOf(':');
    String user = decoded(colon < 0 ? info : info.substring(0, colon));
    String password = colon < 0 ? "" : decoded(info.substring(colon + 1));
    var tls = TlsMode.PREFER;
    List<String> others = new ArrayList<>();
    for (String parameter : parameters.split("&")) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
      switch (name.toLowerCase(Locale.ROOT)) {
        case "user" -> user = value;
        case "password" -> password = value;
        case "sslmode" -> tls = TlsMode.of(value).orElse(TlsMode.PREFER);
        // A key's password is a password too, and has no field here.
        case "", "sslpassword" -> {}
        default -> {
          if (info.isEmpty() && parameter.contains("@")) {
            // Likelier a password in which a question mark stood than a parameter.
            return Optional.empty();
          }
          others.add(parameter);
        }
      }
    }
    Matcher host = HOST.matcher(hosts);
    boolean one = host.matches();
    var address =
        new ServerAddress(
            one ? text(host.group(1)) : hosts,
            one ? text(host.group(2)) : "",
            decoded(database),
            tls,
            others);
    return Optional.of(new Parsed(address, user, Password.of(password)));
  }

  /// The URL in the driver's form.
  public String url() {
    List<String> all = new ArrayList<>();
    if (tls != TlsMode.PREFER) {
      all.add("sslmode=" + tls.code());
    }
    all.addAll(parameters);
    String plain = host.strip();
    boolean bare = plain.contains(":") && !plain.contains(",") && !plain.startsWith("[");
    return "jdbc:postgresql://"
        + (bare ? "[" + plain + "]" : plain)
        + (port.isBlank() ? "" : ":" + port.strip())
        + "/"
        + encoded(database.strip())
        + (all.isEmpty() ? "" : "?" + String.join("&", all));
  }

  /// The port as a number; empty if it is none, and the usual one where none was typed.
  Optional<Integer> portNumber() {
    if (port.isBlank()) {
      return Optional.of(5432);
    }
    try {
      int number = Integer.parseInt(port.strip());
      return number > 0 && number < 65_536 ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String text(@org.jspecify.annotations.Nullable String group) {
    return group == null ? "" : group;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
