package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.Batches.Made;
import dev.imprimatur.engine.assessment.NewBatch.Text;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.store.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a batch must be like to be made.
final class NewBatchCheck {
  private static final int MOST_TEXTS = 10_000;
  private static final int MOST_COMPARISONS = 1_000_000;
  private static final int MOST_GRADES = 30;
  private static final int LONGEST_GRADE = 60;
  private static final int LONGEST_NAME = 300;

  private NewBatchCheck() {}

  static int total(NewBatch wanted) {
    Integer total = wanted.texts().size() == 1 ? null : wanted.total();
    return total == null ? NewBatch.usualTotal(wanted.texts().size()) : total;
  }

  /// Why it can't be made, or null if it can.
  static @Nullable Decision<Made> refusal(Transaction tx, NewBatch wanted) {
    String name = wanted.name().strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      return BatchSteps.refused(
          "name_required",
          "a batch needs a name of 1 to " + LONGEST_NAME + " characters",
          Map.of("name", name),
          "Name it.");
    }
    String key = wanted.clientRequestId();
    if (key != null && (key.isBlank() || key.length() > LONGEST_NAME)) {
      return BatchSteps.refused(
          "bad_key",
          "a client request id has 1 to " + LONGEST_NAME + " characters",
          Map.of(),
          "Choose another, or leave it out.");
    }
    if (unstorable(name) || (key != null && unstorable(key))) {
      return unstorable();
    }
    int count = wanted.texts().size();
    if (count == 0) {
      return BatchSteps.refused(
          "texts_required", "a batch of no texts has nothing to rank", Map.of(), "Add texts.");
    }
    if (count > MOST_TEXTS) {
      return BatchSteps.refused(
          "too_many_texts",
          "a batch has at most " + MOST_TEXTS + " texts, not " + count,
          Map.of("texts", count),
          "Make several.");
    }
    Integer threshold = wanted.threshold();
    if (threshold != null && (threshold < 1 || threshold > 100)) {
      return BatchSteps.refused(
          "bad_threshold",
          "the threshold is from 1 to 100 percent, not " + threshold,
          Map.of("threshold", threshold),
          "Choose another.");
    }
    int total = total(wanted);
    if (count > 1 && (total < count - 1 || total > MOST_COMPARISONS)) {
      return BatchSteps.refused(
          "bad_budget",
          count
              + " texts need from "
              + (count - 1)
              + " (or nothing connects them) to "
              + MOST_COMPARISONS
              + " comparisons, not "
              + total,
          Map.of("total", total, "texts", count),
          "Choose another budget.");
    }
    Decision<Made> bad = badText(tx, wanted);
    return bad == null ? badGrades(wanted) : bad;
  }

  private static @Nullable Decision<Made> badGrades(NewBatch wanted) {
    List<String> grades = wanted.grades();
    Map<String, String> anchors = wanted.anchors();
    if (grades.isEmpty() && anchors.isEmpty()) {
      return null;
    }
    if (grades.stream().anyMatch(NewBatchCheck::unstorable)) {
      return unstorable();
    }
    boolean odd = grades.stream().anyMatch(g -> g.isBlank() || g.length() > LONGEST_GRADE);
    if (odd
        || grades.size() < 2
        || grades.size() > MOST_GRADES
        || Set.copyOf(grades).size() < grades.size()) {
      return BatchSteps.refused(
          "bad_grades",
          "the grades are from 2 to "
              + MOST_GRADES
              + ", the lowest first, each named once in 1 to "
              + LONGEST_GRADE
              + " characters; here "
              + (grades.isEmpty() ? "none is named" : "they are " + String.join(", ", grades)),
          Map.of("grades", grades),
          "Name every grade once, the lowest first.");
    }
    Set<String> labels = new HashSet<>();
    wanted.texts().forEach(t -> labels.add(t.label().strip()));
    for (Map.Entry<String, String> anchor : anchors.entrySet()) {
      if (!labels.contains(anchor.getKey())) {
        return BatchSteps.refused(
            "unknown_text",
            "'" + anchor.getKey() + "' has a grade and is none of the texts",
            Map.of("label", anchor.getKey()),
            "Name a text as it is labelled.");
      }
      if (!grades.contains(anchor.getValue())) {
        return BatchSteps.refused(
            "unknown_grade",
            "'"
                + anchor.getKey()
                + "' has the grade '"
                + anchor.getValue()
                + "', which is none of "
                + String.join(", ", grades),
            Map.of("label", anchor.getKey(), "grade", anchor.getValue()),
            "Choose one of the grades, or add it to them.");
      }
    }
    List<String> empty = grades.stream().filter(g -> !anchors.containsValue(g)).toList();
    return empty.isEmpty()
        ? null
        : BatchSteps.refused(
            "grade_without_anchor",
            "no text is known to have the grade " + String.join(", ", empty),
            Map.of("grades", empty),
            "Say of one text at least that it has it, or leave the grade out.");
  }

  private static @Nullable Decision<Made> badText(Transaction tx, NewBatch wanted) {
    Set<String> labels = new HashSet<>();
    Set<UUID> versions = new HashSet<>();
    for (Text text : wanted.texts()) {
      String label = text.label().strip();
      if (label.isEmpty() || label.length() > LONGEST_NAME) {
        return BatchSteps.refused(
            "bad_label",
            "a text's label has 1 to " + LONGEST_NAME + " characters",
            Map.of("label", label),
            "Call it otherwise.");
      }
      if (unstorable(label) || (text instanceof Text.Own own && unstorable(own.body()))) {
        return unstorable();
      }
      if (!labels.add(label)) {
        return BatchSteps.refused(
            "label_twice",
            "two texts are called '" + label + "'",
            Map.of("label", label),
            "Call one of them otherwise.");
      }
      Decision<Made> bad =
          switch (text) {
            case Text.Own own ->
                own.body().isBlank()
                    ? BatchSteps.<Made>refused(
                        "text_blank",
                        "'" + label + "' has no text",
                        Map.of("label", label),
                        "Leave it out, or write something.")
                    : null;
            case Text.OfVersion of -> badVersion(tx, of, versions);
          };
      if (bad != null) {
        return bad;
      }
    }
    return null;
  }

  private static @Nullable Decision<Made> badVersion(
      Transaction tx, Text.OfVersion text, Set<UUID> versions) {
    if (!versions.add(text.versionId())) {
      return BatchSteps.refused(
          "text_twice",
          "'" + text.label() + "' is a version that is named twice",
          Map.of("version", text.versionId().toString()),
          "Name it once.");
    }
    if (tx.articles().version(text.versionId()).isEmpty()) {
      return BatchSteps.refused(
          "unknown_version",
          "there is no version " + text.versionId(),
          Map.of("version", text.versionId().toString()),
          "'imprimatur article show' lists an article's versions.");
    }
    return null;
  }

  /// PostgreSQL can't store it.
  private static boolean unstorable(String text) {
    return text.indexOf('\0') >= 0;
  }

  private static Decision<Made> unstorable() {
    return BatchSteps.refused(
        "bad_text",
        "a text has the character U+0000, which can't be stored",
        Map.of(),
        "Take it out.");
  }
}
