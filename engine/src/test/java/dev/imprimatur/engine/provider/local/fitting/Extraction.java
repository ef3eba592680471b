package dev.imprimatur.engine.provider.local.fitting;

import dev.imprimatur.engine.document.Document.Kind;
import dev.imprimatur.engine.document.DocumentParser;
import dev.imprimatur.engine.document.FrontMatter;
import dev.imprimatur.engine.document.MediaType;
import dev.imprimatur.engine.provider.local.StyleMeasures;
import dev.imprimatur.engine.provider.local.fitting.Passages.Passage;
import dev.imprimatur.engine.provider.local.fitting.Sample.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Turns unpacked Debian packages and the machine-written corpus into samples.
final class Extraction {
  /// Half of the topics serve fitting, two in ten choosing, three in ten measuring.
  private static final List<Split> SPLITS =
      List.of(
          Split.TRAIN,
          Split.HELD_OUT,
          Split.TRAIN,
          Split.DEV,
          Split.TRAIN,
          Split.HELD_OUT,
          Split.TRAIN,
          Split.DEV,
          Split.TRAIN,
          Split.HELD_OUT);

  private Extraction() {}

  /// @param packages holds one folder per package, named `NAME_VERSION`, with the package's files
  static List<Sample> human(Path packages) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (HumanSource source : HumanSource.ALL) {
      Path root = folder(packages, source.packageName());
      String version = root.getFileName().toString().substring(source.packageName().length() + 1);
      List<Sample> own = new ArrayList<>();
      for (Path file : files(root.resolve(source.folder()), source.pattern())) {
        String name = root.resolve(source.folder()).relativize(file).toString();
        List<String> prose = prose(ParagraphReader.read(file));
        for (Passage passage : Passages.cut(prose, name.hashCode())) {
          own.add(
              new Sample(
                  source.split(),
                  false,
                  source.packageName(),
                  version,
                  name,
                  passage.offset(),
                  passage.words(),
                  source.register(),
                  StyleMeasures.of(passage.text())));
        }
      }
      samples.addAll(spread(own));
    }
    return samples;
  }

  static List<Sample> machine(Path corpus) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (Path file : files(corpus, ".*\\.md")) {
      Map<String, String> head = head(Files.readString(file));
      String name = file.getFileName().toString();
      Split split = splitOf(head.getOrDefault("topic", name));
      List<String> paragraphs = new ArrayList<>();
      DocumentParser.parse("", MediaType.MARKDOWN, Files.readString(file), Map.of())
          .blocks()
          .stream()
          .filter(b -> b.kind() != Kind.HEADING && b.kind() != Kind.CODE)
          .filter(b -> b.kind() != Kind.TABLE_ROW && b.kind() != Kind.QUOTE)
          .forEach(b -> paragraphs.add(b.text()));
      List<String> wanted = paragraphs.stream().filter(ParagraphReader::isWanted).toList();
      for (Passage passage : Passages.cut(prose(wanted), name.hashCode())) {
        samples.add(
            new Sample(
                split,
                true,
                "corpus/machine",
                "1",
                name,
                passage.offset(),
                passage.words(),
                head.getOrDefault("register", "none").replace(',', ' '),
                StyleMeasures.of(passage.text())));
      }
    }
    return samples;
  }

  /// A topic's own name decides, so that a topic is never in two splits and stays in its split when
  /// texts are added.
  private static Split splitOf(String topic) {
    return SPLITS.get(Math.floorMod(topic.hashCode(), SPLITS.size()));
  }

  private static List<String> prose(List<String> paragraphs) {
    return paragraphs.stream().filter(StyleMeasures::isProse).map(StyleMeasures::level).toList();
  }

  /// At most the allowed number, evenly over the source.
  private static List<Sample> spread(List<Sample> all) {
    int most = HumanSource.MOST_PASSAGES;
    if (all.size() <= most) {
      return all;
    }
    List<Sample> some = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      some.add(all.get((int) ((long) i * all.size() / most)));
    }
    return some;
  }

  private static Path folder(Path packages, String name) throws IOException {
    try (Stream<Path> folders = Files.list(packages)) {
      return folders
          .filter(f -> f.getFileName().toString().startsWith(name + "_"))
          .findFirst()
          .orElseThrow(() -> new IOException("package " + name + " is not unpacked"));
    }
  }

  private static List<Path> files(Path root, String pattern) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> root.relativize(f).toString().matches(pattern))
          .sorted()
          .toList();
    }
  }

  private static Map<String, String> head(String source) {
    Map<String, String> head = new TreeMap<>();
    source
        .substring(0, FrontMatter.end(source))
        .lines()
        .filter(line -> line.indexOf(':') > 0)
        .forEach(line -> {
          int colon = line.indexOf(':');
          head.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        });
    return head;
  }
}
