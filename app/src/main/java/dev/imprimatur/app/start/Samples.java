package dev.imprimatur.app.start;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.importing.ImportItem;
import dev.imprimatur.engine.importing.ImportLimits;
import dev.imprimatur.engine.importing.ImportedText;
import dev.imprimatur.engine.importing.Importer;
import dev.imprimatur.engine.review.Articles.Imported;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.fxml.start.Steps;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sample articles, which come with the program. Loading them again changes nothing.
public final class Samples {
  private static final Logger LOG = LoggerFactory.getLogger(Samples.class);
  private static final String FOLDER = "/dev/imprimatur/app/samples/";

  /// The files, by name. A test holds them equal to `docs/samples`.
  public static final List<String> FILES =
      List.of(
          "backing-up-a-laptop.md",
          "best-camping-tent.md",
          "bicycle-brakes.md",
          "coffee-in-a-moka-pot.md",
          "composting-at-home.html",
          "feed.xml",
          "houseplants.md",
          "library-opening-rules.txt",
          "reading-a-weather-map.html",
          "sourdough-starter.md",
          "unlocking-digital-workflows.md",
          "what-is-a-database-index.md",
          "why-two-tides-a-day.md",
          "wordpress-export.xml");

  private Samples() {}

  /// Imports the samples and asks for their evaluation. What a crash leaves undone is done when
  /// they are loaded again; what was asked for stands in the queue.
  ///
  /// @return false if it was called off half-way
  static boolean load(Engine engine, Steps steps) {
    List<ImportedText> texts = read();
    int done = 0;
    for (ImportedText text : texts) {
      steps.at(Steps.Step.SAMPLES, done, texts.size());
      if (steps.cancelled()) {
        return false;
      }
      store(engine, text);
      done++;
    }
    steps.at(Steps.Step.SAMPLES, done, texts.size());
    return true;
  }

  private static void store(Engine engine, ImportedText text) {
    switch (engine.review().articles().store(text)) {
      case Decision.Decided<Imported>(Imported imported) -> evaluate(engine, imported.version());
      case Decision.AlreadyDecided<Imported> a -> LOG.info("{}: {}", text.path(), a.what());
      case Decision.Refused<Imported> r -> LOG.warn("{}: {}", text.path(), r.refusal().message());
    }
  }

  // A version that somebody has made since is his to have evaluated.
  private static void evaluate(Engine engine, Version version) {
    if (version.origin() == Version.Origin.IMPORT
        && engine.review().evaluations().ofVersion(version.id()).isEmpty()
        && engine.review().evaluations().request(version.id(), false)
            instanceof Decision.Refused<?> r) {
      LOG.warn("{}: {}", version.path(), r.refusal().message());
    }
  }

  /// The texts as they are stored, wherever they were read from.
  static List<ImportedText> read() {
    Path folder = extract();
    try {
      List<ImportedText> texts = new ArrayList<>();
      var importer = new Importer(ImportLimits.defaults());
      importer.read(
          List.of(folder),
          item -> {
            switch (item) {
              case ImportItem.Read(ImportedText text) -> texts.add(settled(text, folder));
              case ImportItem.Failed f -> LOG.warn("{}", f.message());
            }
          });
      return texts;
    } finally {
      delete(folder);
    }
  }

  // A sample is the same article wherever it was unpacked.
  private static ImportedText settled(ImportedText text, Path folder) {
    String here = folder.toAbsolutePath().normalize() + folder.getFileSystem().getSeparator();
    return new ImportedText(
        "samples/" + text.path().replace(here, ""),
        text.sourceKey().replace("file:" + here, "sample:").replace(here, ""),
        text.title(),
        text.mediaType(),
        text.body(),
        text.metadata());
  }

  private static Path extract() {
    try {
      Path folder = Files.createTempDirectory("imprimatur-samples-").toRealPath();
      for (String name : FILES) {
        try (InputStream in = Samples.class.getResourceAsStream(FOLDER + name)) {
          Files.copy(Objects.requireNonNull(in, name), folder.resolve(name));
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("the sample articles can't be unpacked", e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("{} can't be deleted: {}", folder, e.getMessage());
    }
  }
}
