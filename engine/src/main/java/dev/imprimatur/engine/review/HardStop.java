package dev.imprimatur.engine.review;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A reason to stop that a run has found.
///
/// @param details the arithmetic
/// @param overriddenBy the approval in force that kept it from escalating, if there was one
/// @param escalationId the escalation it raised or found, if it did
public record HardStop(
    Escalation.Reason reason,
    JsonNode details,
    @Nullable UUID overriddenBy,
    @Nullable UUID escalationId) {}
