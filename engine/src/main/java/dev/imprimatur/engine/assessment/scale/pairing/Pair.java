package dev.imprimatur.engine.assessment.scale.pairing;

/// Two texts to compare, by number.
///
/// @param first the one to show first
/// @param second the other
public record Pair(int first, int second) {}
