package dev.imprimatur.engine.provider.local.fitting;

import dev.imprimatur.engine.provider.local.StyleMeasures;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Fits the local detectors.
///
/// - `extract PACKAGES CORPUS FEATURES` measures texts and writes the table of feature values.
/// - `fit FEATURES MODELS PAGE` fits from that table alone, writes the models and their accuracy,
///   and puts the figures into the page.
public final class FitDetectors {
  private static final String VERSION = "2026.1";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private FitDetectors() {}

  public static void main(String[] args) throws IOException {
    if (args.length == 4 && args[0].equals("extract")) {
      extract(Path.of(args[1]), Path.of(args[2]), Path.of(args[3]));
    } else if (args.length == 4 && args[0].equals("fit")) {
      fit(Path.of(args[1]), Path.of(args[2]), Path.of(args[3]), System.out);
    } else {
      throw new IllegalArgumentException(
          "usage: extract PACKAGES CORPUS FEATURES | fit FEATURES MODELS PAGE");
    }
  }

  private static void extract(Path packages, Path corpus, Path table) throws IOException {
    List<Sample> samples = new ArrayList<>(Extraction.human(packages));
    samples.addAll(Extraction.machine(corpus));
    SampleTable.write(table, samples);
  }

  private static void fit(Path table, Path folder, Path page, PrintStream out) throws IOException {
    List<Sample> samples = SampleTable.read(table);
    List<FittedModel> models = Fitting.fit(samples, StyleMeasures.detectors());
    Files.createDirectories(folder);
    for (FittedModel model : models) {
      Files.writeString(
          folder.resolve(model.detector() + ".json"), JSON.writeValueAsString(json(model)) + "\n");
    }
    ObjectNode accuracy = Accuracy.measure(samples, models);
    Files.writeString(folder.resolve("accuracy.json"), JSON.writeValueAsString(accuracy) + "\n");
    String tables = AccuracyTables.of(accuracy, models);
    Files.writeString(page, AccuracyTables.into(Files.readString(page), tables));
    out.println(tables);
    printFeatures(samples, models, out);
  }

  private static ObjectNode json(FittedModel model) {
    ObjectNode json = JSON.createObjectNode();
    json.put("detector", model.detector());
    json.put("version", VERSION);
    json.put(
        "fitted",
        "L2-regularised logistic regression by Newton's method on the training split of "
            + "engine/src/test/resources/corpus/features.csv: prose of Debian packages against "
            + "texts by one large language model; penalty and prior shift chosen on the dev "
            + "split; accuracy on the held-out split in accuracy.json and docs/accuracy.md; "
            + "refit with packaging/fit-detectors");
    json.put("penalty", model.penalty());
    json.put("intercept", model.intercept());
    json.put("prior_shift", model.priorShift());
    ArrayNode features = json.putArray("features");
    for (int i = 0; i < model.features().size(); i++) {
      features
          .addObject()
          .put("name", model.features().get(i))
          .put("mean", model.means()[i])
          .put("deviation", model.deviations()[i])
          .put("weight", model.weights()[i]);
    }
    return json;
  }

  /// Each feature's AUC alone on the training split, so that one that gives the label away is seen.
  private static void printFeatures(
      List<Sample> samples, List<FittedModel> models, PrintStream out) {
    List<Sample> train = Fitting.of(samples, Sample.Split.TRAIN);
    for (FittedModel model : models) {
      for (int i = 0; i < model.features().size(); i++) {
        String feature = model.features().get(i);
        double auc = Accuracy.auc(column(train, feature, true), column(train, feature, false));
        out.printf(
            Locale.ROOT,
            "%-18s %-20s auc %.3f weight %+.3f%n",
            model.detector(),
            feature,
            auc,
            model.weights()[i]);
      }
    }
  }

  private static double[] column(List<Sample> samples, String feature, boolean machine) {
    return samples.stream()
        .filter(s -> s.machine() == machine)
        .mapToDouble(s -> s.values().getOrDefault(feature, 0.0))
        .toArray();
  }
}
