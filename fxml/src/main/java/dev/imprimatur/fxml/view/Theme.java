package dev.imprimatur.fxml.view;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.Locale;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;

/// Light, dark, or whichever the system is.
public enum Theme {
  SYSTEM,
  LIGHT,
  DARK;

  /// The theme of a code, or the system's.
  public static Theme of(String code) {
    for (Theme theme : values()) {
      if (theme.code().equals(code)) {
        return theme;
      }
    }
    return SYSTEM;
  }

  /// How it is kept.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The next to choose.
  public Theme next() {
    return values()[(ordinal() + 1) % values().length];
  }

  /// Dresses every window of the process.
  public void apply() {
    boolean dark =
        this == DARK
            || (this == SYSTEM && Platform.getPreferences().getColorScheme() == ColorScheme.DARK);
    Application.setUserAgentStylesheet(
        dark
            ? new PrimerDark().getUserAgentStylesheet()
            : new PrimerLight().getUserAgentStylesheet());
  }
}
