package dev.imprimatur.fxml.notice;

import java.util.Locale;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Shows a notice at the head of a screen until it is put away; takes no room while there is none.
public final class NoticeBar extends HBox {
  private final ObjectProperty<@Nullable Notice> notice = new SimpleObjectProperty<>();
  private final StringProperty closeText = new SimpleStringProperty("");
  private final Label headline = new Label();
  private final Label detail = new Label();

  public NoticeBar() {
    getStyleClass().add("notice");
    headline.getStyleClass().add("notice-headline");
    headline.setWrapText(true);
    detail.setWrapText(true);
    var words = new VBox(2, headline, detail);
    words.setAlignment(Pos.CENTER_LEFT);
    HBox.setHgrow(words, Priority.ALWAYS);
    var close = new Button();
    close.textProperty().bind(closeText);
    close.getStyleClass().addAll("small", "flat");
    close.setOnAction(event -> notice.set(null));
    close.setMinWidth(USE_PREF_SIZE);
    getChildren().addAll(words, close);
    notice.addListener((observed, before, now) -> show(now));
    show(null);
  }

  /// What is shown, or null.
  public ObjectProperty<@Nullable Notice> noticeProperty() {
    return notice;
  }

  /// The text of the button that puts a notice away.
  public StringProperty closeTextProperty() {
    return closeText;
  }

  public String getCloseText() {
    return closeText.get();
  }

  public void setCloseText(String text) {
    closeText.set(text);
  }

  private void show(@Nullable Notice now) {
    setVisible(now != null);
    setManaged(now != null);
    getStyleClass().removeIf(c -> c.startsWith("notice-is-"));
    if (now != null) {
      getStyleClass().add("notice-is-" + now.kind().name().toLowerCase(Locale.ROOT));
      headline.setText(now.headline());
      detail.setText(now.detail());
      detail.setVisible(!now.detail().isEmpty());
      detail.setManaged(!now.detail().isEmpty());
      setAccessibleText(now.headline() + " " + now.detail());
    }
  }
}
