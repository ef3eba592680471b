package dev.imprimatur.fxml.assessment;

import dev.imprimatur.engine.assessment.Batch;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/// How far a batch has come: what is answered, what failed and what is out, of all there may be,
/// with a mark where enough is answered. The numbers stand beneath it.
final class ProgressTrack extends Pane {
  private static final double BAR = 10;

  private final Region track = region("assess-track");
  private final Region sent = region("assess-sent");
  private final Region completed = region("assess-completed");
  private final Region failed = region("assess-failed");
  private final Region mark = region("assess-threshold");
  private double sentShare;
  private double completedShare;
  private double failedShare;
  private double threshold;

  ProgressTrack() {
    getChildren().addAll(track, sent, completed, failed, mark);
    setMinHeight(20);
    setPrefHeight(20);
    setMaxHeight(20);
  }

  private static Region region(String style) {
    var region = new Region();
    region.getStyleClass().add(style);
    return region;
  }

  void show(Batch batch) {
    double total = Math.max(1, batch.terms().total());
    sentShare = batch.counts().sent() / total;
    completedShare = batch.terms().total() == 0 ? 1 : batch.counts().completed() / total;
    failedShare = batch.counts().failed() / total;
    threshold = batch.terms().threshold() / 100.0;
    mark.setVisible(batch.terms().total() > 0);
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double top = Math.floor((getHeight() - BAR) / 2);
    track.resizeRelocate(0, top, width, BAR);
    sent.resizeRelocate(0, top, width * sentShare, BAR);
    completed.resizeRelocate(0, top, width * completedShare, BAR);
    failed.resizeRelocate(width * completedShare, top, width * failedShare, BAR);
    mark.resizeRelocate(Math.min(width - 2, width * threshold), top - 4, 2, BAR + 8);
  }
}
