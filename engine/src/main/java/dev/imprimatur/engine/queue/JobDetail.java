package dev.imprimatur.engine.queue;

import dev.imprimatur.engine.audit.AuditEntry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// All that is known of a job.
///
/// @param diagnostics why it ended without success, or null
/// @param heartbeatAge how long ago its worker was last heard of; null unless it runs
/// @param progressAge how long ago it last came forward, or was claimed; null unless it runs
/// @param retriedAs the job that repeats it, or null
/// @param history what people did about it, newest first
public record JobDetail(
    Job job,
    @Nullable JsonNode diagnostics,
    JobHealth health,
    @Nullable Duration heartbeatAge,
    @Nullable Duration progressAge,
    @Nullable JobKey retriedAs,
    List<AuditEntry> history) {}
