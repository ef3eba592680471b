package dev.imprimatur.engine.provider.local.fitting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/// Takes the paragraphs out of HTML, DocBook, POD and plain text, free of mark-up and hard line
/// wraps.
final class ParagraphReader {
  private static final Pattern POD_CODE = Pattern.compile("[A-Z]<+ ?([^<>]*?) ?>+");
  private static final Pattern LEGAL =
      Pattern.compile(
          "copyright|licen[cs]|warrant|all rights|permission is|https?://|www\\.|@",
          Pattern.CASE_INSENSITIVE);

  private ParagraphReader() {}

  static List<String> read(Path file) throws IOException {
    String name = file.getFileName().toString();
    String source = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    List<String> paragraphs = new ArrayList<>();
    if (name.endsWith(".html")) {
      collect(Jsoup.parse(source), "p, div.para", paragraphs);
    } else if (name.endsWith(".docbook")) {
      collect(Jsoup.parse(source, "", Parser.xmlParser()), "para", paragraphs);
    } else {
      boolean pod = name.endsWith(".pod");
      for (String block : source.replace("\r", "").split("\n[ \t]*\n")) {
        paragraphs.add(pod ? pod(block) : plain(block));
      }
    }
    return paragraphs.stream().map(String::strip).filter(ParagraphReader::isWanted).toList();
  }

  /// No copyright notes, addresses, tables of symbols or code: they would tell manuals from
  /// articles, not people from machines. The same rule is put to both classes.
  static boolean isWanted(String text) {
    return !text.isEmpty() && !LEGAL.matcher(text).find() && symbolShare(text) < 0.06;
  }

  private static double symbolShare(String text) {
    int symbols = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain =
          Character.isLetter(c)
              || Character.isWhitespace(c)
              || ".,;:!?'\"()-\u2018\u2019\u201c\u201d\u2013\u2014\u2026".indexOf(c) >= 0;
      symbols += plain ? 0 : 1;
    }
    return symbols / (double) text.length();
  }

  private static void collect(Element root, String tag, List<String> out) {
    root.select("script,style,table,pre,programlisting,screen,nav,footer,header,sup").remove();
    for (Element paragraph : root.select(tag)) {
      out.add(paragraph.text());
    }
  }

  private static String pod(String block) {
    if (block.isBlank() || block.startsWith("=") || Character.isWhitespace(block.charAt(0))) {
      return "";
    }
    String text = block;
    for (int depth = 0; depth < 3; depth++) {
      text = POD_CODE.matcher(text).replaceAll("$1");
    }
    return text.replaceAll("\\s+", " ");
  }

  private static String plain(String block) {
    String text = block.strip();
    if (text.startsWith(":") || text.toUpperCase(Locale.ROOT).equals(text)) {
      return "";
    }
    return text.replaceAll("[{}]", "").replaceAll("\\s+", " ");
  }
}
