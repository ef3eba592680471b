package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.provider.AeoScorer;
import dev.imprimatur.engine.provider.Detector;
import dev.imprimatur.engine.provider.Rewriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The providers that need no network and no key. All are deterministic and safe for use by many
/// threads.
public final class LocalProviders {
  /// The detectors by name with the measures each reads, in the order in which they are shown.
  static final Map<String, FeatureFamily> FAMILIES = families();

  private LocalProviders() {}

  /// The three stylometric detectors `local-rhythm`, `local-lexis` and `local-repetition`; their
  /// accuracy is stated in `docs/accuracy.md`.
  public static List<Detector> detectors() {
    List<Detector> detectors = new ArrayList<>();
    FAMILIES.forEach(
        (name, family) -> detectors.add(new StylometricDetector(DetectorModel.load(name), family)));
    return List.copyOf(detectors);
  }

  /// The rubric of 100 points per query intent.
  public static AeoScorer aeoScorer() {
    return new LocalAeoScorer();
  }

  /// The rule-based rewriter, which adds no fact, quotation or source.
  public static Rewriter rewriter() {
    return new LocalRewriter();
  }

  private static Map<String, FeatureFamily> families() {
    Map<String, FeatureFamily> families = new LinkedHashMap<>();
    families.put("local-rhythm", new RhythmFeatures());
    families.put("local-lexis", new LexisFeatures());
    families.put("local-repetition", new RepetitionFeatures());
    return Collections.unmodifiableMap(families);
  }
}
