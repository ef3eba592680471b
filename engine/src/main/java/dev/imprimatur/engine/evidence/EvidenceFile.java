package dev.imprimatur.engine.evidence;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.imprimatur.engine.board.EvidenceItem;
import dev.imprimatur.engine.board.EvidenceItem.Format;
import dev.imprimatur.engine.importing.FeedReader;
import dev.imprimatur.engine.importing.ImportItem;
import dev.imprimatur.engine.importing.ImportLimits;
import dev.imprimatur.engine.importing.ImportedText;
import dev.imprimatur.engine.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads one file of evidence. Its input is not trusted. Whatever is wrong with one item leaves the
/// others alone.
final class EvidenceFile {
  private static final List<String> FEEDS = List.of(".xml", ".rss", ".atom");

  private final Path file;
  private final ImportLimits limits;
  private final List<EvidenceItem.Draft> items = new ArrayList<>();
  private final List<EvidenceImports.Problem> problems = new ArrayList<>();

  EvidenceFile(Path file, ImportLimits limits) {
    this.file = file;
    this.limits = limits;
  }

  List<EvidenceItem.Draft> items() {
    return items;
  }

  List<EvidenceImports.Problem> problems() {
    return problems;
  }

  /// Reads it to its end.
  void read() {
    Optional<byte[]> bytes = bytes();
    if (bytes.isEmpty()) {
      return;
    }
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (FEEDS.stream().anyMatch(name::endsWith) || startsWithTag(bytes.get())) {
      feed(bytes.get());
      return;
    }
    Optional<String> text = text(bytes.get());
    if (text.isEmpty()) {
      return;
    }
    String start = text.get().stripLeading();
    if (start.isEmpty()) {
      problem("", "empty", "is empty");
    } else if (start.startsWith("{") || name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      jsonLines(text.get());
    } else if (name.endsWith(".csv")) {
      csv(text.get());
    } else {
      problem(
          "", "unsupported", "is of a kind that is not read; bring JSON lines, CSV, RSS or Atom");
    }
  }

  /// Whether it begins as XML does, in whatever encoding that has ASCII in it.
  private static boolean startsWithTag(byte[] bytes) {
    int at = bytes.length >= 3 && bytes[0] == (byte) 0xEF ? 3 : 0;
    while (at < bytes.length && (bytes[at] == ' ' || bytes[at] >= '\t' && bytes[at] <= '\r')) {
      at++;
    }
    return at < bytes.length && bytes[at] == '<';
  }

  private void problem(String where, String code, String what) {
    String path = file + where;
    problems.add(new EvidenceImports.Problem(path, code, path + " " + what));
  }

  private Optional<byte[]> bytes() {
    try {
      if (Files.isDirectory(file)) {
        problem("", "unsupported", "is a folder; name a file");
        return Optional.empty();
      }
      long size = Files.size(file);
      if (size > limits.maxBytes()) {
        problem(
            "",
            "too-large",
            "has "
                + size
                + " bytes, over the limit of "
                + limits.maxBytes()
                + " (setting import.max-bytes); split it or raise the limit");
        return Optional.empty();
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      problem(
          "",
          Files.exists(file) ? "unreadable" : "missing",
          Files.exists(file)
              ? "can't be read (" + e.getClass().getSimpleName() + "); check its permissions"
              : "does not exist; check the path");
      return Optional.empty();
    }
  }

  private Optional<String> text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      problem("", "bad-encoding", "is not UTF-8 text; save it as UTF-8");
      return Optional.empty();
    }
  }

  private void jsonLines(String text) {
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      String where = ":" + number;
      try {
        JsonNode node = Json.parse(line);
        if (!node.isObject()) {
          problem(where, "not-an-object", "is no JSON object; write one item a line");
          continue;
        }
        items.add(Drafts.of(Format.JSONL, field -> node.path(field).asString("")));
      } catch (Drafts.Unfit e) {
        problem(where, "unfit", String.valueOf(e.getMessage()));
      } catch (IllegalArgumentException e) {
        problem(where, "not-json", "is " + Drafts.line(String.valueOf(e.getMessage())));
      }
    }
  }

  private void csv(String text) {
    try (CsvReader<NamedCsvRecord> records =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofNamedCsvRecord(text)) {
      for (NamedCsvRecord record : records) {
        String where = ":" + record.getStartingLineNumber();
        Map<String, String> fields = new HashMap<>();
        record
            .getFieldsAsMap()
            .forEach((name, value) -> fields.put(name.strip().toLowerCase(Locale.ROOT), value));
        List<String> header =
            record.getHeader().stream().map(n -> n.strip().toLowerCase(Locale.ROOT)).toList();
        if (!header.contains("title") && !header.contains("headline")) {
          problem("", "no-header", "has no column 'title' in its first line; " + mend(text));
          return;
        }
        try {
          items.add(Drafts.of(Format.CSV, field -> fields.getOrDefault(field, "")));
        } catch (Drafts.Unfit e) {
          problem(where, "unfit", String.valueOf(e.getMessage()));
        }
      }
    } catch (CsvParseException e) {
      problem("", "broken-csv", "is broken CSV: " + Drafts.line(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw new IllegalStateException("a text can be read", e);
    }
  }

  private static String mend(String text) {
    String header = text.strip().lines().findFirst().orElse("");
    for (String other : List.of(";", "\t")) {
      if (header.contains(other)) {
        return "its columns seem to be separated by "
            + (other.equals(";") ? "';'" : "tabs")
            + "; save it with commas between them";
      }
    }
    return "name the columns id, title, summary, url, published_at";
  }

  /// Follows no reference out of a feed.
  private void feed(byte[] bytes) {
    String absolute = file.toAbsolutePath().normalize().toString();
    for (ImportItem item : new FeedReader(limits).read(bytes, file.toString(), absolute)) {
      switch (item) {
        case ImportItem.Failed failed ->
            problems.add(
                new EvidenceImports.Problem(failed.path(), failed.code(), failed.message()));
        case ImportItem.Read read -> items.add(item(read.text()));
      }
    }
  }

  private static EvidenceItem.Draft item(ImportedText text) {
    Map<String, String> facts = text.metadata();
    Optional<java.time.Instant> published =
        Drafts.date(facts.getOrDefault("published", ""))
            .or(() -> Drafts.date(facts.getOrDefault("updated", "")));
    return Drafts.item(
        text.sourceKey(),
        Format.FEED,
        text.title(),
        text.body(),
        facts.getOrDefault("link", ""),
        published);
  }
}
