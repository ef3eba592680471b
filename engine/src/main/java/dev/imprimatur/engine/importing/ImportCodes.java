package dev.imprimatur.engine.importing;

/// The codes an [ImportItem.Failed] may carry. They are stable: scripts read them.
public final class ImportCodes {
  /// Nothing but white space.
  public static final String EMPTY = "empty";

  /// A folder with nothing in it that can be imported.
  public static final String EMPTY_FOLDER = "empty-folder";

  /// Not text: NUL bytes, or the signature of a known binary format.
  public static final String BINARY = "binary";

  /// Over [ImportLimits#maxBytes].
  public static final String TOO_LARGE = "too-large";

  /// More items than [ImportLimits#maxItemsPerFeed].
  public static final String TOO_MANY_ITEMS = "too-many-items";

  /// Bytes that are not in the encoding they should be in.
  public static final String BAD_ENCODING = "bad-encoding";

  /// Mark-up or a title, and no words under it.
  public static final String NO_TEXT = "no-text";

  /// A feed or WordPress export that is not well-formed XML.
  public static final String BROKEN_FEED = "broken-feed";

  /// Front matter that is not a YAML mapping.
  public static final String BROKEN_FRONT_MATTER = "broken-front-matter";

  /// No such path.
  public static final String MISSING = "missing";

  /// There, but the operating system does not hand it over.
  public static final String UNREADABLE = "unreadable";

  /// A kind of file that is not read.
  public static final String UNSUPPORTED = "unsupported";

  /// A second article with the identity of one already met in the same import.
  public static final String DUPLICATE = "duplicate";

  /// A fault of the importer itself; the log has the details.
  public static final String INTERNAL = "internal";

  private ImportCodes() {}
}
