package dev.imprimatur.fxml.diff;

import dev.imprimatur.fxml.diff.TextDiff.Kind;
import dev.imprimatur.fxml.diff.TextDiff.Mark;
import dev.imprimatur.fxml.diff.TextDiff.Span;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.shape.Path;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/// A text of a row with its line numbers and its sign in front. Made once per cell and filled again
/// and again: nodes are kept, and only what differs is set.
final class DiffText extends Region {
  private static final double NUMBER = 44;
  private static final double SIGN = 22;
  private static final double BEFORE_AND_AFTER = 3;
  private static final double END = 10;
  private static final double UNKNOWN = -2;

  private static final Map<Kind, PseudoClass> KINDS = new EnumMap<>(Kind.class);
  private static final PseudoClass ABSENT = PseudoClass.getPseudoClass("absent");

  static {
    for (Kind kind : Kind.values()) {
      KINDS.put(kind, PseudoClass.getPseudoClass(kind.name().toLowerCase(Locale.ROOT)));
    }
  }

  private final List<Text> numbers = new ArrayList<>();
  private final Text sign = text("diff-sign");
  private final Path removedMarks = path("diff-mark-removed");
  private final Path addedMarks = path("diff-mark-added");
  private final TextFlow flow = new TextFlow();
  private final Map<Mark, List<Text>> spares = new EnumMap<>(Mark.class);
  private List<Span> spans = List.of();
  private Kind kind = Kind.SAME;
  private boolean absent;
  private double marksWidth = UNKNOWN;
  private double measuredWidth = UNKNOWN;
  private double measuredHeight;

  /// @param columns how many line numbers stand in front
  DiffText(int columns) {
    getStyleClass().add("diff-text");
    flow.getStyleClass().add("diff-flow");
    for (Mark mark : Mark.values()) {
      spares.put(mark, new ArrayList<>());
    }
    for (int i = 0; i < columns; i++) {
      Text number = text("diff-number");
      number.setTextOrigin(VPos.BASELINE);
      numbers.add(number);
    }
    sign.setTextOrigin(VPos.BASELINE);
    getChildren().addAll(removedMarks, addedMarks, flow, sign);
    getChildren().addAll(numbers);
    // All but the text itself follow it, and don't make it be laid out again.
    getChildren().forEach(child -> child.setManaged(child == flow));
  }

  private static Text text(String style) {
    var text = new Text();
    text.getStyleClass().add(style);
    return text;
  }

  private static Path path(String style) {
    var path = new Path();
    path.getStyleClass().add(style);
    return path;
  }

  /// Fills it.
  ///
  /// @param lines the numbers in front, each from 1, or 0 for none
  /// @param nothing whether there is no such line at all on this side
  void show(Kind what, List<Span> content, boolean nothing, String signText, int... lines) {
    if (what != kind) {
      pseudoClassStateChanged(KINDS.get(kind), false);
      kind = what;
    }
    pseudoClassStateChanged(KINDS.get(kind), true);
    if (nothing != absent) {
      absent = nothing;
      pseudoClassStateChanged(ABSENT, nothing);
    }
    sign.setText(signText);
    for (int i = 0; i < numbers.size(); i++) {
      numbers.get(i).setText(lines[i] == 0 ? "" : Integer.toString(lines[i]));
    }
    spans = content;
    fill();
    requestLayout();
  }

  private void fill() {
    Map<Mark, Integer> used = new EnumMap<>(Mark.class);
    List<Node> nodes = new ArrayList<>(spans.size() + 1);
    for (Span span : spans) {
      nodes.add(spare(span.mark(), used, span.text()));
    }
    if (nodes.isEmpty()) {
      // An empty line is as high as any other.
      nodes.add(spare(Mark.SAME, used, " "));
    }
    if (!nodes.equals(flow.getChildren())) {
      flow.getChildren().setAll(nodes);
    }
  }

  private Text spare(Mark mark, Map<Mark, Integer> used, String content) {
    List<Text> kept = spares.getOrDefault(mark, List.of());
    int at = used.merge(mark, 1, Integer::sum) - 1;
    if (at == kept.size()) {
      kept.add(text("diff-" + mark.name().toLowerCase(Locale.ROOT)));
    }
    Text text = kept.get(at);
    text.setText(content);
    return text;
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  private double front() {
    return numbers.size() * NUMBER + SIGN;
  }

  private double flowWidth(double width) {
    return Math.max(40, width - front() - END);
  }

  @Override
  protected double computePrefHeight(double width) {
    if (width != measuredWidth) {
      measuredWidth = width;
      measuredHeight = Math.ceil(flow.prefHeight(flowWidth(width))) + 2 * BEFORE_AND_AFTER;
    }
    return measuredHeight;
  }

  /// Words or their font changed: what was measured before holds no more.
  @Override
  public void requestLayout() {
    measuredWidth = UNKNOWN;
    marksWidth = UNKNOWN;
    super.requestLayout();
  }

  @Override
  protected double computeMinHeight(double width) {
    return computePrefHeight(width);
  }

  @Override
  protected double computePrefWidth(double height) {
    return 0;
  }

  @Override
  protected double computeMinWidth(double height) {
    return 0;
  }

  @Override
  protected void layoutChildren() {
    double width = flowWidth(getWidth());
    flow.resizeRelocate(front(), BEFORE_AND_AFTER, width, getHeight() - 2 * BEFORE_AND_AFTER);
    flow.layout();
    double baseline = BEFORE_AND_AFTER + flow.getBaselineOffset();
    for (int i = 0; i < numbers.size(); i++) {
      Text number = numbers.get(i);
      double right = (i + 1) * NUMBER - 4;
      number.relocate(0, 0);
      number.setLayoutX(Math.round(right - number.getLayoutBounds().getWidth()));
      number.setLayoutY(baseline);
    }
    sign.setLayoutX(numbers.size() * NUMBER + 6);
    sign.setLayoutY(baseline);
    if (marksWidth != width) {
      marksWidth = width;
      mark();
    }
  }

  /// Puts a ground behind the words that changed. Where all of a row changed its own ground says
  /// so.
  private void mark() {
    removedMarks.getElements().clear();
    addedMarks.getElements().clear();
    if (kind != Kind.CHANGED) {
      return;
    }
    int at = 0;
    for (Span span : spans) {
      int end = at + span.text().length();
      if (span.mark() != Mark.SAME) {
        Path path = span.mark() == Mark.REMOVED ? removedMarks : addedMarks;
        path.getElements().addAll(flow.rangeShape(at, end));
      }
      at = end;
    }
    for (Path path : List.of(removedMarks, addedMarks)) {
      path.setLayoutX(flow.getLayoutX());
      path.setLayoutY(flow.getLayoutY());
    }
  }
}
