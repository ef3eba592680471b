package dev.imprimatur.fxml.assessment;

import dev.imprimatur.engine.assessment.BatchReport;
import dev.imprimatur.engine.assessment.BatchReport.Standing;
import dev.imprimatur.engine.assessment.Grading;
import dev.imprimatur.engine.assessment.scale.grade.GradeProjection;
import dev.imprimatur.engine.assessment.scale.grade.GradeProjection.Boundary;
import dev.imprimatur.fxml.control.GatedButton;
import dev.imprimatur.fxml.view.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Grades: the texts whose grade is known, and what that tells of the others.
final class GradesPanel extends VBox {
  private final BatchViewModel model;
  private final Texts texts;
  private final BatchWords words;
  private final TextField grades = new TextField();
  private final ComboBox<String> known = new ComboBox<>();
  private final GatedButton project = new GatedButton();
  private final Label said = new Label();
  private final TableView<Standing> table = new TableView<>();
  private final Map<String, String> anchors = new HashMap<>();
  private Map<String, List<Double>> chances = Map.of();
  private List<String> shownGrades = List.of();
  private @Nullable UUID batch;
  private boolean filling;

  GradesPanel(BatchViewModel model, BatchWords words) {
    super(8);
    this.model = model;
    this.words = words;
    this.texts = words.texts();
    getStyleClass().add("assess-tables");
    grades.setId("assess-grades");
    grades.setPromptText(texts.get("assess.grades.prompt"));
    grades.setPrefWidth(200);
    var gradesLabel = new Label(texts.get("assess.grades.all"));
    gradesLabel.setLabelFor(grades);
    gradesLabel.setMinWidth(Region.USE_PREF_SIZE);
    known.setId("assess-known");
    known.setPrefWidth(130);
    known.setAccessibleText(texts.get("assess.grades.known"));
    var knownLabel = new Label(texts.get("assess.grades.known"));
    knownLabel.setLabelFor(known);
    knownLabel.setMinWidth(Region.USE_PREF_SIZE);
    project.setId("assess-project");
    project.setText(texts.get("assess.grades.project"));
    project.setMinWidth(Region.USE_PREF_SIZE);
    project.setOnAction(event -> model.project(named(), Map.copyOf(anchors)));
    var bar = new HBox(8, gradesLabel, grades, knownLabel, known, project);
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.getStyleClass().add("assess-bar");
    HBox.setHgrow(grades, Priority.ALWAYS);
    said.setId("assess-boundaries");
    said.setWrapText(true);
    said.setMaxWidth(Double.MAX_VALUE);
    said.setMinHeight(Region.USE_PREF_SIZE);
    said.getStyleClass().add("assess-said");
    table.setId("assess-chances");
    table.setAccessibleText(texts.get("assess.tab.grades"));
    table.setPlaceholder(new Label(texts.get("assess.ranking.none")));
    VBox.setVgrow(table, Priority.ALWAYS);
    getChildren().addAll(bar, said, table);
    grades.textProperty().addListener((observed, before, now) -> named(now));
    known.valueProperty().addListener((observed, before, now) -> chosen(now));
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((observed, before, now) -> selected(now));
    model.projectionProperty().addListener((observed, before, now) -> projected(now));
    columns(List.of());
    named("");
  }

  private List<String> named() {
    List<String> all = new ArrayList<>();
    for (String grade : grades.getText().split(",")) {
      if (!grade.isBlank()) {
        all.add(grade.strip());
      }
    }
    return all;
  }

  private void named(String text) {
    List<String> all = named();
    filling = true;
    List<String> items = new ArrayList<>();
    items.add(texts.get("assess.grades.unknown"));
    items.addAll(new LinkedHashSet<>(all));
    known.getItems().setAll(items);
    filling = false;
    anchors.values().retainAll(all);
    selected(table.getSelectionModel().getSelectedItem());
    table.refresh();
    gate();
  }

  private void selected(@Nullable Standing standing) {
    filling = true;
    known.setDisable(standing == null || known.getItems().size() < 2);
    known.setValue(
        standing == null
            ? null
            : anchors.getOrDefault(standing.label(), known.getItems().getFirst()));
    filling = false;
  }

  private void chosen(@Nullable String grade) {
    Standing standing = table.getSelectionModel().getSelectedItem();
    if (filling || standing == null || grade == null) {
      return;
    }
    if (known.getSelectionModel().getSelectedIndex() == 0) {
      anchors.remove(standing.label());
    } else {
      anchors.put(standing.label(), grade);
    }
    table.refresh();
    gate();
  }

  private void gate() {
    List<String> all = named();
    String missing =
        all.stream().filter(g -> !anchors.containsValue(g)).collect(Collectors.joining(", "));
    project
        .blockedProperty()
        .set(
            all.size() < 2
                ? texts.get("assess.grades.two")
                : !missing.isEmpty() ? texts.get("assess.grades.missing", missing) : "");
  }

  void show(BatchReport report) {
    boolean other = !report.batch().id().equals(batch);
    if (other) {
      batch = report.batch().id();
      anchors.clear();
      report
          .standings()
          .forEach(s -> {
            if (s.known() != null) {
              anchors.put(s.label(), s.known());
            }
          });
      grades.setText(String.join(", ", report.grades()));
      gate();
    } else if (anchors.isEmpty()) {
      // Before there is a ranking there are no rows to take them from.
      report
          .standings()
          .forEach(s -> {
            if (s.known() != null && named().contains(s.known())) {
              anchors.put(s.label(), s.known());
            }
          });
      gate();
    }
    Columns.replace(table, report.standings(), Standing::text);
    projected(model.projectionProperty().get());
  }

  private void stored(BatchReport report) {
    switch (report.grading().orElse(null)) {
      case Grading.Projected p -> {
        Map<String, List<Double>> byLabel = new HashMap<>();
        report
            .standings()
            .forEach(s -> {
              if (s.chances() != null) {
                byLabel.put(s.label(), s.chances());
              }
            });
        show(report.grades(), byLabel, texts.get("assess.grades.stored", line(p.boundaries())));
      }
      case Grading.Refused r ->
          show(List.of(), Map.of(), texts.get("assess.grades.refused", r.message()));
      case null ->
          show(
              List.of(),
              Map.of(),
              report.grades().isEmpty()
                  ? texts.get("assess.grades.how")
                  : texts.get("assess.grades.later"));
    }
  }

  private void projected(GradeProjection.@Nullable Outcome outcome) {
    BatchReport report = model.reportProperty().get();
    switch (outcome) {
      case null -> {
        if (report != null) {
          stored(report);
        }
      }
      case GradeProjection.Outcome.Refused r ->
          show(List.of(), Map.of(), texts.get("assess.grades.refused", r.message()));
      case GradeProjection.Outcome.Projected p -> {
        Map<String, List<Double>> byLabel = new HashMap<>();
        p.texts().forEach(t -> byLabel.put(t.text(), t.probabilities()));
        List<String> all = new ArrayList<>();
        p.boundaries().forEach(b -> all.add(b.below()));
        all.add(p.boundaries().getLast().above());
        show(
            all,
            byLabel,
            texts.get("assess.grades.tried", line(p.boundaries()))
                + (model.projectionIsStale() ? " " + texts.get("assess.stale") : ""));
      }
    }
  }

  private String line(List<Boundary> boundaries) {
    return boundaries.stream()
        .map(b ->
            texts.get(
                "assess.boundary",
                b.below(),
                b.above(),
                BatchWords.number(b.at()),
                BatchWords.number(b.se())))
        .collect(Collectors.joining(" · "));
  }

  private void show(List<String> all, Map<String, List<Double>> byLabel, String text) {
    chances = byLabel;
    said.setText(text);
    if (!all.equals(shownGrades)) {
      columns(all);
    }
    table.refresh();
  }

  private void columns(List<String> all) {
    shownGrades = List.copyOf(all);
    table.getColumns().clear();
    var columns = new Columns<>(table, name -> texts.code("assess.column", name));
    columns.number("rank", 78, 84, s -> String.valueOf(s.rank()));
    columns.text("text", 120, 4_000, Standing::label).setPrefWidth(210);
    columns.number("score", 66, 84, s -> BatchWords.number(s.score()));
    columns.text("known", 120, 160, s -> anchors.getOrDefault(s.label(), ""));
    var grades = new Columns<>(table, name -> texts.get("assess.chance", name));
    for (int k = 0; k < all.size(); k++) {
      int at = k;
      grades.number(all.get(k), 74, 130, s -> chance(s, at));
    }
  }

  private String chance(Standing standing, int grade) {
    List<Double> of = chances.get(standing.label());
    return of == null || grade >= of.size() ? "" : words.percent(of.get(grade));
  }
}
