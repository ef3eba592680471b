package dev.imprimatur.fxml.palette;

import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.view.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The commands used last, the latest first, from one start to the next. What was jumped to is
/// remembered with its title, so that nothing has to be read to show it; and with its database, as
/// it is in no other.
public final class Recent {
  private static final int KEPT = 8;

  private final Remembered remembered;
  private final String name;
  private final List<Line> lines = new ArrayList<>();

  /// @param title empty for what is no thing of the database
  record Line(String id, String title) {
    /// The thing it names, if it names one.
    Optional<Found> found() {
      int colon = id.indexOf(':');
      if (title.isEmpty() || colon < 0) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new Found(
                Command.Kind.valueOf(id.substring(0, colon)),
                UUID.fromString(id.substring(colon + 1)),
                title));
      } catch (IllegalArgumentException e) {
        // Written by another release, or by hand.
        return Optional.empty();
      }
    }
  }

  /// @param database its name
  public Recent(Remembered remembered, String database) {
    this.remembered = remembered;
    this.name = "palette.recent." + database;
    remembered
        .text(name)
        .lines()
        .map(line -> line.split("\t", 2))
        .forEach(parts -> lines.add(new Line(parts[0], parts.length > 1 ? parts[1] : "")));
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  /// @param title of a thing of the database, else empty
  void add(String id, String title) {
    lines.removeIf(line -> line.id().equals(id));
    lines.addFirst(new Line(id, title.replaceAll("\\s+", " ")));
    while (lines.size() > KEPT) {
      lines.removeLast();
    }
    var kept = new StringBuilder();
    lines.forEach(line -> kept.append(line.id()).append('\t').append(line.title()).append('\n'));
    remembered.keep(name, kept.toString());
  }

  /// How long ago it was used: 0 is the latest, −1 never as far as is known.
  int place(String id) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }
}
