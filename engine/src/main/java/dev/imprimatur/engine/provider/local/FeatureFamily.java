package dev.imprimatur.engine.provider.local;

import java.util.List;

/// A set of style measures that one detector reads. Families share no measure, so that their
/// detectors err apart.
interface FeatureFamily {
  /// The measures in a fixed order.
  List<Feature> features();

  /// One value per feature, in the same order, always finite.
  double[] measure(StyleText text);

  /// A style measure.
  ///
  /// @param name stable name used in model files and raw answers
  /// @param words what it measures as a noun phrase that fits "the ... is high"
  record Feature(String name, String words) {}
}
