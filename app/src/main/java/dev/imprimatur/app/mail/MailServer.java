package dev.imprimatur.app.mail;

import dev.imprimatur.engine.setting.Keys;
import dev.imprimatur.engine.setting.Settings;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where notices are mailed, from whom, to whom.
///
/// @param tls whether the connection is encrypted from its first byte (`smtps`)
/// @param user to sign in as, or null for a server that asks for none
/// @param password of that user, or null
public record MailServer(
    String host,
    int port,
    boolean tls,
    @Nullable String user,
    @Nullable String password,
    String from,
    List<String> to) {

  /// The server that settings name, or empty where mail is not set.
  ///
  /// @throws IllegalArgumentException if they name it wrongly; the message holds no password
  public static Optional<MailServer> of(Settings settings) {
    String url = settings.get(Keys.MAIL_URL);
    if (url.isBlank()) {
      return Optional.empty();
    }
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw wrong("is no URL");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("smtps");
    if (!tls && !scheme.equals("smtp")) {
      throw wrong("must begin with smtp:// or smtps://");
    }
    if (uri.getHost() == null) {
      throw wrong("names no host");
    }
    List<String> to = settings.get(Keys.MAIL_TO);
    if (to.isEmpty()) {
      throw new IllegalArgumentException("setting mail.to: names nobody, but mail.smtp-url is set");
    }
    String info = uri.getUserInfo();
    int colon = info == null ? -1 : info.indexOf(':');
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? 465 : 25;
    return Optional.of(
        new MailServer(
            uri.getHost(),
            port,
            tls,
            info == null ? null : colon < 0 ? info : info.substring(0, colon),
            info == null || colon < 0 ? null : info.substring(colon + 1),
            settings.get(Keys.MAIL_FROM),
            to));
  }

  /// The server without its password.
  @Override
  public String toString() {
    return host + ":" + port;
  }

  private static IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException(
        "setting mail.smtp-url: " + why + "; write smtp://host:port or smtps://host:port");
  }
}
