package dev.imprimatur.engine.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One row of the audit.
///
/// @param entityType such as `article`, `escalation`, `job`
/// @param entityId its id
/// @param sequence 1, 2, … per entity, without gaps
/// @param actor who
/// @param at when, by the database's clock, to the microsecond
/// @param action what, such as `approval.granted`
/// @param entityVersion the revision the entity had after the change; 0 where it has none
/// @param before the state before, if it existed
/// @param after the state after
/// @param reason the reason given, if any
/// @param lockWaitMillis how long the lock was waited for
/// @param previousHash the hash of the row before it of its entity; 64 zeros for the first
/// @param hash SHA-256 over this row and `previousHash`, lower-case hex
public record AuditEntry(
    String entityType,
    String entityId,
    long sequence,
    Actor actor,
    Instant at,
    String action,
    long entityVersion,
    @Nullable JsonNode before,
    @Nullable JsonNode after,
    @Nullable String reason,
    long lockWaitMillis,
    String previousHash,
    String hash) {}
