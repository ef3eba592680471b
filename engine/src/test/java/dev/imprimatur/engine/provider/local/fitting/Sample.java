package dev.imprimatur.engine.provider.local.fitting;

import java.util.Map;

/// The style measures of one passage and where it comes from.
///
/// @param split which part of the work it may serve
/// @param machine whether a machine wrote it
/// @param source the Debian package, or the folder of the machine-written texts
/// @param version the package's version, or `1`
/// @param file the file in the source
/// @param offset number of words of the file's prose that stand before the passage
/// @param words its length
/// @param register the kind of text
/// @param values feature values by name
public record Sample(
    Split split,
    boolean machine,
    String source,
    String version,
    String file,
    int offset,
    int words,
    String register,
    Map<String, Double> values) {

  /// The part of the work a sample may serve: fitting weights, choosing settings, or measuring.
  public enum Split {
    TRAIN,
    DEV,
    HELD_OUT
  }
}
