package dev.imprimatur.app.cli;

import ch.qos.logback.classic.Level;
import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.assessment.scale.BradleyTerry;
import dev.imprimatur.engine.assessment.scale.Comparisons;
import dev.imprimatur.engine.assessment.scale.Fit;
import dev.imprimatur.engine.assessment.scale.FitOptions;
import dev.imprimatur.engine.assessment.scale.FitOutcome;
import dev.imprimatur.engine.assessment.scale.Identification;
import dev.imprimatur.engine.assessment.scale.Refusal;
import dev.imprimatur.engine.assessment.scale.Ties;
import dev.imprimatur.engine.assessment.scale.csv.ComparisonFile;
import dev.imprimatur.engine.assessment.scale.csv.ComparisonFile.Format;
import dev.imprimatur.engine.assessment.scale.csv.ComparisonFile.Problem;
import dev.imprimatur.engine.assessment.scale.csv.ComparisonFile.Reading;
import dev.imprimatur.engine.json.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `imprimatur scores …`: arithmetic on a file, without any database.
@Command(name = "scores", description = "A scale from comparisons in a file; needs no database.")
final class ScoresCommands {
  private static final int BUFFER = 1 << 16;

  private final Context context;

  ScoresCommands(Context context) {
    this.context = context;
  }

  @Command(
      name = "fit",
      description = {
        "Bradley–Terry scores, in logits, from comparisons.",
        "FILE.csv is a list, winner,loser[,judge[,outcome[,first]]], with or without a line of these names;"
            + " outcome is win or tie, first the text that was shown first. Or it is a list of pairs with"
            + " names above, first,second,outcome or first,second,wins1,wins2[,ties]; or a square matrix"
            + " of wins, row over column."
      })
  int fit(
      @Parameters(paramLabel = "FILE.csv", description = "The comparisons, in UTF-8.") Path file,
      @Option(
              names = "--reference",
              paramLabel = "NAME",
              description = "The text whose score is zero.")
          @Nullable String reference,
      @Option(names = "--sum-zero", description = "The scores sum to zero (the default).")
          boolean sumZero,
      @Option(
              names = "--order-effect",
              description = "Estimate what being shown first adds; needs the column first.")
          boolean orderEffect,
      @Option(
              names = "--ties",
              paramLabel = "HOW",
              defaultValue = "half",
              description =
                  "half: a tie is half a win each (default). davidson: an outcome of its own.")
          String ties,
      @Option(
              names = "--ridge",
              paramLabel = "L",
              defaultValue = "0",
              description =
                  "Adds L/2 times the sum of squared scores to the negative log likelihood (default: 0).")
          String ridge,
      @Option(
              names = "--format",
              paramLabel = "WHAT",
              defaultValue = "auto",
              description = "What the file is, if it can be taken for either: list or matrix.")
          String format) {
    if (reference != null && sumZero) {
      throw usage("--reference and --sum-zero exclude each other");
    }
    FitOptions options =
        FitOptions.DEFAULT
            .withTies(one(Ties.class, "--ties", ties))
            .withOrderEffect(orderEffect)
            .withRidge(ridge(ridge))
            .withIdentification(
                reference == null
                    ? new Identification.SumToZero()
                    : new Identification.Reference(reference));
    Format what = one(Format.class, "--format", format);
    context.log(Level.WARN);
    try (var progress = new FitLine(context)) {
      return switch (read(file, what, progress)) {
        case Reading.Read r -> fit(file, r, options, progress);
        case Reading.Malformed m -> malformed(file, m, progress);
        case Reading.Stopped s -> stopped(progress);
      };
    }
  }

  private static Trouble usage(String what) {
    return Trouble.input("usage", "scores fit: " + what);
  }

  private static <E extends Enum<E>> E one(Class<E> type, String option, String value) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
        return constant;
      }
    }
    String all =
        Arrays.stream(type.getEnumConstants())
            .map(c -> c.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    throw usage(option + " '" + value + "' is none of " + all);
  }

  private static double ridge(String text) {
    try {
      double ridge = Double.parseDouble(text);
      if (ridge >= 0 && ridge < Double.POSITIVE_INFINITY) {
        return ridge;
      }
    } catch (NumberFormatException e) {
      // Told below, as other numbers that make no ridge are.
    }
    throw usage("--ridge '" + text + "' is no number from 0 on");
  }

  private static Reading read(Path file, Format format, FitLine progress) {
    if (Files.isDirectory(file)) {
      throw Trouble.input("unreadable", file + " is a folder, not a file of comparisons");
    }
    if (!Files.exists(file)) {
      throw Trouble.input("unreadable", "there is no file " + file);
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      return ComparisonFile.read(in, format, progress::reading);
    } catch (IOException e) {
      throw Trouble.input(
          "unreadable", file + " can't be read: " + Failures.oneLine(e.getMessage()));
    }
  }

  private int fit(Path file, Reading.Read read, FitOptions options, FitLine progress) {
    Comparisons comparisons = read.comparisons();
    return switch (BradleyTerry.fit(comparisons, options, progress)) {
      case FitOutcome.Fitted f ->
          context.interrupts().requested()
              ? stopped(progress)
              : print(f.fit(), comparisons, read, progress);
      case FitOutcome.Refused r -> refused(file, r.why(), progress);
      case FitOutcome.Stopped s -> stopped(progress);
    };
  }

  private int print(Fit fit, Comparisons comparisons, Reading.Read read, FitLine progress) {
    progress.close();
    read.remarks().forEach(remark -> context.tell("imprimatur: " + remark));
    if (!read.passedOver().isEmpty()) {
      context.tell("imprimatur: columns not looked at: " + String.join(", ", read.passedOver()));
    }
    context.print(ScoresJson.of(fit), columns -> ScoresText.of(fit, comparisons, columns));
    return ExitStatus.DONE;
  }

  private int refused(Path file, Refusal why, FitLine progress) {
    progress.close();
    int status =
        switch (why) {
          case Refusal.NoComparisons n -> ExitStatus.INPUT;
          case Refusal.TooFewTexts t -> ExitStatus.INPUT;
          case Refusal.UnknownTexts u -> ExitStatus.INPUT;
          case Refusal.OrderUnknown o -> ExitStatus.INPUT;
          default -> ExitStatus.WRONG;
        };
    String hint =
        why instanceof Refusal.OrderUnknown
            ? ". Add a column first with the name of the text that was shown first"
            : "";
    return fail(
        status, Json.object(), why.code(), file.getFileName() + ": " + why.message() + hint);
  }

  private int malformed(Path file, Reading.Malformed malformed, FitLine progress) {
    progress.close();
    ObjectNode json = Json.object();
    var array = json.putArray("problems");
    for (Problem problem : malformed.problems()) {
      array.addObject().put("line", problem.line()).put("what", problem.what());
    }
    if (malformed.total() == 1) {
      return fail(
          ExitStatus.INPUT,
          json,
          "malformed",
          file.getFileName() + ": " + malformed.problems().getFirst());
    }
    malformed.problems().forEach(p -> context.tell(file.getFileName() + ": " + p));
    long untold = malformed.total() - malformed.problems().size();
    return fail(
        ExitStatus.INPUT,
        json,
        "malformed",
        file.getFileName()
            + " is not read: "
            + malformed.total()
            + " things are wrong with it"
            + (untold == 0 ? "" : ", of which the first are told"));
  }

  private int fail(int status, ObjectNode json, String code, String line) {
    String oneLine = Failures.oneLine(line);
    context.tell("imprimatur: " + oneLine);
    if (context.options().json) {
      json.put("outcome", "error").put("code", code).put("message", oneLine);
      context.print(json, () -> "");
    }
    return status;
  }

  private int stopped(FitLine progress) {
    progress.close();
    context.tell("imprimatur: interrupted");
    return ExitStatus.INTERRUPTED;
  }
}
