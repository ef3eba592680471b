package dev.imprimatur.gateway.client;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// An event as a subscriber gets it.
///
/// @param id the same for every delivery of it: go by it to tell what was handled before
/// @param sequence order of writing
public record ReceivedEvent(
    UUID id,
    long sequence,
    String type,
    String aggregateType,
    String aggregateId,
    Instant occurredAt,
    JsonNode payload) {}
