package dev.imprimatur.fxml.today;

import dev.imprimatur.engine.board.EvidenceItem;
import dev.imprimatur.engine.board.Opportunity;
import dev.imprimatur.engine.board.Points;
import dev.imprimatur.fxml.view.Texts;
import java.math.BigDecimal;
import java.util.Locale;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One opportunity with its arithmetic and what it stands on.
final class OpportunityPane {
  private static final int LONGEST = 280;

  private final Texts texts;
  private final TodayWords words;

  OpportunityPane(Texts texts, TodayWords words) {
    this.texts = texts;
    this.words = words;
  }

  /// Fills a box with it.
  void show(VBox into, Opportunity one) {
    into.getChildren()
        .setAll(
            label(one.title(), "today-detail-title"),
            label(texts.get("today.opportunity.about", one.pillar(), one.persona()), "text-muted"),
            label(
                texts.get("today.score", one.points().score().toPlainString()),
                "card-head",
                "today-next"),
            arithmetic(one),
            label(texts.get("today.stands", one.evidence().size()), "card-head", "today-next"));
    one.evidence().forEach(item -> into.getChildren().add(evidence(item)));
  }

  private GridPane arithmetic(Opportunity one) {
    var grid = new GridPane(14, 6);
    grid.setId("today-arithmetic");
    grid.getStyleClass().add("today-arithmetic");
    var name = new ColumnConstraints();
    name.setMinWidth(Region.USE_PREF_SIZE);
    var how = new ColumnConstraints();
    how.setHgrow(Priority.ALWAYS);
    var points = new ColumnConstraints();
    points.setMinWidth(Region.USE_PREF_SIZE);
    points.setHalignment(HPos.RIGHT);
    grid.getColumnConstraints().setAll(name, how, points);
    Points p = one.points();
    row(grid, 0, "volume", words.volume(one.reasons()), p.volume(), Points.VOLUME);
    row(grid, 1, "recency", words.recency(one.reasons()), p.recency(), Points.RECENCY);
    row(grid, 2, "novelty", words.novelty(one.reasons()), p.novelty(), Points.NOVELTY);
    row(grid, 3, "persona", words.persona(one.reasons()), p.persona(), Points.PERSONA);
    var sum = label(texts.get("today.points.sum"), "today-title");
    var total = label(texts.get("today.points.of", p.score().toPlainString(), 100), "today-title");
    grid.addRow(4, sum, new Region(), total);
    return grid;
  }

  private void row(GridPane grid, int row, String part, String how, BigDecimal points, int of) {
    Node name = label(texts.code("today.points", part));
    Node why = label(how, "text-muted");
    Node value = label(texts.get("today.points.of", points.toPlainString(), of));
    GridPane.setValignment(name, VPos.TOP);
    GridPane.setValignment(value, VPos.TOP);
    grid.addRow(row, name, why, value);
  }

  private VBox evidence(EvidenceItem item) {
    String url = item.url();
    var box =
        new VBox(
            2,
            label(item.title(), "today-title"),
            label(
                texts.get(
                    item.publishedAt() == null
                        ? "today.evidence.imported"
                        : "today.evidence.published",
                    words.day(item.at()),
                    texts.code(
                        "today.evidence.format", item.format().name().toLowerCase(Locale.ROOT))),
                "text-muted",
                "text-small"));
    if (!item.summary().isBlank()) {
      String summary = item.summary();
      box.getChildren().add(label(cut(summary)));
    }
    if (url != null) {
      box.getChildren().add(label(url, "text-muted", "text-small"));
    }
    box.getStyleClass().add("today-evidence");
    return box;
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
  }

  private static Label label(String text, String... styles) {
    var label = new Label(text);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    label.getStyleClass().addAll(styles);
    return label;
  }
}
