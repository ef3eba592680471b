package dev.imprimatur.engine.importing;

import dev.imprimatur.engine.document.MediaType;
import java.util.Map;
import java.util.Optional;

/// What a reader makes of a source before it is known where the source belongs.
///
/// @param id the identity the source claims for itself, if it does
record Article(
    Optional<String> id,
    String title,
    MediaType mediaType,
    String body,
    Map<String, String> metadata) {}
