package dev.imprimatur.fxml.notice;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// What was told last, in the one place where the window tells things.
public final class Notices {
  private final ObjectProperty<@Nullable Notice> notice = new SimpleObjectProperty<>();

  /// Tells something; it stays until it is put away or something else is told.
  public void tell(Notice what) {
    notice.set(what);
  }

  /// Puts away what was told.
  public void clear() {
    notice.set(null);
  }

  /// What is told, or null.
  public ObjectProperty<@Nullable Notice> noticeProperty() {
    return notice;
  }
}
