package dev.imprimatur.fxml.palette;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.task.Look;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Command;
import dev.imprimatur.fxml.view.Texts;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What the palette offers for what was typed, and which line of it is meant.
public final class PaletteViewModel {
  /// Fewer letters than this are not looked for in the database.
  private static final int LETTERS = 2;

  private static final int OPEN_BONUS = 4;
  private static final int COMMAND_BONUS = 3;
  private static final int RECENT_BONUS = 6;

  private final Texts texts;
  private final Recent recent;
  private final Consumer<Found> opening;
  private final Consumer<String> queueSearch;
  private final Look<Result> look;
  private final StringProperty typed = new SimpleStringProperty("");
  private final ObservableList<Line> lines = FXCollections.observableArrayList();
  private final ReadOnlyIntegerWrapper selected = new ReadOnlyIntegerWrapper(-1);
  private final ReadOnlyStringWrapper status = new ReadOnlyStringWrapper("");
  private List<Command> offered = List.of();
  private List<Found> found = List.of();
  private boolean looking;
  private boolean moved;

  private record Result(String words, List<Found> found) {}

  /// A line of the palette.
  ///
  /// @param recent whether it stands among those used last
  /// @param marks the letters of its title that were typed
  /// @param whyNot why it can't be done, or an empty text
  record Line(Command command, boolean recent, BitSet marks, String whyNot) {}

  /// @param opening shows something that was found
  /// @param queueSearch looks for words in the queue
  public PaletteViewModel(
      Found.Finder finder,
      Tasks tasks,
      Texts texts,
      Recent recent,
      Consumer<Found> opening,
      Consumer<String> queueSearch) {
    this.texts = texts;
    this.recent = recent;
    this.opening = opening;
    this.queueSearch = queueSearch;
    this.look =
        new Look<>(
            tasks,
            texts.get("task.palette"),
            () -> {
              String words = words();
              return () ->
                  new Result(words, words.length() < LETTERS ? List.of() : finder.find(words));
            },
            this::arrived,
            why -> {
              looking = false;
              status.set(texts.get("palette.failed", String.valueOf(why.getMessage())));
            });
    typed.addListener((observed, before, now) -> retyped());
  }

  /// Begins anew.
  ///
  /// @param commands what there is to do at this moment
  public void open(List<Command> commands) {
    offered = List.copyOf(commands);
    found = List.of();
    look.forget();
    looking = false;
    typed.set("");
    moved = false;
    show();
  }

  private String words() {
    return typed.get().strip();
  }

  private void retyped() {
    moved = false;
    looking = words().length() >= LETTERS;
    if (looking) {
      look.now();
    } else {
      look.forget();
      found = List.of();
    }
    show();
  }

  private void arrived(Result result) {
    // Another look is under way where more was typed meanwhile.
    if (result.words().equals(words())) {
      looking = false;
      found = result.found();
      show();
    }
  }

  private void show() {
    int at = selected.get();
    String kept = moved && at >= 0 && at < lines.size() ? lines.get(at).command().id() : "";
    lines.setAll(words().isEmpty() ? untyped() : matching());
    int place = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).command().id().equals(kept)) {
        place = i;
      }
    }
    // Told though the number is the same: another line may stand there.
    selected.set(-1);
    selected.set(lines.isEmpty() ? -1 : place);
    status.set(looking ? texts.get("palette.looking") : texts.get("palette.count", lines.size()));
  }

  private List<Line> untyped() {
    List<Line> all = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (Recent.Line line : recent.lines()) {
      Optional<Command> command =
          line.found()
              .map(this::command)
              .or(() -> offered.stream().filter(c -> c.id().equals(line.id())).findFirst());
      command.ifPresent(c -> {
        used.add(c.id());
        all.add(line(c, true, new BitSet()));
      });
    }
    offered.stream()
        .filter(c -> !used.contains(c.id()))
        .map(c -> line(c, false, new BitSet()))
        .forEach(all::add);
    return all;
  }

  private record Ranked(Line line, int score) {}

  private List<Line> matching() {
    List<Ranked> ranked = new ArrayList<>();
    for (Command command : offered) {
      rank(command, COMMAND_BONUS).ifPresent(ranked::add);
    }
    Set<String> seen = new HashSet<>();
    for (Found one : found) {
      seen.add(one.key());
      Command command = command(one);
      // Found by an id, or by words that are not in the title.
      ranked.add(
          rank(command, 0).orElseGet(() -> new Ranked(line(command, false, new BitSet()), 0)));
    }
    for (Recent.Line line : recent.lines()) {
      line.found()
          .filter(f -> seen.add(f.key()))
          .flatMap(f -> rank(command(f), 0))
          .ifPresent(ranked::add);
    }
    // The sort is stable: what is equal stays as it was offered, or found.
    List<Line> all =
        new ArrayList<>(
            ranked.stream()
                .sorted(Comparator.comparingInt(Ranked::score).reversed())
                .map(Ranked::line)
                .toList());
    if (words().length() >= LETTERS) {
      String words = words();
      all.add(
          line(
              new Command(
                  "queue-search",
                  texts.get("palette.queue", words),
                  Command.Kind.EVERYWHERE,
                  "",
                  () -> queueSearch.accept(words)),
              false,
              new BitSet()));
    }
    return all;
  }

  private Optional<Ranked> rank(Command command, int bonus) {
    String kind = kind(command);
    // “go queue” means the room as well as “queue” does, only that nothing of its title is marked.
    return Fuzzy.match(words(), command.title())
        .or(() ->
            Fuzzy.match(words(), kind + " " + command.title())
                .map(m -> new Fuzzy.Match(m.score() / 2, new BitSet())))
        .map(match -> {
          int ago = recent.place(command.id());
          Line line = line(command, ago >= 0, match.marks());
          int score =
              match.score()
                  + bonus
                  + (line.whyNot().isEmpty() ? OPEN_BONUS : 0)
                  + (ago < 0 ? 0 : Math.max(1, RECENT_BONUS - ago));
          return new Ranked(line, score);
        });
  }

  private Command command(Found one) {
    return new Command(one.key(), one.title(), one.kind(), "", () -> opening.accept(one));
  }

  private static Line line(Command command, boolean recent, BitSet marks) {
    return new Line(command, recent, marks, command.whyNot().get());
  }

  /// Goes so many lines on; past the end to the beginning.
  void move(int by) {
    if (!lines.isEmpty()) {
      moved = true;
      selected.set(Math.floorMod(selected.get() + by, lines.size()));
    }
  }

  /// Goes so many lines on, but not past the ends.
  void leap(int by) {
    if (!lines.isEmpty()) {
      moved = true;
      selected.set(Math.clamp(selected.get() + (long) by, 0, lines.size() - 1));
    }
  }

  /// Means another line.
  void select(int at) {
    if (at >= 0 && at < lines.size()) {
      moved = true;
      selected.set(at);
    }
  }

  /// What is meant is to be done.
  ///
  /// @return it, or nothing where it can't be done: then its line says why
  Optional<Runnable> choose() {
    int at = selected.get();
    if (at < 0 || at >= lines.size()) {
      return Optional.empty();
    }
    Command command = lines.get(at).command();
    // Asked again: it may have been open a moment ago.
    if (!command.whyNot().get().isEmpty()) {
      moved = true;
      show();
      return Optional.empty();
    }
    if (!command.id().equals("queue-search")) {
      boolean thing = command.id().startsWith(command.kind().name() + ":");
      recent.add(command.id(), thing ? command.title() : "");
    }
    return Optional.of(command.run());
  }

  /// What a line is, in a word or two; of one used last, that it was.
  String kind(Line line) {
    String kind = kind(line.command());
    return line.recent() ? texts.get("palette.recent", kind) : kind;
  }

  private String kind(Command command) {
    return texts.code("palette.kind", Code.of(command.kind()));
  }

  /// A line as it is read out.
  String spoken(Line line) {
    String text = texts.get("palette.spoken", line.command().title(), kind(line));
    if (!line.command().key().isEmpty()) {
      text += ", " + line.command().key();
    }
    return line.whyNot().isEmpty() ? text : text + ". " + line.whyNot();
  }

  StringProperty typedProperty() {
    return typed;
  }

  ObservableList<Line> lines() {
    return lines;
  }

  /// Which line is meant, or −1.
  ReadOnlyIntegerProperty selectedProperty() {
    return selected.getReadOnlyProperty();
  }

  /// What the palette is about: looking, how much there is, or why the database can't be asked.
  ReadOnlyStringProperty statusProperty() {
    return status.getReadOnlyProperty();
  }
}
