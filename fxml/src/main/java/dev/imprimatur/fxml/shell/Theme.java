package dev.imprimatur.fxml.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import javafx.application.Application;

/// Light or dark.
public enum Theme {
  LIGHT,
  DARK;

  /// The other.
  public Theme other() {
    return this == LIGHT ? DARK : LIGHT;
  }

  /// Dresses every window of the process.
  public void apply() {
    Application.setUserAgentStylesheet(
        this == LIGHT
            ? new PrimerLight().getUserAgentStylesheet()
            : new PrimerDark().getUserAgentStylesheet());
  }
}
