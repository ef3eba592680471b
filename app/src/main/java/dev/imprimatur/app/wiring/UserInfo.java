package dev.imprimatur.app.wiring;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// User and password that stand before the host of a PostgreSQL URL. The driver takes none there:
/// it would look the password up as part of a host name.
///
/// A password may be pasted as it is, with any sign in it, or percent-encoded: it ends at the last
/// `@` before the parameters, which begin at the first `?name=`. What could be read in two ways is
/// read as holding a password, so that no part of one comes to stand for a host.
///
/// @param url without them
/// @param password null where there is none
record UserInfo(String url, String user, @Nullable String password) {
  private static final Pattern URL = Pattern.compile("(?is)^(?:jdbc:)?postgres(?:ql)?://(.*)$");
  private static final Pattern PARAMETERS = Pattern.compile("\\?[A-Za-z][A-Za-z_.]*=");
  private static final Pattern HOST = Pattern.compile("(?:\\[[^\\]]*\\]|[^:,/?\\[\\]]*)(?::\\d*)?");

  /// What the driver takes, and no more: hosts, and a slash.
  private static final Pattern PLACE = Pattern.compile("(?s)" + HOST + "(?:," + HOST + ")*/.*");

  /// Parts a URL; empty if none stands in it.
  static Optional<UserInfo> of(String url) {
    Matcher m = URL.matcher(url);
    if (!m.matches()) {
      return Optional.empty();
    }
    String rest = m.group(1) == null ? "" : m.group(1);
    int at = end(rest);
    if (at < 0) {
      return Optional.empty();
    }
    String info = rest.substring(0, at);
    int colon = info.indexOf(':');
    String user = colon < 0 ? info : info.substring(0, colon);
    if (user.contains("/") || user.contains("?")) {
      // A database or a parameter with an @ in it.
      return Optional.empty();
    }
    return Optional.of(
        new UserInfo(
            "jdbc:postgresql://" + rest.substring(at + 1),
            decoded(user),
            colon < 0 ? null : decoded(info.substring(colon + 1))));
  }

  /// Where user and password end, or -1.
  private static int end(String rest) {
    int parameters = parameters(rest, 0);
    int at = rest.substring(0, parameters).lastIndexOf('@');
    if (at >= 0 || PLACE.matcher(rest.substring(0, parameters)).matches()) {
      return at;
    }
    // What looked like parameters is of a password: before them stands no host.
    int first = rest.indexOf('@', parameters);
    return first < 0 ? -1 : rest.substring(0, parameters(rest, first)).lastIndexOf('@');
  }

  private static int parameters(String rest, int from) {
    Matcher named = PARAMETERS.matcher(rest);
    return named.find(from) ? named.start() : rest.length();
  }

  // A percent sign that encodes nothing stands for itself.
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
