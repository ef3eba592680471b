package dev.imprimatur.fxml.desk;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.fxml.view.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Why an escalation was raised, as sentences with the numbers that led to it.
final class Arithmetic {
  private Arithmetic() {}

  static List<String> of(Escalation e, Texts texts) {
    JsonNode d = e.details();
    return switch (e.reason()) {
      case LIKELY_AI_GENERATED, POOR_QUALITY ->
          List.of(
              texts.get(
                  "why.below",
                  texts.code("metric", d.path("metric").asString("")),
                  number(d.path("value")),
                  number(d.path("threshold")),
                  difference(d.path("threshold"), d.path("value"))));
      case SCORE_REGRESSION -> regression(d, texts);
      case REWRITE_CAP ->
          List.of(texts.get("why.cap", number(d.path("cycles_used")), number(d.path("cap"))));
      case APPROVED_REWRITE_ATTEMPT -> List.of(texts.get("why.approved"));
    };
  }

  private static List<String> regression(JsonNode d, Texts texts) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, JsonNode> metric : d.path("metrics").properties()) {
      JsonNode m = metric.getValue();
      String key = m.path("regressed").asBoolean(false) ? "why.fell" : "why.held";
      lines.add(
          texts.get(
              key,
              texts.code("metric", metric.getKey()),
              number(m.path("before")),
              number(m.path("after")),
              number(m.path("drop")),
              number(d.path("threshold"))));
    }
    lines.add(texts.code("why.basis", d.path("basis").asString("")));
    if (!d.path("comparable").asBoolean(true)) {
      lines.add(texts.get("why.incomparable"));
    }
    if (d.path("partial").asBoolean(false)) {
      lines.add(texts.get("why.partial"));
    }
    return lines;
  }

  private static String difference(JsonNode more, JsonNode less) {
    return more.isNumber() && less.isNumber()
        ? show(more.decimalValue().subtract(less.decimalValue()))
        : "–";
  }

  private static String number(JsonNode node) {
    return node.isNumber() ? show(node.decimalValue()) : "–";
  }

  /// A number to two decimals at most, without zeros that say nothing.
  static String show(BigDecimal value) {
    BigDecimal rounded = value.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.setScale(Math.max(0, rounded.scale())).toPlainString();
  }

  /// The escalation's reason in words.
  static String reason(Escalation e, Texts texts) {
    return texts.code("reason", Code.of(e.reason()));
  }
}
