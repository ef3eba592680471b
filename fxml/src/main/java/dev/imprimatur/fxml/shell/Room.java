package dev.imprimatur.fxml.shell;

import dev.imprimatur.fxml.view.Screen;
import javafx.beans.value.ObservableLongValue;

/// A screen that the navigation leads to. Its text is `nav.<id>`.
///
/// @param screen its controller
/// @param count how many things are in it
/// @param urgent whether these wait for somebody
public record Room(
    Group group,
    String id,
    Class<? extends Screen> screen,
    ObservableLongValue count,
    boolean urgent) {

  /// Under which head it stands. Its text is `nav.<code>`.
  public enum Group {
    REVIEW,
    ADMIN
  }

  /// A room of the reviewers.
  public Room(
      String id, Class<? extends Screen> screen, ObservableLongValue count, boolean urgent) {
    this(Group.REVIEW, id, screen, count, urgent);
  }
}
