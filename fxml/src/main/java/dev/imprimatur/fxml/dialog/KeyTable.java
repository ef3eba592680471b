package dev.imprimatur.fxml.dialog;

import dev.imprimatur.fxml.view.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Every key and what it does, by the rooms it works in. Its texts are `key.<code>` and
/// `key.does.<code>`.
final class KeyTable {
  /// The keys of a few rooms, under a name.
  ///
  /// @param name its text is `keys.group.<name>`
  /// @param rooms the ids of the rooms they work in; none means everywhere
  record Group(String name, Set<String> rooms, List<String> keys) {}

  private static final List<Group> GROUPS =
      List.of(
          new Group(
              "everywhere",
              Set.of(),
              List.of("palette", "search", "undo", "rooms", "lines", "help")),
          new Group(
              "review",
              Set.of("inbox", "desk"),
              List.of(
                  "next",
                  "previous",
                  "open",
                  "claim",
                  "release",
                  "approve",
                  "reject",
                  "rewrite",
                  "resolve",
                  "snooze",
                  "changes",
                  "walk",
                  "comment",
                  "suggestion",
                  "revoke",
                  "back")),
          new Group(
              "articles",
              Set.of("articles"),
              List.of(
                  "article",
                  "evaluate",
                  "stop",
                  "approveversion",
                  "revokeversion",
                  "rewriteversion",
                  "compare",
                  "escalation",
                  "import",
                  "importfolder")),
          new Group(
              "suggestions",
              Set.of("suggestions"),
              List.of("hunk", "take", "all", "none", "whole", "accept", "refuse")),
          new Group("assessments", Set.of("assessments"), List.of("newbatch", "batch")),
          new Group(
              "judging",
              Set.of("judging"),
              List.of("first", "second", "tie", "skip", "takeback", "sure", "together", "scroll")),
          new Group("tours", Set.of("tours"), List.of("tour", "start", "change")),
          new Group("stuck", Set.of("stuck"), List.of("inspect", "rerequest")),
          new Group(
              "admin",
              Set.of("queue", "outbox"),
              List.of("again", "giveup", "selectall", "layout")));

  private KeyTable() {}

  /// The groups whose keys are meant, those of a room first, then those that work everywhere.
  ///
  /// @param room its id
  /// @param typed words that must all stand in the key, what it does, or its group's name
  static List<Group> of(String room, String typed, Texts texts) {
    List<Group> found = new ArrayList<>();
    for (Group group : GROUPS) {
      List<String> keys =
          group.keys().stream().filter(key -> meant(group, key, typed, texts)).toList();
      if (!keys.isEmpty()) {
        found.add(new Group(group.name(), group.rooms(), keys));
      }
    }
    // Stable: the others stay in their order.
    found.sort(Comparator.comparing(group -> !group.rooms().contains(room)));
    return found;
  }

  private static boolean meant(Group group, String key, String typed, Texts texts) {
    String text =
        String.join(
                " ",
                texts.code("key", key),
                texts.code("key.does", key),
                texts.code("keys.group", group.name()))
            .toLowerCase(Locale.ROOT);
    for (String word : typed.toLowerCase(Locale.ROOT).strip().split("\\s+")) {
      if (!text.contains(word)) {
        return false;
      }
    }
    return true;
  }
}
