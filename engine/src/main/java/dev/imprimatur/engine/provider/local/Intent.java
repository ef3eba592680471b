package dev.imprimatur.engine.provider.local;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a query intent asks of a text. The three intents the product scores by default have rules
/// of their own; any other is judged by its own words.
///
/// @param phrase the intent in lower case
/// @param terms its content words, as stems; empty for the three known intents
/// @param signals phrases that show in a title, heading or lead that the text serves the intent
/// @param answers phrases that mark a sentence as a direct answer, with a space on both sides;
///   empty: any statement
/// @param openers words that open such a sentence
/// @param orderedItem what an item of a numbered list is worth, 0 to 1
/// @param bulletItem what an item of a bullet list is worth
/// @param tableRow what a table row is worth
record Intent(
    String phrase,
    Set<String> terms,
    List<String> signals,
    List<String> answers,
    Set<String> openers,
    double orderedItem,
    double bulletItem,
    double tableRow) {

  private static final Set<String> IMPERATIVES =
      Set.of(
          "add",
          "apply",
          "ask",
          "back",
          "begin",
          "build",
          "call",
          "change",
          "check",
          "choose",
          "clean",
          "click",
          "configure",
          "connect",
          "copy",
          "create",
          "cut",
          "decide",
          "define",
          "download",
          "enter",
          "fill",
          "find",
          "follow",
          "install",
          "keep",
          "list",
          "measure",
          "mix",
          "move",
          "open",
          "pick",
          "place",
          "plan",
          "prepare",
          "press",
          "put",
          "read",
          "remove",
          "replace",
          "restart",
          "run",
          "save",
          "select",
          "set",
          "sort",
          "start",
          "stop",
          "store",
          "take",
          "test",
          "turn",
          "update",
          "use",
          "wait",
          "wash",
          "write");

  static Intent of(String intent) {
    String phrase = intent.strip().toLowerCase(Locale.ROOT);
    return switch (phrase) {
      case "how to" ->
          new Intent(
              phrase,
              Set.of(),
              List.of("how to", "how do", "how can", "step", "tutorial", "guide", "instructions"),
              List.of(
                  " by ", " first ", " then ", " follow ", " you can ", " you need ", " start "),
              IMPERATIVES,
              1,
              0.5,
              0.4);
      case "what is" ->
          new Intent(
              phrase,
              Set.of(),
              List.of(
                  "what is",
                  "what are",
                  "what does",
                  "definition",
                  "meaning",
                  "explained",
                  "introduction",
                  "overview"),
              List.of(
                  " is a ",
                  " is an ",
                  " is the ",
                  " are a ",
                  " are the ",
                  " refers to ",
                  " means ",
                  " describes ",
                  " consists of "),
              Set.of(),
              0.5,
              0.7,
              1);
      case "best practices" ->
          new Intent(
              phrase,
              Set.of(),
              List.of(
                  "best practice",
                  "tips",
                  "guideline",
                  "recommend",
                  "checklist",
                  "mistake",
                  "should",
                  "do's",
                  "rules",
                  "avoid"),
              List.of(
                  " should ",
                  " best ",
                  " avoid ",
                  " always ",
                  " never ",
                  " recommend",
                  " make sure ",
                  " must "),
              IMPERATIVES,
              0.8,
              1,
              0.6);
      default ->
          new Intent(
              phrase,
              Set.copyOf(ArticleView.contentWords(phrase)),
              List.of(phrase),
              List.of(),
              Set.of(),
              0.8,
              0.8,
              0.8);
    };
  }

  /// Whether a text in lower case shows that it serves this intent.
  boolean signalledBy(String lower) {
    return !phrase.isEmpty() && signals.stream().anyMatch(lower::contains);
  }

  /// Whether a sentence in lower case answers rather than leads up to an answer.
  boolean answeredBy(String lower) {
    String padded = " " + lower + " ";
    int space = lower.indexOf(' ');
    String first = space < 0 ? lower : lower.substring(0, space);
    if (openers.contains(first) || answers.stream().anyMatch(padded::contains)) {
      return true;
    }
    return answers.isEmpty()
        && !lower.endsWith("?")
        && (terms.isEmpty() || ArticleView.coverage(terms, lower) >= 0.5);
  }
}
