package dev.imprimatur.engine.assessment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The grades there are in a batch, and the texts of which they are known.
///
/// @param all the lowest first; empty where none are to be projected
/// @param anchors the grades that are known, by text
public record Grades(List<String> all, Map<UUID, String> anchors) {
  /// As these texts have them.
  static Grades of(List<String> all, List<BatchText.Head> texts) {
    Map<UUID, String> anchors = new HashMap<>();
    for (BatchText.Head text : texts) {
      String grade = text.grade();
      if (grade != null) {
        anchors.put(text.id(), grade);
      }
    }
    return new Grades(List.copyOf(all), Map.copyOf(anchors));
  }

  /// Whether grades are to be projected.
  public boolean wanted() {
    return !all.isEmpty();
  }
}
