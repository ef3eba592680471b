package dev.imprimatur.engine.provider.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A fitted logistic model: the log odds that a machine wrote a text are `intercept + priorShift +
/// Σ weight × z`, where `z = (value − mean) / deviation`, cut at ±4 so that one odd value cannot
/// decide alone.
///
/// @param detector the name of the detector it belongs to
/// @param version changes whenever a weight does
/// @param intercept log odds of a text whose features are all average, classes weighted equally
/// @param priorShift added to the intercept after fitting, so that few human texts fall below the
///   escalation threshold
/// @param terms one per feature, in the order of the feature family
record DetectorModel(
    String detector, String version, double intercept, double priorShift, List<Term> terms) {

  private static final double LARGEST_Z = 4;

  /// What the model knows of one feature.
  ///
  /// @param mean average over the fitting texts
  /// @param deviation standard deviation over the fitting texts, above 0
  record Term(String feature, double mean, double deviation, double weight) {
    double z(double value) {
      double z = (value - mean) / deviation;
      return StrictMath.max(-LARGEST_Z, StrictMath.min(LARGEST_Z, z));
    }
  }

  /// Reads `models/NAME.json` beside this class.
  static DetectorModel load(String detector) {
    String resource = "models/" + detector + ".json";
    try (InputStream in = DetectorModel.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the model file " + resource + " is not in the module");
      }
      return read(JsonMapper.shared().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("the model file " + resource + " cannot be read", e);
    }
  }

  private static DetectorModel read(JsonNode json) {
    List<Term> terms = new ArrayList<>();
    for (JsonNode term : json.required("features")) {
      terms.add(
          new Term(
              term.required("name").asString(),
              term.required("mean").asDouble(),
              term.required("deviation").asDouble(),
              term.required("weight").asDouble()));
    }
    return new DetectorModel(
        json.required("detector").asString(),
        json.required("version").asString(),
        json.required("intercept").asDouble(),
        json.required("prior_shift").asDouble(),
        List.copyOf(terms));
  }

  /// The probability that a machine wrote a text with these feature values, 0 to 1.
  double probability(double[] values) {
    double logOdds = intercept + priorShift;
    for (int i = 0; i < terms.size(); i++) {
      logOdds += contribution(i, values[i]);
    }
    return Stats.logistic(logOdds);
  }

  /// What one feature adds to the log odds; above 0 speaks for a machine.
  double contribution(int term, double value) {
    return terms.get(term).weight() * terms.get(term).z(value);
  }
}
