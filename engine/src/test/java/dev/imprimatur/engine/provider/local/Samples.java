package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.document.Document;
import dev.imprimatur.engine.document.DocumentParser;
import dev.imprimatur.engine.document.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The sample texts of the tests.
public final class Samples {
  private Samples() {}

  /// A file of the test resources.
  public static Path path(String resource) {
    try {
      return Path.of(
          Objects.requireNonNull(Samples.class.getResource("/" + resource), resource).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static String read(String resource) {
    try {
      return Files.readString(path(resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Document article(String name, String title) {
    return markdown(title, read("samples/" + name));
  }

  static Document markdown(String title, String body) {
    return DocumentParser.parse(title, MediaType.MARKDOWN, body, Map.of());
  }

  static Document plain(String body) {
    return DocumentParser.parse("", MediaType.PLAIN, body, Map.of());
  }

  /// Every sample article and every machine-written text.
  static List<Document> all() {
    return Stream.of("samples", "corpus/machine")
        .flatMap(Samples::files)
        .map(file -> markdown("A title", read(file)))
        .toList();
  }

  private static Stream<String> files(String folder) {
    try (Stream<Path> files = Files.list(path(folder))) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(name -> name.endsWith(".md"))
          .sorted()
          .map(name -> folder + "/" + name)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
