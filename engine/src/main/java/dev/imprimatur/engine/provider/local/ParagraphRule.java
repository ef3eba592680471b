package dev.imprimatur.engine.provider.local;

import java.util.List;

/// A rule of the rewriter that looks at one paragraph at a time.
@FunctionalInterface
interface ParagraphRule {
  /// The edits it proposes, ascending and without overlap; empty if the paragraph is fine.
  List<Edit> edits(SourceParagraph paragraph);
}
