package dev.imprimatur.app.start;

import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.setting.Settings;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.fxml.start.Opening;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What went wrong with an opening, in words and with details to copy.
final class Troubles {
  private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

  private Troubles() {}

  /// @param secret what must not be in them; may be empty
  static Opening.Failed failed(RuntimeException e, String secret) {
    String message = String.valueOf(e.getMessage()).strip();
    boolean expected =
        switch (e) {
          case Trouble t -> true;
          case Settings.InvalidSetting s -> true;
          case StoreException.Unexpected u -> false;
          case StoreException s -> true;
          default -> false;
        };
    if (!expected) {
      LOG.error("a database could not be opened", e);
    }
    var written = new StringWriter();
    e.printStackTrace(new PrintWriter(written));
    String details = written.toString();
    return new Opening.Failed(capital(without(message, secret)), without(details, secret));
  }

  private static String without(String text, String secret) {
    return secret.isEmpty() ? text : text.replace(secret, "***");
  }

  private static String capital(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
