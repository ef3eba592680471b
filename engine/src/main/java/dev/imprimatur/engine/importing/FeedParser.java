package dev.imprimatur.engine.importing;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads RSS 2.0, RSS 1.0, Atom and WXR into a [Feed], all or nothing: a feed that breaks off may
/// have lost any number of articles, and half an import looks like a whole one.
///
/// DTDs are refused if they declare anything, external entities are never fetched.
final class FeedParser {
  private static final String ATOM = "http://www.w3.org/2005/Atom";
  private static final String CONTENT = "http://purl.org/rss/1.0/modules/content/";
  private static final String DUBLIN_CORE = "http://purl.org/dc/elements/1.1/";
  private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  private static final String WORDPRESS = "http://wordpress.org/export/";
  private static final Set<String> ROOTS = Set.of("rss", "feed", "RDF");

  private final int maxItems;
  private final List<Feed.Entry> entries = new ArrayList<>();
  private String title = "";
  private String link = "";
  private boolean wordPress;

  /// @param maxItems a feed with more is refused
  FeedParser(int maxItems) {
    this.maxItems = maxItems;
  }

  /// @return empty if the text is well-formed up to a root element that is no feed's
  Optional<Feed> parse(String text) throws Rejected {
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(text.strip()));
      try {
        return root(reader) ? Optional.of(feed(reader)) : Optional.empty();
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw notWellFormed(e);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
      throw new XMLStreamException("it refers to something outside itself");
    });
    return factory;
  }

  private static Rejected notWellFormed(XMLStreamException e) {
    Location where = e.getLocation();
    String place =
        where == null || where.getLineNumber() < 1
            ? ""
            : " at line " + where.getLineNumber() + ", column " + where.getColumnNumber();
    String said = String.valueOf(e.getMessage());
    // The parser's own text repeats the place before it comes to the point.
    int point = said.indexOf("Message: ");
    String why = Texts.cut(Texts.line(point < 0 ? said : said.substring(point + 9)), 160);
    return new Rejected(
        ImportCodes.BROKEN_FEED,
        "is broken XML%s (%s); nothing of it was imported, export it again".formatted(place, why));
  }

  private static boolean root(XMLStreamReader reader) throws XMLStreamException, Rejected {
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.DTD) {
        String dtd = reader.getText();
        if (dtd != null && dtd.indexOf('[') >= 0) {
          throw new Rejected(
              ImportCodes.BROKEN_FEED,
              "declares entities of its own, which are not read; export it without a DTD");
        }
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        return ROOTS.contains(reader.getLocalName());
      }
    }
    return false;
  }

  private Feed feed(XMLStreamReader reader) throws XMLStreamException, Rejected {
    int depth = 0;
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (isEntry(reader)) {
          if (entries.size() == maxItems) {
            throw new Rejected(
                ImportCodes.TOO_MANY_ITEMS,
                "has more than " + maxItems + " items; split it or raise the limit");
          }
          entries.add(entry(reader));
        } else if (!about(reader, depth)) {
          depth++;
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
    return new Feed(Texts.title(title), Texts.line(link), wordPress, entries);
  }

  private static boolean isEntry(XMLStreamReader reader) {
    String name = reader.getLocalName();
    return name.equals("item") || (name.equals("entry") && ATOM.equals(reader.getNamespaceURI()));
  }

  /// Takes what the feed says about itself.
  ///
  /// @return whether the element has been read to its end
  private boolean about(XMLStreamReader reader, int depth) throws XMLStreamException {
    String name = reader.getLocalName();
    String namespace = String.valueOf(reader.getNamespaceURI());
    wordPress |= namespace.startsWith(WORDPRESS);
    // Deeper titles and links belong to an image or an author.
    if (depth > 1) {
      return false;
    }
    if (name.equals("title")) {
      title = first(title, FeedContent.read(reader).text());
      return true;
    }
    if (name.equals("link")) {
      boolean atom = namespace.equals(ATOM);
      boolean main = !atom || isMainLink(reader);
      String address = atom ? attribute(reader, "href") : "";
      String text = FeedContent.read(reader).text();
      link = main ? first(link, atom ? address : text) : link;
      return true;
    }
    return false;
  }

  private static String first(String old, String now) {
    return old.isBlank() ? now.strip() : old;
  }

  private static boolean isMainLink(XMLStreamReader reader) {
    String rel = attribute(reader, "rel");
    return rel.isEmpty() || rel.equals("alternate");
  }

  private static String attribute(XMLStreamReader reader, String name) {
    String value = reader.getAttributeValue(null, name);
    return value == null ? "" : value;
  }

  private Feed.Entry entry(XMLStreamReader reader) throws XMLStreamException {
    Feed.Entry entry = new Feed.Entry();
    String about = reader.getAttributeValue(RDF, "about");
    while (reader.next() != XMLStreamConstants.END_ELEMENT) {
      if (reader.isStartElement()) {
        field(reader, entry);
      }
    }
    entry.put(Feed.Entry.ID, about == null ? "" : about);
    return entry;
  }

  /// Reads one child of an entry to its end.
  private void field(XMLStreamReader reader, Feed.Entry entry) throws XMLStreamException {
    String namespace = String.valueOf(reader.getNamespaceURI());
    String name = reader.getLocalName();
    if (namespace.equals(ATOM)) {
      atomField(reader, name, entry);
      return;
    }
    String text = FeedContent.read(reader).text();
    if (namespace.startsWith(WORDPRESS)) {
      wordPressField(namespace, name, text, entry);
    } else if (namespace.equals(CONTENT) && name.equals("encoded")) {
      entry.put(Feed.Entry.CONTENT, text);
    } else if (namespace.equals(DUBLIN_CORE)) {
      if (name.equals("date")) {
        entry.put(Feed.Entry.PUBLISHED, text);
      } else if (name.equals("subject")) {
        entry.category(text);
      }
    } else {
      rssField(name, text, entry);
    }
  }

  private static void rssField(String name, String text, Feed.Entry entry) {
    switch (name) {
      case "guid" -> entry.put(Feed.Entry.ID, text);
      case "link" -> entry.put(Feed.Entry.LINK, text);
      case "title" -> entry.put(Feed.Entry.TITLE, text);
      case "description" -> entry.put(Feed.Entry.SUMMARY, text);
      case "pubDate" -> entry.put(Feed.Entry.PUBLISHED, text);
      case "category" -> entry.category(text);
      default -> {
        // Enclosures, comments and the like are not part of the article.
      }
    }
  }

  private void wordPressField(String namespace, String name, String text, Feed.Entry entry) {
    wordPress = true;
    if (namespace.endsWith("/excerpt/")) {
      return;
    }
    switch (name) {
      case "post_id" -> entry.put(Feed.Entry.POST_ID, text);
      case "post_type" -> entry.put(Feed.Entry.POST_TYPE, text);
      case "status" -> entry.put(Feed.Entry.STATUS, text);
      case "post_modified_gmt" -> entry.put(Feed.Entry.UPDATED, text);
      default -> {
        // Comments, custom fields and passwords are none of an article's.
      }
    }
  }

  private static void atomField(XMLStreamReader reader, String name, Feed.Entry entry)
      throws XMLStreamException {
    String type = attribute(reader, "type");
    boolean html = type.equals("html") || type.equals("text/html");
    boolean mainLink = isMainLink(reader);
    String href = attribute(reader, "href");
    String term = attribute(reader, "term");
    FeedContent content = FeedContent.read(reader);
    String field =
        switch (name) {
          case "id" -> Feed.Entry.ID;
          case "title" -> Feed.Entry.TITLE;
          case "content" -> Feed.Entry.CONTENT;
          case "summary" -> Feed.Entry.SUMMARY;
          case "published" -> Feed.Entry.PUBLISHED;
          case "updated" -> Feed.Entry.UPDATED;
          default -> "";
        };
    if (!field.isEmpty()) {
      entry.put(field, content.text());
      if (!html && !content.markup()) {
        entry.plain(field);
      }
    } else if (name.equals("link") && mainLink) {
      entry.put(Feed.Entry.LINK, href);
    } else if (name.equals("category")) {
      entry.category(term);
    }
  }
}
