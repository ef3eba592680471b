package dev.imprimatur.engine.importing;

import dev.imprimatur.engine.document.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/// Makes articles of a feed's entries, each by itself: a bad one is a failure, the others go on. Of
/// a WordPress export only posts and pages are taken, whatever their status.
final class FeedItems {
  private static final Set<String> POST_TYPES = Set.of("post", "page");
  private static final Pattern MARKUP = Pattern.compile("</?[a-zA-Z]|&#?\\w+;");
  private static final Pattern PARAGRAPHS =
      Pattern.compile("<(?:p|div)[\\s>/]", Pattern.CASE_INSENSITIVE);
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][\\w+.-]*:.+", Pattern.DOTALL);
  private static final int TITLE_FROM_TEXT = 60;
  private static final int MAX_FACT = 1000;

  private final Feed feed;
  private final String shown;
  private final String home;
  private final long maxBody;

  /// @param shown the feed's path as shown to the user
  /// @param file the feed's absolute path, which tells its items from others' if it names no site
  FeedItems(Feed feed, String shown, String file, long maxBody) {
    this.feed = feed;
    this.shown = shown;
    this.home = feed.link().isEmpty() ? file : feed.link();
    this.maxBody = maxBody;
  }

  /// Articles: an entry without a text is none.
  ///
  /// @throws Rejected if there is no article in the whole feed
  List<ImportItem> items() throws Rejected {
    return items(false);
  }

  /// What is told of: a title will do.
  ///
  /// @throws Rejected if there is no entry in the whole feed
  List<ImportItem> notices() throws Rejected {
    return items(true);
  }

  private List<ImportItem> items(boolean titleWillDo) throws Rejected {
    List<ImportItem> items = new ArrayList<>();
    int index = 0;
    for (Feed.Entry entry : feed.entries()) {
      index++;
      if (feed.wordPress() && !POST_TYPES.contains(entry.get(Feed.Entry.POST_TYPE).strip())) {
        continue;
      }
      String path = shown + "#" + Texts.cut(name(entry, index), 200);
      try {
        items.add(new ImportItem.Read(article(entry, path, index, titleWillDo)));
      } catch (Rejected e) {
        items.add(e.about(path));
      }
    }
    if (items.isEmpty()) {
      throw new Rejected(
          ImportCodes.EMPTY,
          feed.wordPress()
              ? "holds no posts or pages; choose them when exporting"
              : "is a feed without items; import it when it has some");
    }
    return items;
  }

  private static String name(Feed.Entry entry, int index) {
    for (String field : List.of(Feed.Entry.ID, Feed.Entry.LINK)) {
      String value = Texts.line(entry.get(field));
      if (!value.isEmpty()) {
        return value;
      }
    }
    return String.valueOf(index);
  }

  private ImportedText article(Feed.Entry entry, String path, int index, boolean titleWillDo)
      throws Rejected {
    String field =
        entry.get(Feed.Entry.CONTENT).isBlank() ? Feed.Entry.SUMMARY : Feed.Entry.CONTENT;
    boolean plain = entry.isPlain(field);
    String title = title(entry);
    String body = plain ? Texts.body(entry.get(field)) : markdown(entry, field, title);
    if (body.isEmpty() && (!titleWillDo || title.isEmpty())) {
      throw new Rejected(
          ImportCodes.NO_TEXT,
          titleWillDo
              ? "has neither a title nor a text in the feed; nothing can be told of it"
              : "has no text in the feed; export it with its full content");
    }
    Importer.refuseLargeBody(body, maxBody);
    return new ImportedText(
        path,
        sourceKey(entry, index),
        title.isEmpty() ? fromText(entry.get(field)) : title,
        plain ? MediaType.PLAIN : MediaType.MARKDOWN,
        body,
        metadata(entry));
  }

  private static String title(Feed.Entry entry) {
    String title = entry.get(Feed.Entry.TITLE);
    boolean html = !entry.isPlain(Feed.Entry.TITLE) && MARKUP.matcher(title).find();
    return Texts.title(html ? Jsoup.parseBodyFragment(title).text() : title);
  }

  private static String fromText(String content) {
    return Texts.cut(Texts.line(Jsoup.parseBodyFragment(content).text()), TITLE_FROM_TEXT);
  }

  private String markdown(Feed.Entry entry, String field, String title) {
    String html = entry.get(field);
    String link = Texts.line(entry.get(Feed.Entry.LINK));
    Document fragment = Jsoup.parseBodyFragment(html, link.isEmpty() ? feed.link() : link);
    Element heading = fragment.selectFirst("h1");
    if (heading != null && Texts.title(heading.text()).equals(title)) {
      heading.remove();
    }
    return Texts.body(HtmlToMarkdown.convert(fragment.body(), !PARAGRAPHS.matcher(html).find()));
  }

  /// A guid that is no address is unique in its feed at most, and a post id in its site.
  private String sourceKey(Feed.Entry entry, int index) {
    String kind = feed.wordPress() ? "wxr" : "feed";
    String id = Texts.line(entry.get(Feed.Entry.ID));
    String link = Texts.line(entry.get(Feed.Entry.LINK));
    if (SCHEME.matcher(id).matches()) {
      return Names.key(kind, id);
    }
    if (!id.isEmpty()) {
      return Names.key(kind, home + "#" + id);
    }
    String postId = Texts.line(entry.get(Feed.Entry.POST_ID));
    if (feed.wordPress() && !postId.isEmpty()) {
      return Names.key(kind, home + "#" + postId);
    }
    if (!link.isEmpty()) {
      return Names.key(kind, link);
    }
    // Newer items come in at the front: a title moves less than a position does.
    String title = title(entry);
    return Names.key(kind, home + "#" + (title.isEmpty() ? String.valueOf(index) : title));
  }

  private Map<String, String> metadata(Feed.Entry entry) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("feed_title", feed.title());
    facts.put("categories", String.join(", ", entry.categories()));
    for (String field :
        List.of(
            Feed.Entry.LINK,
            Feed.Entry.PUBLISHED,
            Feed.Entry.UPDATED,
            Feed.Entry.POST_ID,
            Feed.Entry.POST_TYPE,
            Feed.Entry.STATUS)) {
      facts.put(field, entry.get(field));
    }
    facts.replaceAll((name, value) -> Texts.cut(Texts.line(value), MAX_FACT));
    facts.values().removeIf(String::isEmpty);
    return facts;
  }
}
