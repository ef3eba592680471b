package dev.imprimatur.engine.review;

import dev.imprimatur.engine.document.Document;
import dev.imprimatur.engine.document.DocumentParser;
import dev.imprimatur.engine.document.MediaType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A text as it stood at one time. Immutable: the database refuses to change or delete it.
///
/// @param number 1, 2, … within the article
/// @param contentHash SHA-256 over title, media type and body
/// @param path where it was read, as the person named it; empty if it was not imported
/// @param suggestionId the suggestion it was accepted from, if any
public record Version(
    UUID id,
    UUID articleId,
    int number,
    String title,
    MediaType mediaType,
    String body,
    Map<String, String> metadata,
    String contentHash,
    Origin origin,
    @Nullable UUID suggestionId,
    String path,
    String createdBy,
    Instant createdAt) {

  /// How a version came to be; always by a person.
  public enum Origin {
    IMPORT,
    EDIT,
    REWRITE
  }

  /// A version without its text.
  public record Head(
      UUID id,
      int number,
      String title,
      String contentHash,
      Origin origin,
      String createdBy,
      Instant createdAt) {}

  /// What a version says, before it is one.
  public record Content(
      String title, MediaType mediaType, String body, Map<String, String> metadata) {
    /// What it says, as a structure.
    public Document document() {
      return DocumentParser.parse(title, mediaType, body, metadata);
    }

    /// SHA-256 over title, media type and body, lower-case hex. Metadata does not count: it is not
    /// text.
    public String hash() {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String part : new String[] {title, mediaType.code(), body}) {
          byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
          digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
          digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }

  /// What it says.
  public Content content() {
    return new Content(title, mediaType, body, metadata);
  }

  /// What it says, as a structure.
  public Document document() {
    return content().document();
  }
}
