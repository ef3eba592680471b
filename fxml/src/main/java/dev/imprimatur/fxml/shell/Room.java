package dev.imprimatur.fxml.shell;

import dev.imprimatur.fxml.view.Screen;
import javafx.beans.value.ObservableLongValue;

/// A screen that the navigation leads to. Its text is `nav.<id>`.
///
/// @param screen its controller
/// @param count how many things are in it
/// @param urgent whether these wait for somebody
/// @param admin whether it is an administrator's
public record Room(
    String id,
    Class<? extends Screen> screen,
    ObservableLongValue count,
    boolean urgent,
    boolean admin) {

  /// A reviewer's room.
  public Room(
      String id, Class<? extends Screen> screen, ObservableLongValue count, boolean urgent) {
    this(id, screen, count, urgent, false);
  }
}
