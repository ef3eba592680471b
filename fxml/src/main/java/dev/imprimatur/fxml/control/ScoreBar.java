package dev.imprimatur.fxml.control;

import java.math.BigDecimal;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// A score from 0 to 100 as a bar, with a mark where the baseline stood. The numbers stand beside
/// it; the picture is for comparing at a glance.
public final class ScoreBar extends Pane {
  private static final double HEIGHT = 8;

  private final Region track = new Region();
  private final Region fill = new Region();
  private final Region mark = new Region();
  private final Region limit = new Region();
  private double least = -1;
  private double now = -1;
  private double before = -1;

  public ScoreBar() {
    getStyleClass().add("score-bar");
    track.getStyleClass().add("score-track");
    fill.getStyleClass().add("score-fill");
    mark.getStyleClass().add("score-mark");
    limit.getStyleClass().add("score-limit");
    getChildren().addAll(track, fill, limit, mark);
    setMinSize(28, 18);
    setPrefSize(140, 18);
  }

  /// Shows a score beside its baseline; either may be absent.
  public void show(@Nullable BigDecimal baseline, @Nullable BigDecimal score) {
    before = baseline == null ? -1 : baseline.doubleValue();
    now = score == null ? -1 : score.doubleValue();
    fill.getStyleClass().remove("score-fell");
    if (before >= 0 && now >= 0 && now < before) {
      fill.getStyleClass().add("score-fell");
    }
    requestLayout();
  }

  /// Marks what a score must reach; null for no mark.
  public void threshold(@Nullable BigDecimal threshold) {
    least = threshold == null ? -1 : threshold.doubleValue();
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double top = Math.floor((getHeight() - HEIGHT) / 2);
    track.resizeRelocate(0, top, width, HEIGHT);
    fill.setVisible(now >= 0);
    fill.resizeRelocate(0, top, Math.max(2, width * Math.max(0, now) / 100), HEIGHT);
    mark.setVisible(before >= 0);
    mark.resizeRelocate(Math.min(width - 2, width * Math.max(0, before) / 100), top - 4, 2, 16);
    limit.setVisible(least >= 0);
    limit.resizeRelocate(Math.min(width - 2, width * Math.max(0, least) / 100), top - 3, 2, 14);
  }
}
