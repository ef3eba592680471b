package dev.imprimatur.engine.sweep;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One tick of a sweep. All times are the database's.
///
/// @param tick when it was due; with the name its identity
/// @param worker who took it
/// @param requested whether a person had asked for it
/// @param ended null while it runs
/// @param found null while it runs and if it failed
/// @param error why it failed, or null
public record SweepRun(
    String name,
    Instant tick,
    String worker,
    boolean requested,
    Instant started,
    @Nullable Instant ended,
    @Nullable Long found,
    @Nullable Long done,
    @Nullable String note,
    @Nullable String error) {}
