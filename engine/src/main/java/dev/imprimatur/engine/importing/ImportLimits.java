package dev.imprimatur.engine.importing;

/// How much one import takes in before it says no.
///
/// @param maxBytes the largest file read, in bytes, and the longest body made of it, in characters;
///   at least 1
/// @param maxItemsPerFeed the most articles taken from one feed or WordPress export; at least 1
public record ImportLimits(long maxBytes, int maxItemsPerFeed) {
  private static final long DEFAULT_MAX_BYTES = 5L * 1024 * 1024;
  private static final int DEFAULT_MAX_ITEMS = 10_000;

  /// @throws IllegalArgumentException if a limit is below 1 or the file limit does not fit an array
  public ImportLimits {
    if (maxBytes < 1 || maxBytes > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException(
          "maxBytes must be from 1 to " + (Integer.MAX_VALUE - 16) + ", not " + maxBytes);
    }
    if (maxItemsPerFeed < 1) {
      throw new IllegalArgumentException("maxItemsPerFeed must be 1 or more: " + maxItemsPerFeed);
    }
  }

  /// 5 MiB a file, 10,000 items a feed.
  public static ImportLimits defaults() {
    return new ImportLimits(DEFAULT_MAX_BYTES, DEFAULT_MAX_ITEMS);
  }
}
