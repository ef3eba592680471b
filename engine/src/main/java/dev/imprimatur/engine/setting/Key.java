package dev.imprimatur.engine.setting;

import java.util.function.Function;

/// A setting's definition.
///
/// @param name dotted, such as `queue.stale-after`
/// @param type for people: `duration`, `integer`, `number`, `text`, `list`, `choice`
/// @param range what is allowed, for people
/// @param defaultValue as it would be written
/// @param description one sentence
/// @param parser from text; throws IllegalArgumentException where the text is no value in range
public record Key<T>(
    String name,
    String type,
    String range,
    String defaultValue,
    String description,
    Function<String, T> parser) {}
