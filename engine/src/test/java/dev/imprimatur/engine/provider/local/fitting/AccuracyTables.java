package dev.imprimatur.engine.provider.local.fitting;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Prints measured figures as the Markdown tables of `docs/accuracy.md`, so that the page cannot
/// drift from the measurement.
final class AccuracyTables {
  static final String BEGIN = "<!-- figures: written by packaging/fit-detectors -->";
  static final String END = "<!-- end of figures -->";

  private AccuracyTables() {}

  static String of(JsonNode accuracy, List<FittedModel> models) {
    List<String> lines = new ArrayList<>();
    passages(accuracy.get("passages"), lines);
    lines.add("### Held-out split");
    lines.add("");
    header(lines, "score");
    accuracy.get("held_out").properties().forEach(e -> row(e.getKey(), e.getValue(), lines));
    lines.add("");
    lines.add("### The average of the three, by length of the passage");
    lines.add("");
    header(lines, "passages");
    accuracy
        .get("average_by_length")
        .properties()
        .forEach(e -> row(e.getKey().replace('_', ' '), e.getValue(), lines));
    row("dev split, all lengths", accuracy.get("average_dev"), lines);
    lines.add("");
    lines.add("### Share below 70 by source (average of the three, held-out split)");
    lines.add("");
    lines.add("| source | passages | below 70 |");
    lines.add("| --- | --- | --- |");
    groups(accuracy.get("human_held_out_by_source"), "people: ", lines);
    groups(accuracy.get("machine_held_out_by_register"), "machine: ", lines);
    lines.add("");
    settings(models, lines);
    return String.join("\n", lines);
  }

  /// The page with the tables put between its two marks.
  static String into(String page, String tables) {
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    return page.substring(0, begin) + "\n\n" + tables + "\n\n" + page.substring(page.indexOf(END));
  }

  private static void passages(JsonNode passages, List<String> lines) {
    lines.add("| split | passages by people | passages by a machine |");
    lines.add("| --- | --- | --- |");
    for (Map.Entry<String, JsonNode> e : passages.properties()) {
      lines.add(
          "| %s | %d | %d |"
              .formatted(
                  e.getKey().replace('_', ' '),
                  e.getValue().get("human").asInt(),
                  e.getValue().get("machine").asInt()));
    }
    lines.add("");
  }

  private static void header(List<String> lines, String first) {
    lines.add(
        "| "
            + first
            + " | people / machine | AUC | accuracy at 70 | people below 70 | machine below 70 |"
            + " median people / machine |");
    lines.add("| --- | --- | --- | --- | --- | --- | --- |");
  }

  private static void row(String name, JsonNode f, List<String> lines) {
    lines.add(
        String.format(
            Locale.ROOT,
            "| %s | %d / %d | %.3f (%.3f–%.3f) | %s | %s | %s | %.1f / %.1f |",
            name,
            f.get("human").asInt(),
            f.get("machine").asInt(),
            f.get("auc").asDouble(),
            f.get("auc_low").asDouble(),
            f.get("auc_high").asDouble(),
            percent(f.get("accuracy")),
            interval(f, "human_below_threshold"),
            interval(f, "machine_below_threshold"),
            f.get("human_median").asDouble(),
            f.get("machine_median").asDouble()));
  }

  private static void groups(JsonNode groups, String prefix, List<String> lines) {
    for (Map.Entry<String, JsonNode> e : groups.properties()) {
      lines.add(
          "| %s%s | %d | %s |"
              .formatted(
                  prefix,
                  e.getKey(),
                  e.getValue().get("passages").asInt(),
                  percent(e.getValue().get("below_threshold"))));
    }
  }

  private static void settings(List<FittedModel> models, List<String> lines) {
    for (FittedModel model : models) {
      lines.add(
          String.format(
              Locale.ROOT,
              "- `%s`: %d features, L2 penalty %.0f, prior shift %.1f.",
              model.detector(),
              model.features().size(),
              model.penalty(),
              model.priorShift()));
    }
  }

  private static String interval(JsonNode figures, String name) {
    return percent(figures.get(name))
        + " ("
        + percent(figures.get(name + "_low"))
        + "–"
        + percent(figures.get(name + "_high"))
        + ")";
  }

  private static String percent(JsonNode share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share.asDouble());
  }
}
