package dev.imprimatur.engine.provider;

import dev.imprimatur.engine.document.Document;
import java.util.List;

/// Proposes a better text. A proposal changes nothing: a person accepts or rejects it.
public interface Rewriter {
  /// Who rewrites.
  ProviderInfo info();

  /// Rewrites one text. May be slow; is called outside any transaction and may be interrupted.
  ///
  /// @throws ProviderException if no proposal could be had
  Outcome rewrite(Document text, Brief brief) throws ProviderException;

  /// What the rewrite should mend.
  ///
  /// @param intents the query intents the text is scored for
  /// @param weaknesses what the latest evaluation found wanting, each one sentence; may be empty
  record Brief(List<String> intents, List<String> weaknesses) {}

  /// What a rewriter proposes.
  sealed interface Outcome {
    /// A whole new title and body, and why each change was made.
    record Proposed(String title, String body, List<Change> changes) implements Outcome {}

    /// The rewriter found nothing it could better.
    record NothingToChange(String why) implements Outcome {}
  }

  /// One change and its reason.
  ///
  /// @param rule a stable code of the rule or instruction that led to it, such as
  ///   `split-long-paragraph`
  /// @param why one sentence for the reviewer
  record Change(String rule, String why) {}
}
