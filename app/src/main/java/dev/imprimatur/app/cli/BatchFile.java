package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.Callbacks.Callback;
import dev.imprimatur.engine.assessment.Comparison.Answer;
import dev.imprimatur.engine.assessment.NewBatch;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Article;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Version;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The files that `batch create` and `batch callback` read. Whatever is wrong in one is refused as
/// a whole, naming the place.
final class BatchFile {
  private static final long MOST_BYTES = 256L << 20;

  private static final String SHAPE =
      "must be a list of answers [{\"correlation_id\", \"answer\"}, …], an object"
          + " {\"callbacks\": [those]}, or one answer";

  private final Path file;
  private final JsonNode root;

  private BatchFile(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  static BatchFile read(Path file) {
    try {
      return new BatchFile(file, Json.parse(text(file)));
    } catch (IllegalArgumentException e) {
      throw Trouble.input("bad_file", file + ": " + e.getMessage());
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw Trouble.input("bad_file", file + " is larger than 256 MiB");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw Trouble.input("bad_file", "there is no file " + file);
    } catch (IOException e) {
      throw Trouble.input("bad_file", file + " can't be read as UTF-8 text");
    }
  }

  private Trouble wrong(String place, String why) {
    return Trouble.input("bad_file", file + ": " + place + " " + why);
  }

  /// A batch to be made.
  NewBatch batch(Engine engine) {
    if (!root.isObject()) {
      throw wrong("the document", "must be an object with name and texts");
    }
    JsonNode texts = root.path("texts");
    if (!texts.isArray()) {
      throw wrong("texts", "must be a list");
    }
    List<NewBatch.Text> all = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      all.add(text(engine, texts.path(i), "texts[" + i + "]"));
    }
    return new NewBatch(
        string(root, "name", "name"),
        root.hasNonNull("client_request_id")
            ? string(root, "client_request_id", "client_request_id")
            : null,
        judging(),
        number("budget"),
        number("threshold"),
        all,
        grades(),
        anchors(texts, all));
  }

  private List<String> grades() {
    JsonNode list = root.path("grades");
    if (list.isMissingNode() || list.isNull()) {
      return List.of();
    }
    if (!list.isArray()) {
      throw wrong("grades", "must be a list of texts, the lowest first");
    }
    List<String> all = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (!list.path(i).isString()) {
        throw wrong("grades[" + i + "]", "must be a text");
      }
      all.add(list.path(i).asString());
    }
    return all;
  }

  private Map<String, String> anchors(JsonNode texts, List<NewBatch.Text> all) {
    Map<String, String> anchors = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      if (texts.path(i).hasNonNull("grade")) {
        anchors.put(all.get(i).label(), string(texts.path(i), "grade", "texts[" + i + "].grade"));
      }
    }
    return anchors;
  }

  private Batch.Judging judging() {
    if (!root.hasNonNull("judge")) {
      return Batch.Judging.LOCAL;
    }
    try {
      return Code.parse(Batch.Judging.class, string(root, "judge", "judge"));
    } catch (IllegalArgumentException e) {
      throw wrong("judge", String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Integer number(String field) {
    JsonNode value = root.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(field, "must be a whole number");
    }
    return value.asInt();
  }

  private String string(JsonNode node, String field, String place) {
    JsonNode value = node.path(field);
    if (!value.isString() || value.asString().isBlank()) {
      throw wrong(place, "must be a text that is not blank");
    }
    return value.asString();
  }

  private NewBatch.Text text(Engine engine, JsonNode node, String place) {
    var ids = new Ids(engine);
    if (node.hasNonNull("version")) {
      Version version = ids.versionOrLatest(string(node, "version", place + ".version"));
      return new NewBatch.Text.OfVersion(
          label(node, place, version.title() + " v" + version.number()), version.id());
    }
    if (node.hasNonNull("article")) {
      Article article = ids.article(string(node, "article", place + ".article"));
      return new NewBatch.Text.OfVersion(
          label(node, place, article.title()), ids.latest(article).id());
    }
    if (node.hasNonNull("file")) {
      String name = string(node, "file", place + ".file");
      Path parent = file.toAbsolutePath().getParent();
      Path path = parent == null ? Path.of(name) : parent.resolve(name);
      boolean markdown = name.toLowerCase(Locale.ROOT).matches(".*\\.(md|markdown)");
      return new NewBatch.Text.Own(
          label(node, place, name), markdown ? MediaType.MARKDOWN : MediaType.PLAIN, text(path));
    }
    if (node.path("text").isString()) {
      return new NewBatch.Text.Own(
          string(node, "label", place + ".label"), type(node, place), node.path("text").asString());
    }
    throw wrong(place, "needs one of text (with label), file, version or article");
  }

  private String label(JsonNode node, String place, String otherwise) {
    return node.hasNonNull("label") ? string(node, "label", place + ".label") : otherwise;
  }

  private MediaType type(JsonNode node, String place) {
    if (!node.hasNonNull("media_type")) {
      return MediaType.MARKDOWN;
    }
    try {
      return MediaType.ofCode(string(node, "media_type", place + ".media_type"));
    } catch (IllegalArgumentException e) {
      throw wrong(place + ".media_type", String.valueOf(e.getMessage()));
    }
  }

  /// Answers of judges: a list, an object with `callbacks`, or one answer.
  List<Callback> callbacks() {
    JsonNode list = root.isObject() && root.has("callbacks") ? root.path("callbacks") : root;
    if (list.isObject()) {
      if (!list.has("correlation_id")) {
        throw wrong("the document", SHAPE + lists(list));
      }
      return List.of(callback(list, "the answer"));
    }
    if (!list.isArray()) {
      throw wrong(list == root ? "the document" : "callbacks", SHAPE);
    }
    List<Callback> all = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      all.add(callback(list.path(i), "callbacks[" + i + "]"));
    }
    return all;
  }

  /// Which lists an object has that are not looked into.
  private static String lists(JsonNode object) {
    List<String> lists =
        object.properties().stream()
            .filter(entry -> entry.getValue().isArray())
            .map(Map.Entry::getKey)
            .toList();
    return lists.isEmpty() ? "" : "; it is an object with a list in " + String.join(", ", lists);
  }

  private Callback callback(JsonNode node, String place) {
    UUID id;
    Answer answer;
    try {
      id = UUID.fromString(string(node, "correlation_id", place + ".correlation_id"));
    } catch (IllegalArgumentException e) {
      throw wrong(place + ".correlation_id", "is no id");
    }
    try {
      answer = Code.parse(Answer.class, string(node, "answer", place + ".answer"));
    } catch (IllegalArgumentException e) {
      throw wrong(place + ".answer", String.valueOf(e.getMessage()));
    }
    JsonNode confidence = node.path("confidence");
    if (confidence.isMissingNode() || confidence.isNull()) {
      return new Callback(id, answer, null);
    }
    if (!confidence.isNumber()) {
      throw wrong(place + ".confidence", "must be a number from 0 to 1");
    }
    try {
      return new Callback(id, answer, new BigDecimal(confidence.asString()));
    } catch (IllegalArgumentException e) {
      throw wrong(place + ".confidence", "must be a number from 0 to 1");
    }
  }
}
