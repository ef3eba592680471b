package dev.imprimatur.fxml.shell;

import dev.imprimatur.fxml.task.FxTask;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.view.Texts;
import javafx.beans.InvalidationListener;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;

/// The work under way, at the right of the status bar: whether the database answers, what runs and
/// how far it has come, with a way to stop it.
final class WorkStatus extends HBox {
  private static final int SHOWN = 2;

  private final FxTasks tasks;
  private final Counts counts;
  private final Texts texts;

  WorkStatus(FxTasks tasks, Counts counts, Texts texts) {
    super(14);
    this.tasks = tasks;
    this.counts = counts;
    this.texts = texts;
    setId("status-work");
    setAlignment(Pos.CENTER_RIGHT);
    setMinWidth(USE_PREF_SIZE);
    InvalidationListener look = observed -> show();
    tasks.running().addListener(look);
    // A change listener: an invalidation listener that does not read hears only the first change.
    for (ObservableValue<?> value :
        new ObservableValue<?>[] {counts.jobsProperty(), counts.connectedProperty()}) {
      value.addListener((observed, before, now) -> show());
    }
    show();
  }

  private void show() {
    getChildren().clear();
    var running = tasks.running();
    // Those that can be stopped first: they take longest.
    running.stream()
        .sorted((a, b) -> Boolean.compare(b.stoppable(), a.stoppable()))
        .limit(SHOWN)
        .forEach(task -> getChildren().add(line(task)));
    if (running.size() > SHOWN) {
      getChildren().add(new Label(texts.get("status.more", running.size() - SHOWN)));
    }
    if (!counts.connectedProperty().get()) {
      var offline = new Label(texts.get("status.offline"));
      offline.getStyleClass().add("status-trouble");
      getChildren().add(offline);
    } else if (running.isEmpty()) {
      long jobs = counts.jobsProperty().get();
      if (jobs > 0) {
        getChildren().add(spinner());
      }
      var text = new Label(jobs > 0 ? texts.get("status.jobs", jobs) : texts.get("status.idle"));
      text.setId("status-text");
      getChildren().add(text);
    }
  }

  private HBox line(FxTask<?> task) {
    var name = new Label(task.name());
    name.setMinWidth(USE_PREF_SIZE);
    var line = new HBox(8, name);
    line.setAlignment(Pos.CENTER_RIGHT);
    if (task.stoppable()) {
      var bar = new ProgressBar();
      bar.setPrefWidth(120);
      bar.setFocusTraversable(false);
      bar.setAccessibleText(texts.get("status.progress", task.name()));
      bar.progressProperty().bind(task.progressProperty());
      var stop = new Button(texts.get("status.cancel"));
      stop.setAccessibleText(texts.get("status.cancel.spoken", task.name()));
      stop.getStyleClass().addAll("small", "flat", "status-cancel");
      stop.setMinWidth(USE_PREF_SIZE);
      stop.setOnAction(event -> {
        stop.setDisable(true);
        stop.setText(texts.get("status.cancelling"));
        task.stop();
      });
      line.getChildren().addAll(bar, stop);
    } else {
      line.getChildren().addFirst(spinner());
    }
    return line;
  }

  private ProgressIndicator spinner() {
    var spinner = new ProgressIndicator();
    spinner.setMaxSize(14, 14);
    spinner.setFocusTraversable(false);
    spinner.setAccessibleText(texts.get("status.working"));
    return spinner;
  }
}
