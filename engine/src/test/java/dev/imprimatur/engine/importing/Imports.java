package dev.imprimatur.engine.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the tests of this package say again and again.
final class Imports {
  private Imports() {}

  static Path write(Path folder, String name, String content) {
    return write(folder, name, content, StandardCharsets.UTF_8);
  }

  static Path write(Path folder, String name, String content, Charset charset) {
    return write(folder, name, content.getBytes(charset));
  }

  static Path write(Path folder, String name, byte[] content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<ImportItem> read(Path... paths) {
    return read(ImportLimits.defaults(), paths);
  }

  static List<ImportItem> read(ImportLimits limits, Path... paths) {
    List<ImportItem> items = new ArrayList<>();
    new Importer(limits).read(List.of(paths), items::add);
    return items;
  }

  /// The only article, which must have been read.
  static ImportedText text(Path path) {
    List<ImportItem> items = read(path);
    assertThat(items).singleElement().isInstanceOf(ImportItem.Read.class);
    return ((ImportItem.Read) items.getFirst()).text();
  }

  /// The only failure, which must have this code and one useful line.
  static ImportItem.Failed failure(Path path, String code) {
    return failure(read(path), code);
  }

  static ImportItem.Failed failure(List<ImportItem> items, String code) {
    assertThat(items).singleElement().isInstanceOf(ImportItem.Failed.class);
    ImportItem.Failed failed = (ImportItem.Failed) items.getFirst();
    assertThat(failed.code()).as(failed.message()).isEqualTo(code);
    assertThat(failed.message()).startsWith(failed.path()).doesNotContain("\n").contains(" ");
    return failed;
  }
}
