package dev.imprimatur.engine.queue;

/// How many jobs of a kind are in a status.
public record JobCount(String kind, JobStatus status, long jobs) {}
