package dev.imprimatur.engine.assessment;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far the judging of a batch has come, for one person.
///
/// @param mine what this person has judged of it
/// @param free outstanding pairs this person may get
/// @param out outstanding pairs that are kept for others
/// @param nextFree in how long the first of these is free again; null where none is out
/// @param ranking its labels, best first; empty before it has ended with one
public record JudgingProgress(
    Batch batch,
    JudgeTimes mine,
    int free,
    int out,
    @Nullable Duration nextFree,
    List<String> ranking) {}
