package dev.imprimatur.engine.evidence;

import dev.imprimatur.engine.board.EvidenceItem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Makes items of what their sources say, in the one form in which they are stored.
final class Drafts {
  private static final Map<String, String> ZONES =
      Map.of(
          "UT", "GMT", "UTC", "GMT", "Z", "GMT", "EST", "-0500", "EDT", "-0400", "CST", "-0600",
          "CDT", "-0500", "MST", "-0700", "PST", "-0800", "PDT", "-0700");

  private static final int LONGEST_KEY = 512;
  private static final int LONGEST_TITLE = 300;
  private static final int LONGEST_SUMMARY = 4000;
  private static final int LONGEST_URL = 2000;

  /// The names by which sources call what an item says; the first that is there counts.
  private static final String[] ID = {"id", "source_key", "guid"};

  private static final String[] TITLE = {"title", "headline"};
  private static final String[] SUMMARY = {"summary", "description", "text", "body"};
  private static final String[] URL = {"url", "link"};
  private static final String[] PUBLISHED = {"published_at", "published", "date"};

  private Drafts() {}

  /// An item can't be made.
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    Unfit(String message) {
      super(message, null, false, false);
    }
  }

  /// Makes an item of named fields.
  ///
  /// @param fields gives the text of a field, or an empty one
  /// @throws Unfit if it has no title, or a date that is none
  static EvidenceItem.Draft of(EvidenceItem.Format format, Function<String, String> fields)
      throws Unfit {
    String title = line(first(fields, TITLE));
    if (title.isEmpty()) {
      throw new Unfit("has no title; give it one in the field 'title'");
    }
    String summary = line(first(fields, SUMMARY));
    String url = line(first(fields, URL));
    if (url.length() > LONGEST_URL) {
      throw new Unfit("has an address of over " + LONGEST_URL + " characters");
    }
    String id = line(first(fields, ID));
    String date = first(fields, PUBLISHED).strip();
    Optional<Instant> published = date(date);
    if (published.isEmpty() && !date.isEmpty()) {
      throw new Unfit(
          "has the date '"
              + cut(line(date), 60)
              + "', which is none; write it as 2026-05-31 or 2026-05-31T08:00:00Z");
    }
    String key =
        !id.isEmpty()
            ? "item:" + id
            : !url.isEmpty() ? "link:" + url : "text:" + sha256(title + "\n" + summary);
    return item(key, format, title, summary, url, published);
  }

  /// Makes an item of texts that were read from a feed.
  static EvidenceItem.Draft item(
      String key,
      EvidenceItem.Format format,
      String title,
      String summary,
      String url,
      Optional<Instant> published) {
    return new EvidenceItem.Draft(
        key.length() <= LONGEST_KEY ? key : "sha256:" + sha256(key),
        format,
        cut(line(title), LONGEST_TITLE),
        cut(line(summary), LONGEST_SUMMARY),
        url.isEmpty() || url.length() > LONGEST_URL ? null : url,
        published.orElse(null));
  }

  private static String first(Function<String, String> fields, String[] names) {
    for (String name : names) {
      String value = fields.apply(name);
      if (!value.isBlank()) {
        return value;
      }
    }
    return "";
  }

  /// A time in one of the forms that feeds and files have; a day is taken from its beginning, UTC.
  /// Empty if it is in none, or out of reach of a database.
  static Optional<Instant> date(String text) {
    String date = zoned(text.strip());
    Optional<Instant> found =
        parsed(() -> OffsetDateTime.parse(date).toInstant())
            .or(() -> parsed(() -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from)))
            .or(() -> parsed(() -> LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant()));
    return found
        .map(time -> time.truncatedTo(ChronoUnit.MICROS))
        .filter(time -> {
          int year = time.atOffset(ZoneOffset.UTC).getYear();
          return year >= 1900 && year <= 9999;
        });
  }

  // The names of zones that RFC 822 allows and Java's parser does not read.
  private static String zoned(String date) {
    int space = date.lastIndexOf(' ');
    String offset = space < 0 ? null : ZONES.get(date.substring(space + 1));
    return offset == null ? date : date.substring(0, space + 1) + offset;
  }

  private static Optional<Instant> parsed(java.util.function.Supplier<Instant> parser) {
    try {
      return Optional.of(parser.get());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// On one line, without control characters and broken halves of characters.
  static String line(String text) {
    return text.replaceAll("\\p{Cs}", "\uFFFD").replaceAll("[\\s\\p{Cntrl}\u00A0]+", " ").strip();
  }

  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end).stripTrailing() + "…";
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
