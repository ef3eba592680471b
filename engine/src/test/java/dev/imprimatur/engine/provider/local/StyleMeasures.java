package dev.imprimatur.engine.provider.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Opens the detectors' measures to the fitting program.
public final class StyleMeasures {
  private StyleMeasures() {}

  /// All values of all families by feature name, of prose without mark-up.
  public static Map<String, Double> of(String prose) {
    StyleText text = StyleText.of(prose);
    Map<String, Double> values = new LinkedHashMap<>();
    for (FeatureFamily family : LocalProviders.FAMILIES.values()) {
      double[] own = family.measure(text);
      List<FeatureFamily.Feature> features = family.features();
      for (int i = 0; i < own.length; i++) {
        values.put(features.get(i).name(), own[i]);
      }
    }
    return values;
  }

  /// The detectors with the names of their features, in order.
  public static Map<String, List<String>> detectors() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    LocalProviders.FAMILIES.forEach((detector, family) ->
        names.put(detector, family.features().stream().map(FeatureFamily.Feature::name).toList()));
    return names;
  }

  public static boolean isProse(String paragraph) {
    return StyleText.isProse(paragraph);
  }

  public static String level(String paragraph) {
    return StyleText.level(paragraph);
  }
}
