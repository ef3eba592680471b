package dev.imprimatur.engine.provider;

import dev.imprimatur.engine.document.Document;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Judges how likely it is that a text was written by a machine.
public interface Detector {
  /// The name under which its result is stored; unique among the detectors of a run.
  String name();

  /// Who computes the score.
  ProviderInfo info();

  /// Judges one text. May be slow; is called outside any transaction and may be interrupted.
  ///
  /// @throws ProviderException if no judgement could be had
  Outcome detect(Document text) throws ProviderException;

  /// What a detector says of a text.
  sealed interface Outcome {
    /// The probability that the text was written by a machine.
    ///
    /// @param aiProbability 0 to 1; the stored score is `100 × (1 − aiProbability)`
    /// @param band what a person should make of it, such as `likely human`
    /// @param reasons the features that weighed most, most first, each one sentence
    /// @param raw the whole answer, kept as it is
    record Scored(double aiProbability, String band, List<String> reasons, JsonNode raw)
        implements Outcome {}

    /// The detector has nothing to say of such a text, for example because it is too short. No
    /// failure.
    record NotApplicable(String why) implements Outcome {}
  }
}
