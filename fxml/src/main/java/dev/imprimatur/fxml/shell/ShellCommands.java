package dev.imprimatur.fxml.shell;

import dev.imprimatur.fxml.palette.RoomButtons;
import dev.imprimatur.fxml.view.Command;
import dev.imprimatur.fxml.view.Navigator;
import dev.imprimatur.fxml.view.Screen;
import dev.imprimatur.fxml.view.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// Everything that can be done at this moment: in the room in sight, the ways to the others, and
/// what is open everywhere.
final class ShellCommands {
  /// As many rooms as there are digits.
  private static final int DIGITS = 10;

  /// The desk is no room of the navigation.
  private static final String DESK = "desk";

  private ShellCommands() {}

  static List<Command> of(
      ShellController.Parts parts,
      Texts texts,
      Node stage,
      @Nullable Screen current,
      Navigator way,
      Runnable theme,
      Runnable keys) {
    List<Command> all = new ArrayList<>();
    if (current != null) {
      all.addAll(current.commands());
      all.addAll(RoomButtons.of(stage, room(parts.rooms(), current), texts));
    }
    List<Room> rooms = parts.rooms();
    for (int i = 0; i < rooms.size(); i++) {
      String id = rooms.get(i).id();
      String key = i < DIGITS ? texts.get("palette.digit", (i + 1) % DIGITS) : "";
      all.add(
          new Command(
              "room:" + id, texts.code("nav", id), Command.Kind.ROOM, key, () -> way.openRoom(id)));
    }
    all.add(
        new Command(
            "undo",
            texts.code("key.does", "undo"),
            Command.Kind.EVERYWHERE,
            texts.code("key", "undo"),
            () -> parts.undo().entries().isEmpty() ? texts.get("palette.nothing") : "",
            parts.undo()::undo));
    all.add(everywhere("keys", texts.get("keys.title"), texts.code("key", "help"), keys));
    all.add(everywhere("theme", texts.get("palette.theme"), "", theme));
    Runnable change = parts.changeDatabase();
    if (change != null) {
      all.add(everywhere("database", texts.get("change.button"), "", change));
    }
    return all;
  }

  private static Command everywhere(String id, String title, String key, Runnable run) {
    return new Command(id, title, Command.Kind.EVERYWHERE, key, run);
  }

  /// The id of the room in sight.
  static String room(List<Room> rooms, @Nullable Screen current) {
    return rooms.stream()
        .filter(room -> room.screen().isInstance(current))
        .map(Room::id)
        .findFirst()
        .orElse(DESK);
  }
}
