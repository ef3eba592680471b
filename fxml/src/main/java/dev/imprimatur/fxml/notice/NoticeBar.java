package dev.imprimatur.fxml.notice;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import javafx.animation.PauseTransition;
import javafx.beans.NamedArg;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Shows a notice at the head of the window until it is put away; takes no room while there is
/// none.
public final class NoticeBar extends HBox {
  private final ObjectProperty<@Nullable Notice> notice = new SimpleObjectProperty<>();
  private final Label headline = new Label();
  private final Label detail = new Label();
  private final HBox sides = new HBox(12);
  // That something went well need not be put away by hand; everything else stays until it is.
  private final PauseTransition fading = new PauseTransition(Duration.seconds(12));
  private final String mine;
  private final String theirs;

  /// @param texts for the button and the heads of what is set side by side
  public NoticeBar(@NamedArg("texts") ResourceBundle texts) {
    mine = texts.getString("clash.mine");
    theirs = texts.getString("clash.theirs");
    getStyleClass().add("notice");
    headline.getStyleClass().add("notice-headline");
    headline.setWrapText(true);
    detail.setWrapText(true);
    var words = new VBox(4, headline, sides, detail);
    words.setAlignment(Pos.CENTER_LEFT);
    HBox.setHgrow(words, Priority.ALWAYS);
    var close = new Button(texts.getString("notice.close"));
    close.setId("notice-close");
    close.getStyleClass().addAll("small", "flat");
    close.setOnAction(event -> notice.set(null));
    close.setMinWidth(USE_PREF_SIZE);
    getChildren().addAll(words, close);
    // Screen readers tell what appears here.
    setAccessibleRole(AccessibleRole.TEXT);
    fading.setOnFinished(event -> notice.set(null));
    notice.addListener((observed, before, now) -> show(now));
    show(null);
  }

  /// What is shown, or null.
  public ObjectProperty<@Nullable Notice> noticeProperty() {
    return notice;
  }

  private void show(@Nullable Notice now) {
    fading.stop();
    if (now != null && now.kind() == Notice.Kind.DONE) {
      fading.playFromStart();
    }
    setVisible(now != null);
    setManaged(now != null);
    getStyleClass().removeIf(c -> c.startsWith("notice-is-"));
    if (now == null) {
      return;
    }
    getStyleClass().add("notice-is-" + now.kind().name().toLowerCase(Locale.ROOT));
    headline.setText(now.headline());
    appear(detail, !now.detail().isEmpty());
    detail.setText(now.detail());
    boolean clash = !now.mine().isEmpty();
    appear(sides, clash);
    sides.getChildren().clear();
    if (clash) {
      sides.getChildren().addAll(side(mine, now.mine()), side(theirs, now.theirs()));
    }
    setAccessibleText(
        String.join(
            " ",
            List.of(
                now.headline(),
                String.join(" ", now.mine()),
                String.join(" ", now.theirs()),
                now.detail())));
  }

  private static VBox side(String head, List<String> lines) {
    var title = new Label(head);
    title.getStyleClass().add("notice-side-head");
    var side = new VBox(2, title);
    side.getStyleClass().add("notice-side");
    for (String line : lines) {
      var label = new Label(line);
      label.setWrapText(true);
      side.getChildren().add(label);
    }
    HBox.setHgrow(side, Priority.ALWAYS);
    side.setPrefWidth(320);
    side.setMaxWidth(460);
    return side;
  }

  private static void appear(javafx.scene.Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }
}
