package dev.imprimatur.engine.queue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A job whose rows in the two layouts differ.
///
/// @param columns in which; `missing` if it has no row in the new one
/// @param newStatus null if it has no row in the new one
public record LayoutDifference(
    JobKey key,
    String kind,
    List<String> columns,
    JobStatus oldStatus,
    @Nullable JobStatus newStatus,
    int oldAttempts,
    int newAttempts) {}
