package dev.imprimatur.fxml.article;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;

/// Marks beside each other, each whole or not at all: those that there is no room for are counted
/// at the end. The first is always there.
final class MarkRow extends Pane {
  private static final double GAP = 4;

  private final Label more = new Label();
  private List<Label> marks = List.of();

  MarkRow() {
    more.getStyleClass().addAll("state-mark", "state-quiet");
  }

  void show(List<Label> all) {
    marks = List.copyOf(all);
    List<Node> children = new ArrayList<>(marks);
    children.add(more);
    getChildren().setAll(children);
  }

  @Override
  protected double computeMinWidth(double height) {
    return 0;
  }

  @Override
  protected double computePrefWidth(double height) {
    return marks.stream().mapToDouble(mark -> mark.prefWidth(-1) + GAP).sum();
  }

  @Override
  protected double computePrefHeight(double width) {
    return marks.stream().mapToDouble(mark -> mark.prefHeight(-1)).max().orElse(0);
  }

  @Override
  protected void layoutChildren() {
    int fitting = fitting();
    double x = 0;
    for (int i = 0; i < marks.size(); i++) {
      Label mark = marks.get(i);
      mark.setVisible(i < fitting);
      if (i < fitting) {
        x = place(mark, x);
      }
    }
    more.setVisible(fitting < marks.size());
    if (more.isVisible()) {
      more.setText("+" + (marks.size() - fitting));
      place(more, x);
    }
  }

  private double place(Label mark, double x) {
    double width = Math.min(snapSizeX(mark.prefWidth(-1)), Math.max(0, getWidth() - x));
    double height = mark.prefHeight(-1);
    mark.resizeRelocate(x, snapPositionY((getHeight() - height) / 2), width, height);
    return x + width + GAP;
  }

  private int fitting() {
    if (computePrefWidth(-1) - GAP <= getWidth()) {
      return marks.size();
    }
    more.setText("+" + marks.size());
    double room = getWidth() - snapSizeX(more.prefWidth(-1));
    int fitting = 0;
    for (Label mark : marks) {
      room -= snapSizeX(mark.prefWidth(-1)) + GAP;
      if (room < 0) {
        break;
      }
      fitting++;
    }
    return Math.max(1, fitting);
  }
}
