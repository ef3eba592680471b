package dev.imprimatur.engine.importing;

import dev.imprimatur.engine.document.MediaType;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;

/// Markdown with or without front matter. The title is the front matter's `title`, else the first
/// heading, else the file name. A level-1 heading that opens the body and is the title (or repeats
/// it) is removed from the body; any other heading stays, because it stands over text.
final class MarkdownReader {
  private static final Pattern ATX =
      Pattern.compile(" {0,3}(#{1,6})(?:[ \\t]+(.*?))?(?:[ \\t]+#+)?[ \\t]*");
  private static final Pattern SETEXT = Pattern.compile(" {0,3}(=+|-+)[ \\t]*");
  private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,}).*");
  private static final Pattern NO_PARAGRAPH =
      Pattern.compile("\\s*|(?: {4}|\\t| {0,3}[>*+|-]| {0,3}\\d+[.)]).*");
  private static final int MAX_HEADING = 1000;

  private final Parser inline = Parser.builder().build();
  private final TextContentRenderer renderer = TextContentRenderer.builder().build();

  /// A heading and where its lines stand in the text.
  private record Heading(int level, String text, int start, int end) {}

  Article read(String text, String fileName) throws Rejected {
    FrontMatter matter = FrontMatter.of(Texts.clean(text));
    Map<String, String> metadata = new TreeMap<>(matter.values());
    String given = Texts.title(matter.values().getOrDefault("title", ""));
    metadata.remove("title");
    String body = Texts.body(matter.body());
    Optional<Heading> heading = firstHeading(body);
    String headingText = heading.map(h -> plain(h.text())).orElse("");
    String title = given.isEmpty() ? Texts.title(headingText) : given;
    if (heading.isPresent()
        && heading.get().level() == 1
        && heading.get().start() == 0
        && Texts.title(headingText).equals(title)) {
      body = Texts.body(body.substring(heading.get().end()));
    }
    if (body.isEmpty()) {
      throw new Rejected(
          ImportCodes.NO_TEXT,
          "has a title or front matter and no text; write it, or leave it out");
    }
    Optional<String> id =
        Optional.ofNullable(matter.values().get("id")).filter(value -> !value.isBlank());
    return new Article(
        id, title.isEmpty() ? Names.title(fileName) : title, MediaType.MARKDOWN, body, metadata);
  }

  /// By lines and not with a Markdown parser: only the first heading is wanted, and hostile text
  /// must not cost more than reading it once.
  private static Optional<Heading> firstHeading(String body) {
    String fence = "";
    String previous = "";
    int previousStart = 0;
    int at = 0;
    while (at < body.length()) {
      int end = body.indexOf('\n', at);
      end = end < 0 ? body.length() : end;
      String line = body.substring(at, Math.min(end, at + MAX_HEADING));
      Matcher atx = ATX.matcher(line);
      if (!fence.isEmpty()) {
        fence = closes(line, fence) ? "" : fence;
        previous = "";
      } else if (FENCE.matcher(line).matches()) {
        fence = line.strip().startsWith("`") ? "```" : "~~~";
        previous = "";
      } else if (atx.matches() && atx.group(2) != null && !atx.group(2).isBlank()) {
        return Optional.of(new Heading(atx.group(1).length(), atx.group(2), at, end));
      } else if (!previous.isEmpty() && SETEXT.matcher(line).matches()) {
        int level = line.strip().startsWith("=") ? 1 : 2;
        return Optional.of(new Heading(level, previous, previousStart, end));
      } else {
        // Only a paragraph of one line is taken for a heading's text; a longer one is rare and
        // keeps its place.
        boolean opens = previous.isEmpty() && !NO_PARAGRAPH.matcher(line).matches();
        previousStart = at;
        previous = opens ? line : "";
      }
      at = end + 1;
    }
    return Optional.empty();
  }

  private static boolean closes(String line, String fence) {
    return line.strip().startsWith(fence)
        && line.strip().replace(fence.substring(0, 1), "").isEmpty();
  }

  private String plain(String heading) {
    String cut = heading.substring(0, Math.min(heading.length(), MAX_HEADING));
    return Texts.line(renderer.render(inline.parse("# " + cut)));
  }
}
