package dev.imprimatur.engine.provider;

import java.util.List;
import java.util.Optional;

/// The providers this process works with.
///
/// @param detectors with distinct names
/// @param intents the query intents that AEO is scored for
public record Providers(
    List<Detector> detectors, AeoScorer aeoScorer, Rewriter rewriter, List<String> intents) {

  public Providers {
    detectors = List.copyOf(detectors);
    intents = List.copyOf(intents);
  }

  /// The detector of this name.
  public Optional<Detector> detector(String name) {
    return detectors.stream().filter(d -> d.name().equals(name)).findFirst();
  }
}
