package dev.imprimatur.fxml.diff;

import dev.imprimatur.fxml.diff.TextDiff.Kind;
import dev.imprimatur.fxml.diff.TextDiff.Mark;
import dev.imprimatur.fxml.diff.TextDiff.Row;
import dev.imprimatur.fxml.diff.TextDiff.Side;
import dev.imprimatur.fxml.diff.TextDiff.Span;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

/// A few rows of a diff under one another, what was removed above what was added in its place: a
/// piece of a diff that stands within something else. Nodes are kept and filled again.
public final class DiffLines extends VBox {
  private static final String MINUS = "−";
  private static final String PLUS = "+";

  private final List<DiffText> spares = new ArrayList<>();
  private final List<Node> used = new ArrayList<>();

  public DiffLines() {
    getStyleClass().add("diff-lines");
  }

  /// Begins anew.
  public DiffLines begin() {
    used.clear();
    return this;
  }

  /// Adds a line that is the same in both texts.
  ///
  /// @param line its number from 1, or 0 for none
  public DiffLines context(int line, String text) {
    add(Kind.SAME, List.of(new Span(Mark.SAME, text)), "", line);
    return this;
  }

  /// Adds the rows of a diff.
  ///
  /// @param first the number, in the left text as a whole, of the line the diff begins with
  public DiffLines rows(TextDiff diff, int first) {
    for (Row row : diff.rows()) {
      Side left = row.left();
      int line = left.line() == 0 ? 0 : first + left.line() - 1;
      switch (row.kind()) {
        case SAME -> add(Kind.SAME, left.spans(), "", line);
        case REMOVED -> add(Kind.REMOVED, left.spans(), MINUS, line);
        case ADDED -> add(Kind.ADDED, row.right().spans(), PLUS, 0);
        case CHANGED -> {
          add(Kind.CHANGED, left.spans(), MINUS, line);
          used.getLast().getStyleClass().setAll("diff-text", "diff-left");
          add(Kind.CHANGED, row.right().spans(), PLUS, 0);
          used.getLast().getStyleClass().setAll("diff-text", "diff-right");
        }
      }
    }
    return this;
  }

  /// Shows what was added.
  public void end() {
    if (!getChildren().equals(used)) {
      getChildren().setAll(used);
    }
  }

  private void add(Kind kind, List<Span> spans, String sign, int line) {
    if (used.size() == spares.size()) {
      spares.add(new DiffText(1));
    }
    DiffText text = spares.get(used.size());
    text.getStyleClass().setAll("diff-text", "diff-inline");
    text.show(kind, spans, false, sign, line);
    used.add(text);
  }
}
