package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.document.Document;
import dev.imprimatur.engine.provider.Detector;
import dev.imprimatur.engine.provider.ProviderInfo;
import dev.imprimatur.engine.provider.local.FeatureFamily.Feature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Judges a text by one family of style measures through a fitted logistic model. Its error is
/// stated in `docs/accuracy.md`: a score is a reason to look, never proof.
final class StylometricDetector implements Detector {
  /// Below this, style measures are mostly noise.
  static final int FEWEST_WORDS = 100;

  /// An average human-likeness below 70 escalates, so 0.3 is where a person should start to look.
  static final double UNCLEAR_FROM = 0.3;

  static final double MACHINE_FROM = 0.7;

  private static final int MOST_REASONS = 4;
  private static final double SMALLEST_REASON = 0.1;

  private final DetectorModel model;
  private final FeatureFamily family;

  StylometricDetector(DetectorModel model, FeatureFamily family) {
    List<String> fitted = model.terms().stream().map(DetectorModel.Term::feature).toList();
    List<String> measured = family.features().stream().map(Feature::name).toList();
    if (!fitted.equals(measured)) {
      throw new IllegalArgumentException(
          "model " + model.detector() + " was fitted on " + fitted + ", not on " + measured);
    }
    this.model = model;
    this.family = family;
  }

  @Override
  public String name() {
    return model.detector();
  }

  @Override
  public ProviderInfo info() {
    return new ProviderInfo(model.detector(), model.version());
  }

  @Override
  public Outcome detect(Document document) {
    StyleText text = StyleText.of(document);
    int words = text.words().size();
    if (words < FEWEST_WORDS) {
      return new Outcome.NotApplicable(
          "the text has %d words of running prose; %d are needed".formatted(words, FEWEST_WORDS));
    }
    double[] values = family.measure(text);
    double probability = Stats.round(model.probability(values), 4);
    String band = band(probability);
    return new Outcome.Scored(
        probability, band, reasons(values), raw(values, probability, band, words));
  }

  private static String band(double probability) {
    if (probability < UNCLEAR_FROM) {
      return "likely human";
    }
    return probability < MACHINE_FROM ? "unclear" : "likely machine";
  }

  private List<String> reasons(double[] values) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (StrictMath.abs(model.contribution(i, values[i])) >= SMALLEST_REASON) {
        order.add(i);
      }
    }
    order.sort(
        Comparator.comparingDouble(
            (Integer i) -> -StrictMath.abs(model.contribution(i, values[i]))));
    return order.stream().limit(MOST_REASONS).map(i -> reason(i, values[i])).toList();
  }

  private String reason(int i, double value) {
    DetectorModel.Term term = model.terms().get(i);
    String side = value >= term.mean() ? "higher" : "lower";
    String verdict = model.contribution(i, value) > 0 ? "a machine" : "a person";
    return String.format(
        Locale.ROOT,
        "The %s is %s than usual (%.2f against %.2f), which speaks for %s.",
        family.features().get(i).words(),
        side,
        value,
        term.mean(),
        verdict);
  }

  private ObjectNode raw(double[] values, double probability, String band, int words) {
    ObjectNode raw = JsonMapper.shared().createObjectNode();
    raw.put("detector", model.detector());
    raw.put("model", model.version());
    raw.put("words", words);
    raw.put("ai_probability", probability);
    raw.put("band", band);
    raw.put("intercept", model.intercept());
    raw.put("prior_shift", model.priorShift());
    ArrayNode features = raw.putArray("features");
    for (int i = 0; i < values.length; i++) {
      DetectorModel.Term term = model.terms().get(i);
      features
          .addObject()
          .put("name", term.feature())
          .put("value", Stats.round(values[i], 6))
          .put("z", Stats.round(term.z(values[i]), 4))
          .put("contribution", Stats.round(model.contribution(i, values[i]), 4));
    }
    return raw;
  }
}
