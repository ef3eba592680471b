package dev.imprimatur.engine.assessment;

import dev.imprimatur.engine.assessment.BatchReport.Standing;
import dev.imprimatur.engine.assessment.scale.TextScore;
import dev.imprimatur.engine.assessment.scale.csv.TableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Writes a ranking as a table: a text a line, the best first.
public final class RankingFile {
  /// So many standard errors to either side hold the score in 95 of 100 cases.
  public static final double INTERVAL = 1.96;

  private static final List<String> HEAD =
      List.of(
          "rank",
          "text",
          "score",
          "se",
          "low",
          "high",
          "infit",
          "outfit",
          "wins",
          "losses",
          "ties",
          "known_grade",
          "likeliest_grade");

  private RankingFile() {}

  /// Writes it; `low` and `high` are the score ∓ 1.96 standard errors. What can't be told is left
  /// empty. A text that a spreadsheet would take for a formula has an apostrophe before it. Where
  /// grades were projected, each grade has a column with its chance.
  ///
  /// @return how many texts the file has, as read back
  /// @throws IOException if it can't be written or read back
  public static long write(Path file, BatchReport report) throws IOException {
    boolean graded = report.grading().orElse(null) instanceof Grading.Projected;
    List<String> head = new ArrayList<>(HEAD);
    if (graded) {
      report.grades().forEach(grade -> head.add("chance_" + grade));
    }
    return TableFile.write(
        file, head, sink -> report.standings().forEach(s -> sink.accept(line(report, s, graded))));
  }

  private static List<String> line(BatchReport report, Standing s, boolean graded) {
    Double se = s.se();
    TextScore fit = s.fit();
    List<Double> chances = s.chances();
    List<String> line = new ArrayList<>();
    line.add(String.valueOf(s.rank()));
    line.add(plain(s.label()));
    line.add(number(s.score()));
    line.add(number(se));
    line.add(number(se == null ? null : s.score() - INTERVAL * se));
    line.add(number(se == null ? null : s.score() + INTERVAL * se));
    line.add(fit == null ? "" : number(fit.infit()));
    line.add(fit == null ? "" : number(fit.outfit()));
    line.add(fit == null ? "" : String.valueOf(fit.wins()));
    line.add(fit == null ? "" : String.valueOf(fit.losses()));
    line.add(fit == null ? "" : String.valueOf(fit.ties()));
    line.add(s.known() == null ? "" : plain(s.known()));
    line.add(chances == null ? "" : plain(report.grades().get(GradingJson.likeliest(chances))));
    if (graded) {
      for (int k = 0; k < report.grades().size(); k++) {
        line.add(chances == null ? "" : number(chances.get(k)));
      }
    }
    return line;
  }

  // Labels are titles of whatever was imported. A spreadsheet would run those that begin so.
  private static String plain(String text) {
    return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : "";
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.6f", value);
  }
}
