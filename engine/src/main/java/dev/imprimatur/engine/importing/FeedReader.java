package dev.imprimatur.engine.importing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads feeds for whoever wants to know of their items and does not need the texts: an item with a
/// title alone will do, and a web page is no item. As the [Importer] does, it trusts nothing and
/// follows no reference.
public final class FeedReader {
  private static final Logger LOG = LoggerFactory.getLogger(FeedReader.class);
  private static final int SNIFFED = 4096;
  private static final Pattern WEB_PAGE =
      Pattern.compile(
          "\\A(?:\\s++|<\\?.*?\\?>|<!--.*?-->)*+<(?:!doctype\\s+html|html)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final ImportLimits limits;

  /// @param limits how much is taken in per feed
  public FeedReader(ImportLimits limits) {
    this.limits = limits;
  }

  /// The items in their order, each read or refused; a feed that is refused as a whole is one item.
  /// Never throws for bad input.
  ///
  /// @param bytes the file, in the encoding that it declares
  /// @param shown its path as shown to the user
  /// @param absolute its absolute path, which tells its items from others' if it names no site
  public List<ImportItem> read(byte[] bytes, String shown, String absolute) {
    String path = Texts.line(shown);
    try {
      String text = TextDecoder.decode(bytes, Format.FEED);
      if (text.isBlank()) {
        throw new Rejected(ImportCodes.EMPTY, "is empty");
      }
      if (WEB_PAGE.matcher(text.substring(0, Math.min(text.length(), SNIFFED))).find()) {
        throw new Rejected(
            ImportCodes.UNSUPPORTED,
            "is a web page and no feed; save the site's feed (RSS or Atom) instead");
      }
      Optional<Feed> feed = new FeedParser(limits.maxItemsPerFeed()).parse(text);
      if (feed.isEmpty()) {
        throw new Rejected(
            ImportCodes.UNSUPPORTED,
            "is XML, but neither RSS, Atom nor a WordPress export; bring one of these");
      }
      return eachOnce(new FeedItems(feed.get(), path, absolute, limits.maxBytes()).notices());
    } catch (Rejected e) {
      return List.of(e.about(path));
    } catch (RuntimeException | StackOverflowError e) {
      LOG.warn("Reading feed {} failed", path, e);
      return List.of(
          new Rejected(
                  ImportCodes.INTERNAL,
                  "could not be read because of a fault in the importer (%s); see the log"
                      .formatted(e.getClass().getSimpleName()))
              .about(path));
    }
  }

  private static List<ImportItem> eachOnce(List<ImportItem> items) {
    Map<String, String> owners = new HashMap<>();
    List<ImportItem> once = new ArrayList<>();
    for (ImportItem item : items) {
      String owner =
          item instanceof ImportItem.Read read
              ? owners.putIfAbsent(read.text().sourceKey(), item.path())
              : null;
      once.add(
          owner == null
              ? item
              : new Rejected(
                      ImportCodes.DUPLICATE,
                      "has the same id as an item before it (%s); only that one comes in"
                          .formatted(owner))
                  .about(item.path()));
    }
    return once;
  }
}
