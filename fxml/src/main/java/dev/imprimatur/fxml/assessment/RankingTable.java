package dev.imprimatur.fxml.assessment;

import dev.imprimatur.engine.assessment.BatchReport;
import dev.imprimatur.engine.assessment.BatchReport.Standing;
import dev.imprimatur.engine.assessment.RankingFile;
import dev.imprimatur.engine.assessment.scale.TextScore;
import dev.imprimatur.fxml.assessment.ErrorBar.Axis;
import java.util.function.Function;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/// The texts of a batch in their order, each with its score on an axis that all share.
final class RankingTable {
  private final TableView<Standing> table;
  private final BatchWords words;
  private final TableColumn<Standing, Standing> bars;
  private Axis axis = Axis.NONE;

  RankingTable(TableView<Standing> table, BatchWords words) {
    this.table = table;
    this.words = words;
    var columns = new Columns<>(table, name -> words.texts().code("assess.column", name));
    columns.number("rank", 78, 84, s -> String.valueOf(s.rank()));
    columns.text("text", 110, 4_000, Standing::label).setPrefWidth(170);
    bars = columns.text("bar", 170, 900, this::spoken);
    bars.setPrefWidth(230);
    bars.setCellFactory(c -> new BarCell());
    columns.number("score", 62, 80, s -> BatchWords.number(s.score()));
    columns.number("se", 54, 70, s -> BatchWords.number(s.se()));
    columns.number(
        "outcomes", 84, 110, s -> of(s, f -> f.wins() + " / " + f.losses() + " / " + f.ties()));
    columns.number("infit", 58, 70, s -> of(s, f -> BatchWords.number(f.infit())));
    columns.number("outfit", 68, 78, s -> of(s, f -> BatchWords.number(f.outfit())));
    table.setPlaceholder(new Label(words.texts().get("assess.ranking.none")));
  }

  private static String of(Standing standing, Function<TextScore, String> value) {
    TextScore fit = standing.fit();
    return fit == null ? BatchWords.NONE : value.apply(fit);
  }

  void show(BatchReport report) {
    double low = 0;
    double high = 0;
    for (Standing standing : report.standings()) {
      Double known = half(standing);
      double half = known == null ? 0 : known;
      low = Math.min(low, standing.score() - half);
      high = Math.max(high, standing.score() + half);
    }
    axis = high - low < 1e-6 ? Axis.NONE : new Axis(low, high);
    bars.setText(
        words
            .texts()
            .get("assess.axis", BatchWords.number(axis.low()), BatchWords.number(axis.high())));
    Columns.replace(table, report.standings(), Standing::text);
    table.refresh();
  }

  private static @Nullable Double half(Standing standing) {
    Double se = standing.se();
    return se == null ? null : RankingFile.INTERVAL * se;
  }

  private String spoken(Standing standing) {
    Double half = half(standing);
    return half == null
        ? words.texts().get("assess.bar.bare", BatchWords.number(standing.score()))
        : words
            .texts()
            .get(
                "assess.bar",
                BatchWords.number(standing.score()),
                BatchWords.number(standing.score() - half),
                BatchWords.number(standing.score() + half));
  }

  private final class BarCell extends TableCell<Standing, Standing> {
    private final ErrorBar bar = new ErrorBar();

    BarCell() {
      // The text is not drawn, but read by screen readers.
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
      bar.prefWidthProperty().bind(widthProperty().subtract(12));
    }

    @Override
    protected void updateItem(@Nullable Standing item, boolean empty) {
      super.updateItem(item, empty);
      if (item == null || empty) {
        setText(null);
        setGraphic(null);
        return;
      }
      setText(spoken(item));
      bar.show(axis, item.score(), half(item));
      setGraphic(bar);
    }
  }
}
