package dev.imprimatur.app.cli;

import dev.imprimatur.engine.assessment.scale.Comparisons;
import dev.imprimatur.engine.assessment.scale.Fit;
import dev.imprimatur.engine.assessment.scale.Fit.Estimate;
import dev.imprimatur.engine.assessment.scale.JudgeFit;
import dev.imprimatur.engine.assessment.scale.TextScore;
import dev.imprimatur.engine.assessment.scale.quality.Adaptivity;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Scores for people: the best text first.
final class ScoresText {
  private ScoresText() {}

  static String of(Fit fit, Comparisons comparisons, int columns) {
    var text = new StringBuilder(texts(fit).text(columns));
    if (!fit.judges().isEmpty()) {
      text.append('\n').append(judges(fit).text(columns));
    }
    text.append('\n');
    line(text, "comparisons", comparisons.size() + " of " + fit.texts().size() + " texts");
    line(text, "log likelihood", number(fit.logLikelihood()));
    line(text, "deviance", number(fit.deviance()));
    line(
        text,
        "by pair",
        number(fit.pairs().deviance()) + " on " + fit.pairs().degreesOfFreedom() + " df");
    line(text, "SSR", number(fit.reliability().ssr()));
    line(text, "separation", number(fit.reliability().separation()));
    fit.orderEffect()
        .ifPresent(e -> line(text, "order effect", estimate(e) + " logits for the first"));
    fit.tieParameter().ifPresent(e -> line(text, "log ν of ties", estimate(e)));
    line(text, "constraint", fit.constraint());
    line(text, "iterations", String.valueOf(fit.iterations()));
    return text.append(remarks(fit, comparisons)).toString();
  }

  private static Table texts(Fit fit) {
    boolean ties = fit.texts().stream().anyMatch(t -> t.ties() > 0);
    List<String> head =
        List.of("text", ">score", ">se", ">infit", ">outfit", ">wins", ">losses", ">ties");
    var table = new Table(head.subList(0, ties ? 8 : 7).toArray(String[]::new));
    fit.texts().stream()
        .sorted(Comparator.comparingDouble(TextScore::score).reversed())
        .forEach(t -> {
          List<Object> cells =
              List.of(
                  t.name(),
                  number(t.score()),
                  number(t.se()),
                  number(t.infit()),
                  number(t.outfit()),
                  t.wins(),
                  t.losses(),
                  t.ties());
          table.row(cells.subList(0, ties ? 8 : 7).toArray());
        });
    return table;
  }

  private static Table judges(Fit fit) {
    var table = new Table("judge", ">comparisons", ">infit", ">outfit");
    for (JudgeFit judge : fit.judges()) {
      table.row(judge.name(), judge.comparisons(), number(judge.infit()), number(judge.outfit()));
    }
    return table;
  }

  private static String remarks(Fit fit, Comparisons comparisons) {
    var remarks = new StringBuilder();
    if (fit.samples() > 0) {
      remarks
          .append("With so many texts the standard errors are estimated, from ")
          .append(fit.samples())
          .append(" random vectors.\n");
    }
    Adaptivity adaptivity = Adaptivity.of(comparisons, fit.scores());
    if (adaptivity.noticeable()) {
      remarks.append(
          String.format(
              Locale.ROOT,
              "Compared texts are %.2f times as far apart as texts are on average, as where pairs are chosen by score: SSR"
                  + " may be too high.\n",
              adaptivity.ratio().orElseThrow()));
    }
    return remarks.isEmpty() ? "" : "\n" + remarks;
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-16s%s\n", name, value));
  }

  private static String estimate(Estimate e) {
    return number(e.value()) + " (se " + number(e.se()) + ")";
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : "–";
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.4f", value);
    return text.equals("-0.0000") ? "0.0000" : text;
  }
}
