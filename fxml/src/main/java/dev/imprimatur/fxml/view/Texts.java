package dev.imprimatur.fxml.view;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every text that people read, from the bundle.
public final class Texts {
  private static final Logger LOG = LoggerFactory.getLogger(Texts.class);

  private final ResourceBundle bundle;

  /// @param bundle the texts by key
  public Texts(ResourceBundle bundle) {
    this.bundle = bundle;
  }

  /// The texts of this module.
  public static Texts standard() {
    return new Texts(ResourceBundle.getBundle("dev.imprimatur.fxml.messages", Locale.ENGLISH));
  }

  /// The bundle, for views.
  public ResourceBundle bundle() {
    return bundle;
  }

  /// A text with its values put in.
  ///
  /// @throws java.util.MissingResourceException if there is no such text: a mistake of ours
  public String get(String key, Object... values) {
    String text = bundle.getString(key);
    return values.length == 0 ? text : new MessageFormat(text, Locale.ENGLISH).format(values);
  }

  /// A text that belongs to a code, or the code itself where a newer engine has one that is not
  /// known here.
  public String code(String prefix, String code) {
    String key = prefix + "." + code;
    return has(key) ? bundle.getString(key) : code;
  }

  /// A text that belongs to a code, with its values put in; or the code itself.
  public String code(String prefix, String code, Object... values) {
    String key = prefix + "." + code;
    return has(key) ? get(key, values) : code;
  }

  private boolean has(String key) {
    boolean has = bundle.containsKey(key);
    if (!has) {
      LOG.debug("no words for {}", key);
    }
    return has;
  }
}
