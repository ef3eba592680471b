package dev.imprimatur.engine.review;

import java.util.UUID;

/// How far a run has come.
///
/// @param ended parts that are in, with or without a score
/// @param parts all of them
public record RunProgress(UUID runId, EvaluationRun.Status status, int ended, int parts) {}
