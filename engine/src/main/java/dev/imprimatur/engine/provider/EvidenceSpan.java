package dev.imprimatur.engine.provider;

/// A stretch of a version's body that a score stands on.
///
/// @param start offset of the first character in the body, in UTF-16 units, at least 0
/// @param end offset after the last character, at least `start`
/// @param feature the rubric's or detector's feature this is evidence for, such as `statistics`
/// @param quote the text of the span, shortened to 200 characters
public record EvidenceSpan(int start, int end, String feature, String quote) {}
