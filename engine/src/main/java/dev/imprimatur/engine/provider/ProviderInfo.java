package dev.imprimatur.engine.provider;

/// Who computed a score: stored with each run so that old scores stay explainable and runs can be
/// compared.
///
/// @param name the provider, such as `local-rhythm`
/// @param model the model or rule set and its version, such as `2026.1`
public record ProviderInfo(String name, String model) {}
