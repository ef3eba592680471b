package dev.imprimatur.fxml.assessment;

import dev.imprimatur.engine.assessment.NewBatch;
import dev.imprimatur.engine.assessment.NewBatch.Text;

/// A text that a batch is to have.
///
/// @param from where it is from, for people
/// @param grade that is known of it, or an empty text
record Chosen(Text text, String from, String grade) {
  String label() {
    return text.label();
  }

  Chosen graded(String known) {
    return new Chosen(text, from, known);
  }

  /// What makes it the same text as another: the version, or what it says.
  Object identity() {
    return switch (text) {
      case NewBatch.Text.OfVersion v -> v.versionId();
      case NewBatch.Text.Own o -> o.label() + "\n" + o.body();
    };
  }

  /// The same under another label.
  Chosen called(String label) {
    return new Chosen(
        switch (text) {
          case NewBatch.Text.OfVersion v -> new NewBatch.Text.OfVersion(label, v.versionId());
          case NewBatch.Text.Own o -> new NewBatch.Text.Own(label, o.mediaType(), o.body());
        },
        from,
        grade);
  }
}
