package dev.imprimatur.engine.provider.local;

import dev.imprimatur.engine.provider.Rewriter.Change;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns a heading that names a subject into the question a reader would ask. Adds question words
/// only.
final class HeadingRule {
  private static final List<String> NOUNS =
      List.of(
          "benefits of ",
          "advantages of ",
          "disadvantages of ",
          "drawbacks of ",
          "types of ",
          "kinds of ",
          "causes of ",
          "risks of ",
          "examples of ",
          "steps to ",
          "steps for ",
          "reasons to ",
          "reasons for ",
          "signs of ",
          "limits of ",
          "costs of ",
          "components of ",
          "features of ",
          "best practices for ",
          "tips for ",
          "alternatives to ",
          "requirements for ",
          "uses of ",
          "use cases for ");

  private static final Set<String> PLURALS =
      Set.of(
          "common mistakes",
          "common problems",
          "common pitfalls",
          "key benefits",
          "key features",
          "main benefits",
          "main features",
          "best practices",
          "next steps",
          "benefits",
          "advantages",
          "risks",
          "limits",
          "alternatives");

  private static final Map<String, String> GERUNDS =
      Map.ofEntries(
          Map.entry("choosing ", "choose "),
          Map.entry("using ", "use "),
          Map.entry("installing ", "install "),
          Map.entry("setting up ", "set up "),
          Map.entry("getting started with ", "get started with "),
          Map.entry("managing ", "manage "),
          Map.entry("creating ", "create "),
          Map.entry("building ", "build "),
          Map.entry("writing ", "write "),
          Map.entry("testing ", "test "),
          Map.entry("planning ", "plan "),
          Map.entry("measuring ", "measure "),
          Map.entry("making ", "make "),
          Map.entry("finding ", "find "),
          Map.entry("storing ", "store "),
          Map.entry("cleaning ", "clean "),
          Map.entry("configuring ", "configure "),
          Map.entry("improving ", "improve "),
          Map.entry("preventing ", "prevent "),
          Map.entry("restoring ", "restore "),
          Map.entry("updating ", "update "),
          Map.entry("avoiding ", "avoid "));

  private HeadingRule() {}

  /// The edit for the line of one heading, relative to the line's start; null if it does not fit.
  static @Nullable Edit edit(String line) {
    int text = 0;
    while (text < line.length() && line.charAt(text) == '#') {
      text++;
    }
    if (text < 2 || text >= line.length() || line.charAt(text) != ' ') {
      return null;
    }
    String heading = line.substring(text + 1);
    String question = question(heading);
    if (question == null) {
      return null;
    }
    return new Edit(
        text + 1,
        line.length(),
        question,
        new Change(
            "question-heading",
            "Readers and answer engines ask questions; the section answers this one."));
  }

  private static @Nullable String question(String heading) {
    String bare = heading.strip();
    boolean plain = !bare.isEmpty() && Character.isLetter(bare.charAt(bare.length() - 1));
    if (!plain
        || bare.contains(":")
        || RelevanceRubric.isQuestion(bare) && !bare.startsWith("How to ")) {
      return null;
    }
    String lower = bare.toLowerCase(Locale.ROOT);
    if (lower.startsWith("how to ")) {
      return "How do you " + bare.substring(7) + "?";
    }
    String rest = lower.startsWith("the ") ? bare.substring(4) : bare;
    String restLower = rest.toLowerCase(Locale.ROOT);
    for (String noun : NOUNS) {
      if (restLower.startsWith(noun)) {
        return "What are the " + noun + rest.substring(noun.length()) + "?";
      }
    }
    if (PLURALS.contains(restLower)) {
      return "What are the " + restLower + "?";
    }
    for (Map.Entry<String, String> gerund : GERUNDS.entrySet()) {
      if (restLower.startsWith(gerund.getKey()) && rest.equals(bare)) {
        return "How do you " + gerund.getValue() + rest.substring(gerund.getKey().length()) + "?";
      }
    }
    return null;
  }
}
