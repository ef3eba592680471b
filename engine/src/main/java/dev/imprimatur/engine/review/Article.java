package dev.imprimatur.engine.review;

import java.time.Instant;
import java.util.UUID;

/// Something that may be published. What it says is in its versions.
///
/// @param sourceKey where it comes from; a re-import of the same source finds the same article
/// @param title the title of its latest version
/// @param latestVersion the number of its latest version, from 1; 0 while it is being made
/// @param revision raised by every change that a decision about the article should know of
public record Article(
    UUID id, String sourceKey, String title, int latestVersion, long revision, Instant createdAt) {}
