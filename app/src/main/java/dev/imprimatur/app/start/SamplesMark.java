package dev.imprimatur.app.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// That the samples were wanted and are not all loaded yet: a file beside the local database.
///
/// @param file may not be there
record SamplesMark(Path file) {
  void set() {
    try {
      Files.write(file, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.SYNC);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be written", e);
    }
  }

  boolean isSet() {
    return Files.exists(file);
  }

  void clear() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be deleted", e);
    }
  }
}
