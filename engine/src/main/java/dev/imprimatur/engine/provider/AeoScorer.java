package dev.imprimatur.engine.provider;

import dev.imprimatur.engine.document.Document;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Scores how well a text serves answer engines for one query intent (answer engine optimisation).
public interface AeoScorer {
  /// Who computes the score.
  ProviderInfo info();

  /// Scores one text for one intent. May be slow; is called outside any transaction and may be
  /// interrupted.
  ///
  /// @param intent a query intent such as `how to`, `what is` or `best practices`
  /// @throws ProviderException if no score could be had
  Outcome score(Document text, String intent) throws ProviderException;

  /// What a scorer says of a text.
  sealed interface Outcome {
    /// A score and what it stands on.
    ///
    /// @param score 0 to 100, higher is better
    /// @param evidence the spans the points were given for
    /// @param raw the whole answer, points per feature included
    record Scored(double score, List<EvidenceSpan> evidence, JsonNode raw) implements Outcome {}

    /// The scorer has nothing to say of such a text. No failure.
    record NotApplicable(String why) implements Outcome {}
  }
}
