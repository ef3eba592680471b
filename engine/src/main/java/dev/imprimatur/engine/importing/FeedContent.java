package dev.imprimatur.engine.importing;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jsoup.nodes.Entities;

/// What stands inside one element of a feed.
///
/// @param text the characters; with markup, the elements written out as HTML
/// @param markup whether there were elements inside, as in XHTML content
record FeedContent(String text, boolean markup) {
  /// Reads from an element's start to its end. Iterative, so that no depth of nesting overflows the
  /// stack.
  static FeedContent read(XMLStreamReader reader) throws XMLStreamException {
    StringBuilder characters = new StringBuilder();
    StringBuilder html = new StringBuilder();
    boolean markup = false;
    int depth = 1;
    while (depth > 0) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          if (!markup) {
            html.append(Entities.escape(characters.toString()));
          }
          markup = true;
          start(reader, html);
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          if (depth > 0) {
            html.append("</").append(reader.getLocalName()).append('>');
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (markup) {
            html.append(Entities.escape(reader.getText()));
          } else {
            characters.append(reader.getText());
          }
        }
        default -> {
          // Comments and processing instructions are not content.
        }
      }
    }
    return new FeedContent(markup ? html.toString() : characters.toString(), markup);
  }

  private static void start(XMLStreamReader reader, StringBuilder html) {
    html.append('<').append(reader.getLocalName());
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      html.append(' ')
          .append(reader.getAttributeLocalName(i))
          .append("=\"")
          .append(Entities.escape(reader.getAttributeValue(i)))
          .append('"');
    }
    html.append('>');
  }
}
