package dev.imprimatur.engine.outbox;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// A fact, as written in the transaction that made it one.
///
/// @param id the same for every delivery
/// @param sequence order of writing; commits may come in another order
/// @param key derived from the fact, such as `run:…:finalised`; unique
public record OutboxEvent(
    UUID id,
    long sequence,
    String aggregateType,
    String aggregateId,
    String type,
    String key,
    JsonNode payload,
    Instant occurredAt) {}
