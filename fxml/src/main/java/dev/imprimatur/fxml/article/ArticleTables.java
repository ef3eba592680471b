package dev.imprimatur.fxml.article;

import dev.imprimatur.engine.review.Approval;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What is shown of an article as tables and sentences.
final class ArticleTables {
  private static final double ROW = 30;

  /// When a version was made stands above how and by whom.
  private static final double TWO_LINES = 44;

  private final ArticleViewModel model;
  private final Texts texts;
  private final DecisionWords words;

  ArticleTables(ArticleViewModel model, Texts texts, DecisionWords words) {
    this.model = model;
    this.texts = texts;
    this.words = words;
  }

  void versions(TableView<Version.Head> table) {
    table.setFixedCellSize(TWO_LINES);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    add(table, "number", 36, v -> String.valueOf(v.number()), true);
    add(table, "detectors", 92, v -> score(v, EvaluationRun::aiDetectorAvg), true);
    add(table, "aeo", 58, v -> score(v, EvaluationRun::aeoAvg), true);
    add(table, "mark", 88, this::mark, false);
    add(
        table,
        "made",
        170,
        v ->
            texts.get(
                "versions.made",
                words.time(v.createdAt()),
                texts.code("origin", Code.of(v.origin())),
                v.createdBy()),
        false);
  }

  private String score(
      Version.Head version, Function<EvaluationRun, java.math.@Nullable BigDecimal> of) {
    ArticleData data = model.dataProperty().get();
    RunResult run = data == null ? null : data.lastRun(version.id());
    return run == null ? "–" : ArticleColumns.score(of.apply(run.run()));
  }

  private String mark(Version.Head version) {
    ArticleData data = model.dataProperty().get();
    Approval approval = data == null ? null : data.inForce();
    if (approval != null && approval.versionId().equals(version.id())) {
      return texts.get("versions.approved");
    }
    boolean pending = data != null && !data.pendingOf(version.id()).isEmpty();
    return pending ? texts.get("versions.escalated") : "";
  }

  void runs(TableView<Trend.Point> table) {
    table.setFixedCellSize(ROW);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.setPlaceholder(new Label(texts.get("trend.none")));
    add(table, "number", 36, p -> String.valueOf(p.version()), true);
    add(table, "detectors", 92, p -> ArticleColumns.score(p.ai()), true);
    add(table, "aeo", 58, p -> ArticleColumns.score(p.aeo()), true);
    add(table, "status", 190, this::remarks, false);
    add(table, "ended", 140, p -> words.time(p.at()), false);
  }

  private <T> void add(
      TableView<T> table, String name, double width, Function<T, String> value, boolean number) {
    var column = new TableColumn<T, String>(texts.code("versions.column", name));
    column.setPrefWidth(width);
    column.setSortable(false);
    if (number) {
      column.setMinWidth(width);
      column.setMaxWidth(width);
      column.getStyleClass().add("column-number");
    }
    column.setCellValueFactory(f -> new ReadOnlyStringWrapper(value.apply(f.getValue())));
    column.setCellFactory(c -> new ToldCell<>());
    table.getColumns().add(column);
  }

  /// Tells in full what it may have to cut short.
  private static final class ToldCell<T> extends TableCell<T, String> {
    @Override
    protected void updateItem(@Nullable String item, boolean empty) {
      super.updateItem(item, empty);
      setText(empty ? null : item);
      setTooltip(empty || item == null || item.isEmpty() ? null : new Tooltip(item));
    }
  }

  /// How a run ended, and what to mind when comparing it.
  private String remarks(Trend.Point point) {
    List<String> all = new ArrayList<>();
    all.add(texts.code("run", Code.of(point.status())));
    if (!point.missing().isEmpty()) {
      all.add(texts.get("trend.missing", String.join(", ", point.missing())));
    }
    if (!point.comparable()) {
      all.add(texts.get("trend.incomparable"));
    }
    return String.join("; ", all);
  }

  /// A run in a sentence.
  String sentence(Trend.Point point) {
    return texts.get(
        "trend.point",
        point.version(),
        words.time(point.at()),
        ArticleColumns.score(point.ai()),
        ArticleColumns.score(point.aeo()),
        remarks(point));
  }

  /// Who approved which version, and what became of it.
  List<Node> approvals(ArticleData data) {
    if (data.approvals().isEmpty()) {
      var none = new Label(texts.get("approvals.none"));
      none.getStyleClass().add("text-muted");
      return List.of(none);
    }
    return data.approvals().stream().map(a -> (Node) approval(data, a)).toList();
  }

  private VBox approval(ArticleData data, Approval approval) {
    var box = new VBox(2);
    var head =
        line(
            texts.get(
                "approvals.granted",
                data.number(approval.versionId()),
                approval.by(),
                words.time(approval.at())));
    head.getStyleClass().add("approval-head");
    var first = new HBox(8, head);
    box.getChildren().add(first);
    Approval.Revocation revocation = approval.revocation();
    if (revocation != null) {
      first.getChildren().add(badge("approvals.revoked", "quiet"));
      box.getChildren()
          .add(
              line(
                  texts.get(
                      "approvals.revocation",
                      revocation.by(),
                      words.time(revocation.at()),
                      revocation.reason())));
    } else if (data.row().approval() != null && !data.row().approval().stale().isEmpty()) {
      first.getChildren().add(badge("approvals.stale", "warn"));
      data.row()
          .approval()
          .stale()
          .forEach(s -> box.getChildren().add(line(texts.code("stale.more", Code.of(s)))));
    } else {
      first.getChildren().add(badge("approvals.inforce", "good"));
    }
    String note = approval.note();
    if (note != null) {
      box.getChildren().add(line(texts.get("approvals.note", note)));
    }
    return box;
  }

  private Label badge(String key, String style) {
    Label badge = ArticleColumns.mark(new StateWords.Mark(texts.get(key), style));
    badge.setMinWidth(Label.USE_PREF_SIZE);
    return badge;
  }

  private static Label line(String sentence) {
    var label = new Label(sentence);
    label.setWrapText(true);
    return label;
  }
}
