package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.Engine;
import dev.imprimatur.gateway.Gateway;
import dev.imprimatur.gateway.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options with which a worker serves the gateway.
final class ServeGateway {
  /// The environment variable that has the keystore's password. No setting: those are listed.
  static final String PASSWORD = "IMPRIMATUR_KEYSTORE_PASSWORD";

  @Option(
      names = "--gateway",
      paramLabel = "HOST:PORT",
      description = "Serve the WebSocket gateway there, such as 127.0.0.1:8787.")
  private @Nullable String address;

  @Option(
      names = "--gateway-keystore",
      paramLabel = "FILE",
      description = "A PKCS12 keystore for TLS; needed where others can reach the address.")
  private @Nullable Path keystore;

  @Option(
      names = "--gateway-keystore-password-file",
      paramLabel = "FILE",
      description =
          "A file whose first line is the keystore's password; else IMPRIMATUR_KEYSTORE_PASSWORD.")
  private @Nullable Path passwordFile;

  boolean asked() {
    return address != null;
  }

  /// Checks what was asked for, before anything is opened.
  void check() {
    if (address == null && (keystore != null || passwordFile != null)) {
      throw Trouble.input("usage", "worker: --gateway-keystore needs --gateway");
    }
    if (address != null) {
      hostAndPort(address);
    }
  }

  /// Opens the gateway that was asked for.
  Optional<Gateway> open(Engine engine, Map<String, String> environment) {
    if (address == null) {
      return Optional.empty();
    }
    InetSocketAddress where = hostAndPort(address);
    Optional<SSLContext> tls =
        keystore == null ? Optional.empty() : Optional.of(tls(keystore, environment));
    var options = new Gateway.Options(where, tls, Limits.of(engine.settings()), engine.judgeDesk());
    try {
      return Optional.of(Gateway.open(engine, options));
    } catch (IllegalArgumentException e) {
      throw Trouble.input(
          "gateway_needs_tls",
          "worker: --gateway " + address + ": " + e.getMessage() + " (--gateway-keystore FILE)");
    } catch (IOException e) {
      throw Trouble.outOfReach(
          "gateway_address",
          "worker: --gateway "
              + address
              + ": "
              + e.getMessage()
              + "; name an address of this machine and a port that is free");
    }
  }

  private static InetSocketAddress hostAndPort(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (host.isEmpty() || port < 0 || port > 65_535) {
        throw new NumberFormatException();
      }
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (NumberFormatException e) {
      throw Trouble.input(
          "usage", "worker: --gateway must be HOST:PORT, such as 127.0.0.1:8787, not " + text);
    } catch (UnknownHostException e) {
      throw Trouble.input("usage", "worker: --gateway " + text + ": there is no such host");
    }
  }

  private SSLContext tls(Path file, Map<String, String> environment) {
    char[] password = password(environment);
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw Trouble.input(
          "gateway_keystore",
          "worker: --gateway-keystore "
              + file
              + " can't be read as PKCS12: "
              + e.getMessage()
              + "; check the file and its password");
    } finally {
      Arrays.fill(password, ' ');
    }
  }

  private char[] password(Map<String, String> environment) {
    if (passwordFile != null) {
      try (var lines = Files.lines(passwordFile)) {
        return lines.findFirst().orElse("").toCharArray();
      } catch (IOException | java.io.UncheckedIOException e) {
        throw Trouble.input(
            "gateway_keystore",
            "worker: --gateway-keystore-password-file " + passwordFile + " can't be read");
      }
    }
    String password = environment.get(PASSWORD);
    if (password == null) {
      throw Trouble.input(
          "gateway_keystore",
          "worker: --gateway-keystore needs a password, in "
              + PASSWORD
              + " or --gateway-keystore-password-file");
    }
    return password.toCharArray();
  }
}
