package dev.imprimatur.fxml.diff;

import dev.imprimatur.fxml.diff.TextDiff.Mark;
import dev.imprimatur.fxml.diff.TextDiff.Row;
import dev.imprimatur.fxml.diff.TextDiff.Span;
import dev.imprimatur.fxml.view.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Says in words what the diff shows.
final class DiffWords {
  private final Texts texts;

  DiffWords(Texts texts) {
    this.texts = texts;
  }

  String summary(TextDiff diff) {
    return texts.get("diff.summary", diff.changes().size(), diff.wordsAdded(), diff.wordsRemoved());
  }

  /// Where one stands among the changes.
  ///
  /// @param current from 1; 0 before the first one
  /// @param count how many there are; without any there is nothing to say
  String position(int current, int count) {
    if (count == 0) {
      return "";
    }
    if (current == 0) {
      return texts.get("diff.position.before", count);
    }
    return texts.get("diff.position", current, count);
  }

  String fold(DiffItem.Fold fold) {
    return texts.get("diff.fold", fold.lines());
  }

  /// A row as a screen reader reads it.
  String spoken(DiffItem.Shown shown) {
    Row row = shown.row();
    int line = shown.line();
    return switch (row.kind()) {
      case SAME -> texts.get("diff.spoken.same", line, row.right().text());
      case REMOVED -> texts.get("diff.spoken.removed", line, row.left().text());
      case ADDED -> texts.get("diff.spoken.added", line, row.right().text());
      case CHANGED -> texts.get("diff.spoken.changed", line, changes(row));
    };
  }

  private String changes(Row row) {
    List<String> parts = new ArrayList<>();
    for (Span span : row.inline()) {
      if (span.mark() == Mark.REMOVED) {
        parts.add(texts.get("diff.spoken.words.removed", span.text()));
      } else if (span.mark() == Mark.ADDED) {
        parts.add(texts.get("diff.spoken.words.added", span.text()));
      }
    }
    return parts.stream().collect(Collectors.joining(", "));
  }

  /// A row as it is copied: its text, or both where it changed.
  static String copied(Row row) {
    return switch (row.kind()) {
      case SAME, ADDED -> row.right().text();
      case REMOVED -> row.left().text();
      case CHANGED -> "− " + row.left().text() + "\n+ " + row.right().text();
    };
  }
}
