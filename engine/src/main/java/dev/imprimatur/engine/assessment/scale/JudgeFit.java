package dev.imprimatur.engine.assessment.scale;

import java.util.OptionalDouble;

/// How well a judge's decisions go with the scores of all.
///
/// @param comparisons how many decisions are theirs
/// @param infit mean squared residual, weighted by information (Wright & Masters 1982; for judges
///   Pollitt 2012); 1 is expected, well above is someone who sees it otherwise. Empty without
///   decisions
/// @param outfit the same without weights
public record JudgeFit(String name, int comparisons, OptionalDouble infit, OptionalDouble outfit) {}
