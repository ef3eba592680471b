package dev.imprimatur.engine.tour;

import java.time.Instant;

/// Who changed a field last.
///
/// @param revision that the tour or checkpoint had from then on
/// @param at by the database's clock
public record FieldChange(long revision, String by, Instant at) {}
