package dev.imprimatur.engine.queue;

/// What enqueuing one job came to.
///
/// @param key the job that stands in the queue now
/// @param duplicate whether it stood there already under the same client request id
public record Enqueued(JobKey key, boolean duplicate) {}
