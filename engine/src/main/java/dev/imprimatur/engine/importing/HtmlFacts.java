package dev.imprimatur.engine.importing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Flat facts from the head of an HTML page: `description`, `canonical_url`, `language`,
/// `published`, `modified` and `json_ld_types` (the schema.org types of its structured data,
/// sorted, joined by `, `).
final class HtmlFacts {
  private static final int MAX_VALUE = 1000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private HtmlFacts() {}

  static Map<String, String> of(Document page) {
    Map<String, String> facts = new TreeMap<>();
    put(facts, "description", attribute(page, "meta[name=description]", "content"));
    put(facts, "canonical_url", attribute(page, "link[rel=canonical]", "href"));
    put(facts, "language", attribute(page, "html[lang]", "lang"));
    put(facts, "published", attribute(page, "meta[property=article:published_time]", "content"));
    put(facts, "modified", attribute(page, "meta[property=article:modified_time]", "content"));
    put(facts, "json_ld_types", String.join(", ", jsonLdTypes(page)));
    return facts;
  }

  private static void put(Map<String, String> facts, String key, String value) {
    String line = Texts.cut(Texts.line(value), MAX_VALUE);
    if (!line.isEmpty()) {
      facts.put(key, line);
    }
  }

  private static String attribute(Document page, String query, String name) {
    Element element = page.selectFirst(query);
    return element == null ? "" : element.attr(name);
  }

  private static Set<String> jsonLdTypes(Document page) {
    Set<String> types = new TreeSet<>();
    for (Element script : page.select("script[type=application/ld+json]")) {
      try {
        collectTypes(JSON.readTree(script.data()), types);
      } catch (JacksonException e) {
        // Search engines pass over broken structured data, and so does a score that asks for it.
      }
    }
    return types;
  }

  private static void collectTypes(JsonNode root, Set<String> types) {
    Deque<JsonNode> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      JsonNode node = open.pop();
      if (node.isObject()) {
        JsonNode type = node.path("@type");
        (type.isArray() ? type.values() : List.of(type))
            .forEach(name -> {
              if (name.isString()) {
                types.add(name.stringValue());
              }
            });
      }
      if (node.isContainer()) {
        node.values().forEach(open::push);
      }
    }
  }
}
