package dev.imprimatur.engine.importing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads articles from files, folders, feeds and WordPress exports.
///
/// The input is not trusted: every file is read up to a limit, decoded strictly, and taken apart by
/// readers that follow no reference out of it. One importer may be used by several threads; it
/// keeps nothing between calls.
public final class Importer {
  private static final Logger LOG = LoggerFactory.getLogger(Importer.class);

  private final ImportLimits limits;

  /// @param limits how much is taken in per file and feed
  public Importer(ImportLimits limits) {
    this.limits = limits;
  }

  /// Looks over an import as it goes.
  public interface Watch {
    /// Nobody looks.
    Watch NONE = new Watch() {};

    /// Whether the import should end before the next file.
    default boolean stopped() {
      return false;
    }

    /// A file has been read, and what was in it handed over.
    default void fileDone() {}
  }

  /// How many files [#read] would read. Walks folders and opens no file.
  public static int count(List<Path> paths) {
    int[] files = {0};
    var finder =
        new FileFinder(found -> files[0] += found instanceof FileFinder.Found.File ? 1 : 0);
    paths.forEach(finder::find);
    return files[0];
  }

  /// Reads everything the paths lead to and hands over each article or failure as soon as its file
  /// is read: paths in the order given, folders by name, feeds in their own order. A file reached
  /// twice is read once; a second article with the [identity][ImportedText#sourceKey] of an earlier
  /// one is a failure, or the two would overwrite each other at every import. A feed is read whole
  /// before its first item is handed over, so a broken one gives one failure and no items.
  ///
  /// Never throws for bad input; what `sink` throws goes through.
  public void read(List<Path> paths, Consumer<ImportItem> sink) {
    read(paths, Watch.NONE, sink);
  }

  /// The same, watched: ends early when that is asked for.
  public void read(List<Path> paths, Watch watch, Consumer<ImportItem> sink) {
    Map<String, String> owners = new HashMap<>();
    FileFinder finder =
        new FileFinder(found -> {
          if (watch.stopped()) {
            return;
          }
          switch (found) {
            case FileFinder.Found.Problem problem -> sink.accept(problem.failed());
            case FileFinder.Found.File file -> {
              for (ImportItem item : items(file)) {
                sink.accept(unlessOwned(item, owners));
              }
              watch.fileDone();
            }
          }
        });
    paths.forEach(finder::find);
  }

  private static ImportItem unlessOwned(ImportItem item, Map<String, String> owners) {
    if (!(item instanceof ImportItem.Read read)) {
      return item;
    }
    String owner = owners.putIfAbsent(read.text().sourceKey(), item.path());
    if (owner == null) {
      return item;
    }
    return new Rejected(
            ImportCodes.DUPLICATE,
            "is the same article as %s (%s); give it an id of its own"
                .formatted(owner, Texts.cut(read.text().sourceKey(), 120)))
        .about(item.path());
  }

  private List<ImportItem> items(FileFinder.Found.File file) {
    String shown = Texts.line(file.path().toString());
    try {
      return read(file, shown);
    } catch (Rejected e) {
      return List.of(e.about(shown));
    } catch (RuntimeException | StackOverflowError e) {
      // The readers have no known way to get here; one file that finds one must not end the import
      // of the others.
      LOG.warn("Importing {} failed", shown, e);
      return List.of(
          new Rejected(
                  ImportCodes.INTERNAL,
                  "could not be read because of a fault in the importer (%s); see the log"
                      .formatted(e.getClass().getSimpleName()))
              .about(shown));
    }
  }

  private List<ImportItem> read(FileFinder.Found.File file, String shown) throws Rejected {
    String name = String.valueOf(file.path().getFileName());
    Optional<Format> known = Format.ofName(name);
    String text = TextDecoder.decode(bytes(file.path()), known.orElse(Format.HTML));
    if (text.isBlank()) {
      throw new Rejected(ImportCodes.EMPTY, "is empty; write the article or leave the file out");
    }
    Format format =
        known.or(() -> Format.sniff(Texts.clean(text), name)).orElseThrow(() -> unsupported(name));
    String absolute = file.path().toAbsolutePath().normalize().toString();
    return switch (format) {
      case MARKDOWN -> one(new MarkdownReader().read(text, name), shown, absolute);
      case HTML -> one(new HtmlReader().read(text, name), shown, absolute);
      case PLAIN -> one(PlainTextReader.read(text, name), shown, absolute);
      case FEED -> feed(text, file, shown, absolute);
    };
  }

  private List<ImportItem> feed(
      String text, FileFinder.Found.File file, String shown, String absolute) throws Rejected {
    Optional<Feed> feed = new FeedParser(limits.maxItemsPerFeed()).parse(text);
    if (feed.isPresent()) {
      return new FeedItems(feed.get(), shown, absolute, limits.maxBytes()).items();
    }
    String name = String.valueOf(file.path().getFileName());
    if (Format.sniff(text, name).equals(Optional.of(Format.HTML))) {
      return one(new HtmlReader().read(text, name), shown, absolute);
    }
    if (!file.named()) {
      // A sitemap among the articles is as unremarkable as a picture.
      return List.of();
    }
    throw new Rejected(
        ImportCodes.UNSUPPORTED,
        "is XML, but neither RSS, Atom nor a WordPress export;"
            + " export the articles as one of these");
  }

  private List<ImportItem> one(Article article, String shown, String absolute) throws Rejected {
    refuseLargeBody(article.body(), limits.maxBytes());
    return List.of(
        new ImportItem.Read(
            new ImportedText(
                shown,
                article
                    .id()
                    .map(id -> Names.key("id", id))
                    .orElseGet(() -> Names.key("file", absolute)),
                article.title(),
                article.mediaType(),
                article.body(),
                article.metadata())));
  }

  /// Mark-up can make a body longer than the file it came from.
  static void refuseLargeBody(String body, long max) throws Rejected {
    if (body.length() > max) {
      throw new Rejected(
          ImportCodes.TOO_LARGE,
          "becomes a text of %s characters, over the limit of %s; split it"
              .formatted(count(body.length()), count(max)));
    }
  }

  private byte[] bytes(Path path) throws Rejected {
    try (InputStream in = Files.newInputStream(path)) {
      long size = Files.size(path);
      if (size > limits.maxBytes()) {
        throw tooLarge(count(size));
      }
      byte[] bytes = in.readNBytes((int) limits.maxBytes() + 1);
      if (bytes.length > limits.maxBytes()) {
        throw tooLarge("more than " + count(limits.maxBytes()));
      }
      return bytes;
    } catch (AccessDeniedException e) {
      throw new Rejected(ImportCodes.UNREADABLE, "may not be read by you; change its permissions");
    } catch (NoSuchFileException e) {
      throw new Rejected(ImportCodes.MISSING, "has gone since the import began; import it again");
    } catch (IOException e) {
      throw new Rejected(
          ImportCodes.UNREADABLE,
          "can't be read (" + e.getClass().getSimpleName() + "); check the disk and try again");
    }
  }

  private Rejected tooLarge(String size) {
    return new Rejected(
        ImportCodes.TOO_LARGE,
        "has %s bytes, over the limit of %s; split it or raise the limit"
            .formatted(size, count(limits.maxBytes())));
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static Rejected unsupported(String name) {
    String ending = Format.ending(name);
    return new Rejected(
        ImportCodes.UNSUPPORTED,
        (ending.isEmpty()
                ? "is of a kind that is not read"
                : "has the ending ." + ending + ", which is not read")
            + "; export it as Markdown, HTML, plain text, RSS, Atom or WXR");
  }
}
