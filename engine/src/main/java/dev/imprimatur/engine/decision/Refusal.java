package dev.imprimatur.engine.decision;

import java.util.Map;

/// Why something was refused or must wait.
///
/// @param code stable, for programs, such as `escalations_pending`
/// @param message one sentence for people
/// @param facts the values behind it; scalars, lists and maps only
/// @param unblock what would make it possible, one sentence
public record Refusal(String code, String message, Map<String, ?> facts, String unblock) {}
