package dev.imprimatur.engine.board;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Why a board is as it is.
///
/// @param code stable, for programs, such as `not_enough_evidence`
/// @param facts the values behind it; an object
/// @param unblock what would change it, one or two sentences; null where nothing needs to change
public record Why(String code, JsonNode facts, @Nullable String unblock) {}
