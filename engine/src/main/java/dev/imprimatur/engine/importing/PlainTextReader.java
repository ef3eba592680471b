package dev.imprimatur.engine.importing;

import dev.imprimatur.engine.document.MediaType;
import java.util.Map;
import java.util.Optional;

/// Plain text. A short first line with a blank line after it is the title and is taken out of the
/// body; otherwise the file name is the title.
final class PlainTextReader {
  private static final int LONGEST_TITLE = 100;

  private PlainTextReader() {}

  static Article read(String text, String fileName) {
    String body = Texts.body(text);
    int end = body.indexOf('\n');
    String first = body.substring(0, end).strip();
    int next = body.indexOf('\n', end + 1);
    boolean titled =
        first.length() <= LONGEST_TITLE
            && next > 0
            && next < body.length() - 1
            && body.substring(end + 1, next).isBlank();
    return new Article(
        Optional.empty(),
        titled ? Texts.title(first) : Names.title(fileName),
        MediaType.PLAIN,
        titled ? Texts.body(body.substring(next + 1)) : body,
        Map.of());
  }
}
