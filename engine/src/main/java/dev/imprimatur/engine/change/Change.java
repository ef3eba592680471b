package dev.imprimatur.engine.change;

/// Something has changed and is committed.
///
/// @param entity its type, as the audit calls it: `article`, `escalation`, …
/// @param id its id
/// @param revision it has now; 0 where it has none
/// @param by who did it
public record Change(String entity, String id, long revision, String by) {}
