package dev.imprimatur.fxml.desk;

import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import java.util.List;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What happened, who did it and when, on a line of dots.
final class MomentCell extends ListCell<Moment> {
  private static final double MARGIN = 56;

  private final Texts texts;
  private final DecisionWords words;
  private final Text what = new Text();
  private final Text by = new Text();
  private final Text reason = new Text();
  private final Region dot = new Region();
  private final HBox line;

  MomentCell(ListView<Moment> list, Texts texts, DecisionWords words) {
    this.texts = texts;
    this.words = words;
    what.getStyleClass().addAll("paragraph", "moment-what");
    by.getStyleClass().add("moment-by");
    reason.getStyleClass().add("paragraph");
    for (Text text : List.of(what, by, reason)) {
      text.wrappingWidthProperty().bind(list.widthProperty().subtract(MARGIN));
    }
    dot.getStyleClass().add("moment-dot");
    dot.setMinSize(9, 9);
    dot.setMaxSize(9, 9);
    line = new HBox(12, dot, new VBox(1, what, by, reason));
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
  }

  @Override
  protected void updateItem(@Nullable Moment item, boolean empty) {
    super.updateItem(item, empty);
    if (item == null || empty) {
      setGraphic(null);
      setText(null);
      return;
    }
    what.setText(sentence(item));
    by.setText(
        texts.get(
            item.human() ? "desk.comment.by" : "moment.by-automation",
            item.by(),
            words.time(item.at())));
    String why = item.reason() == null ? "" : item.reason();
    reason.setText(why.isEmpty() ? "" : texts.get("clash.reason", why));
    reason.setVisible(!why.isEmpty());
    reason.setManaged(!why.isEmpty());
    dot.getStyleClass().remove("moment-human");
    if (item.human()) {
      dot.getStyleClass().add("moment-human");
    }
    setGraphic(line);
    // Not drawn beside the graphic, but read by screen readers.
    setText(what.getText() + " " + by.getText() + " " + reason.getText());
  }

  private String sentence(Moment item) {
    JsonNode after = item.after();
    String what = texts.code("moment", item.action());
    if (after == null) {
      return what;
    }
    String more =
        switch (item.action()) {
          case "version.created" ->
              texts.get(
                  "moment.version",
                  after.path("number").asInt(0),
                  texts.code("origin", after.path("origin").asString("")));
          case "evaluation.finalised" ->
              texts.get(
                  "moment.scores",
                  texts.code("run", after.path("status").asString("")),
                  number(after.path("ai_detector_avg")),
                  number(after.path("aeo_avg")));
          case "escalation.raised" -> texts.code("reason", after.path("reason").asString(""));
          case "escalation.resolved" -> texts.code("outcome", after.path("outcome").asString(""));
          case "escalation.commented" -> "“" + after.path("text").asString("") + "”";
          case "approval.granted" -> texts.get("desk.version", after.path("number").asInt(0));
          case "rewrite.requested" -> texts.get("moment.cycle", after.path("number").asInt(0));
          case "rewrite.ended" -> texts.code("cycle", after.path("status").asString(""));
          case "suggestion.accepted" -> texts.get("moment.hunks", after.path("hunks").asString(""));
          default -> "";
        };
    return more.isEmpty() ? what : what + ": " + more;
  }

  private static String number(JsonNode node) {
    return node.isNumber() ? Arithmetic.show(node.decimalValue()) : "–";
  }
}
