package dev.imprimatur.engine.assessment.scale;

import java.util.OptionalDouble;

/// What the comparisons tell of a text.
///
/// @param score in logits
/// @param se its standard error, in logits, under the fit's constraint; 0 for a reference or an
///   anchor
/// @param infit mean squared residual, weighted by information (Wright & Masters 1982); 1 is
///   expected, more is less predictable. Empty for a text that was never compared
/// @param outfit the same without weights, so that surprises between far texts weigh more
/// @param wins how often it was found better
/// @param losses how often the other was
/// @param ties how often neither was
/// @param fixed whether its score was given
public record TextScore(
    String name,
    double score,
    double se,
    OptionalDouble infit,
    OptionalDouble outfit,
    int wins,
    int losses,
    int ties,
    boolean fixed) {}
