package dev.imprimatur.engine.importing;

import dev.imprimatur.engine.document.MediaType;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/// An HTML page as Markdown. What is taken is the one `article` in `main`, else `main`, else the
/// only `article`, else the whole body. The title is `og:title`, else `title` (a site's name around
/// the `h1` dropped), else the first `h1`, else the file name; an `h1` that is the title is removed
/// from the body.
final class HtmlReader {
  Article read(String html, String fileName) throws Rejected {
    Document page = Jsoup.parse(html, "");
    base(page);
    Map<String, String> metadata = new TreeMap<>(HtmlFacts.of(page));
    Element root = root(page);
    Optional<Element> heading = Optional.ofNullable(root.selectFirst("h1"));
    heading = heading.or(() -> Optional.ofNullable(page.selectFirst("h1")));
    String title = title(page, heading.map(Element::text).orElse(""));
    heading.filter(h -> Texts.title(h.text()).equals(title)).ifPresent(Element::remove);
    String body = Texts.body(HtmlToMarkdown.convert(root, false));
    if (body.isEmpty() && !root.equals(page.body())) {
      body = Texts.body(HtmlToMarkdown.convert(page.body(), false));
      root = page.body();
    }
    // A page of pictures has a body and says nothing.
    if (body.isEmpty() || root.text().codePoints().noneMatch(Character::isLetterOrDigit)) {
      throw new Rejected(
          ImportCodes.NO_TEXT,
          "has no text outside navigation, scripts and forms; save the page after it has loaded");
    }
    return new Article(
        Optional.empty(),
        title.isEmpty() ? Names.title(fileName) : title,
        MediaType.MARKDOWN,
        body,
        metadata);
  }

  /// Relative links mean nothing outside the page; its own word for where it stands is the base for
  /// them.
  private static void base(Document page) {
    Element canonical = page.selectFirst("link[rel=canonical][href^=http]");
    if (page.selectFirst("base[href]") == null && canonical != null) {
      page.setBaseUri(canonical.attr("href"));
    }
  }

  private static Element root(Document page) {
    Elements inMain = page.select("main article, [role=main] article");
    if (inMain.size() == 1) {
      return inMain.getFirst();
    }
    Element main = page.selectFirst("main, [role=main]");
    if (main != null) {
      return main;
    }
    Elements articles = page.select("article");
    return articles.size() == 1 ? articles.getFirst() : page.body();
  }

  private static String title(Document page, String heading) {
    Element og = page.selectFirst("meta[property=og:title][content]");
    String shared = og == null ? "" : Texts.title(og.attr("content"));
    if (!shared.isEmpty()) {
      return shared;
    }
    String title = Texts.title(page.title());
    String first = Texts.title(heading);
    boolean decorated = !first.isEmpty() && (title.startsWith(first) || title.endsWith(first));
    return title.isEmpty() || decorated ? first : title;
  }
}
