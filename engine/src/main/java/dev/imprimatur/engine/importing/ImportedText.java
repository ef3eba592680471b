package dev.imprimatur.engine.importing;

import dev.imprimatur.engine.document.MediaType;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// An article as it was read, ready to be stored as a version.
///
/// Title and body are normalised (Unicode NFC, `\n` line ends, one newline at the end, no control
/// characters), so that two files that differ in nothing a reader sees give equal texts.
///
/// @param path where it came from as shown to the user; `feed.xml#guid` for an item of a feed
/// @param sourceKey who the article is, across re-imports: `id:…` from front matter, `feed:…`,
///   `wxr:…`, otherwise `file:…`; at most 512 characters
/// @param title on one line, without mark-up, never blank, at most 300 characters. A heading of
///   level 1 that says the same at the top of the body is taken out of the body: the title is kept
///   once
/// @param mediaType how `body` is written
/// @param body never blank in an article; empty where a [FeedReader] found a title alone
/// @param metadata flat facts from front matter, the HTML head or the feed, by ascending key; front
///   matter `title` is not among them
public record ImportedText(
    String path,
    String sourceKey,
    String title,
    MediaType mediaType,
    String body,
    Map<String, String> metadata) {

  /// Copies the metadata into a map that keeps one order for good.
  public ImportedText {
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }
}
