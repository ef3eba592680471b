package dev.imprimatur.engine.importing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Titles and keys made of names.
final class Names {
  /// Long enough for any honest path or guid, short enough for a unique index.
  private static final int MAX_KEY = 512;

  private Names() {}

  /// A title for an article that has none: its file name without the ending, words apart, first
  /// letter large.
  static String title(String fileName) {
    int dot = fileName.lastIndexOf('.');
    String stem = dot > 0 ? fileName.substring(0, dot) : fileName;
    String words = Texts.title(stem.replace('_', ' ').replace('-', ' '));
    if (words.isEmpty()) {
      return "Untitled";
    }
    int first = words.codePointAt(0);
    return Character.toString(Character.toUpperCase(first))
        + words.substring(Character.charCount(first));
  }

  /// A source key; what would make it too long is replaced by its SHA-256.
  static String key(String kind, String identity) {
    String line = Texts.line(identity);
    String key = kind + ":" + line;
    return key.length() <= MAX_KEY ? key : kind + ":sha256:" + sha256(line);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
