package dev.imprimatur.fxml.today;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.board.Board;
import dev.imprimatur.engine.board.BoardView;
import dev.imprimatur.engine.board.Boards;
import dev.imprimatur.engine.board.Brand;
import dev.imprimatur.engine.board.Brands;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.evidence.EvidenceImports;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.Look;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The brands, the board of the one that is chosen, and what is done about it.
public final class TodayViewModel {
  private static final int HISTORY = 100;

  private final Brands brands;
  private final Boards boards;
  private final EvidenceImports evidence;
  private final Tasks tasks;
  private final Texts texts;
  private final DecisionWords words;
  private final Notices notices;
  private final Look<Seen> look;
  private final ObservableList<Brand> all = FXCollections.observableArrayList();
  private final ObservableList<Board.Head> history = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable UUID> chosen = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable Integer> number = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<@Nullable Shown> shown = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<ListState> state =
      new ReadOnlyObjectWrapper<>(ListState.LOADING);
  private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Gates> gates = new ReadOnlyObjectWrapper<>(Gates.SHUT);
  private boolean generating;
  private boolean importing;

  /// Why each button can't be pressed, or an empty text.
  record Gates(String generate, String bring) {
    static final Gates SHUT = new Gates("…", "…");
  }

  /// What is in sight.
  ///
  /// @param earlier a board that was chosen from the history; null where the newest is shown
  record Shown(BoardView view, @Nullable Board earlier) {
    @Nullable Board board() {
      return earlier == null ? view.board().orElse(null) : earlier;
    }
  }

  /// @param wanted the brand that was chosen when this was asked for, or null
  private record Seen(
      @Nullable UUID wanted, List<Brand> brands, @Nullable Shown shown, List<Board.Head> history) {}

  public TodayViewModel(
      Engine engine, Tasks tasks, Texts texts, DecisionWords words, Notices notices) {
    this.brands = engine.today().brands();
    this.boards = engine.today().boards();
    this.evidence = engine.evidence();
    this.tasks = tasks;
    this.texts = texts;
    this.words = words;
    this.notices = notices;
    this.look = new Look<>(tasks, texts.get("task.today"), this::next, this::arrived, this::failed);
    chosen.addListener((observed, before, now) -> chosenAnother());
    number.addListener((observed, before, now) -> refresh());
  }

  /// Looks again. While it is looking, further calls come to one more look.
  public void refresh() {
    look.now();
  }

  private Callable<Seen> next() {
    UUID wanted = chosen.get();
    Integer earlier = number.get();
    return () -> {
      List<Brand> found = brands.list();
      Brand brand =
          found.stream()
              .filter(b -> b.id().equals(wanted))
              .findFirst()
              .orElse(found.isEmpty() ? null : found.getFirst());
      if (brand == null) {
        return new Seen(wanted, found, null, List.of());
      }
      BoardView view = boards.read(brand.id()).orElseThrow();
      Board board = earlier == null ? null : boards.board(brand.id(), earlier).orElse(null);
      return new Seen(wanted, found, new Shown(view, board), boards.history(brand.id(), HISTORY));
    };
  }

  private void arrived(Seen seen) {
    failure.set("");
    Shown now = seen.shown();
    if (!all.equals(seen.brands())) {
      all.setAll(seen.brands());
    }
    if (now == null) {
      state.set(ListState.EMPTY);
      shown.set(null);
      gate();
      return;
    }
    UUID of = now.view().brand().id();
    // Nothing was chosen, or what was chosen is not in this database.
    if (Objects.equals(seen.wanted(), chosen.get()) && !of.equals(chosen.get())) {
      chosen.set(of);
      return;
    }
    // What was asked for before another brand was chosen is no longer of interest.
    if (of.equals(chosen.get())) {
      if (!history.equals(seen.history())) {
        history.setAll(seen.history());
      }
      shown.set(now);
      state.set(ListState.READY);
    }
    gate();
  }

  private void failed(Throwable why) {
    failure.set(String.valueOf(why.getMessage()));
    if (shown.get() == null) {
      state.set(ListState.FAILED);
    }
  }

  private void chosenAnother() {
    shown.set(null);
    history.clear();
    state.set(ListState.LOADING);
    number.set(null);
    gate();
    refresh();
  }

  private void gate() {
    Shown now = shown.get();
    if (now == null) {
      gates.set(Gates.SHUT);
      return;
    }
    gates.set(
        new Gates(
            generating || now.view().underWay() ? texts.get("today.gate.underway") : "",
            importing ? texts.get("today.gate.importing") : ""));
  }

  /// Asks for a board.
  void generate() {
    Shown now = shown.get();
    if (now == null || generating || now.view().underWay()) {
      return;
    }
    generating = true;
    gate();
    Brand brand = now.view().brand();
    String wanted = texts.get("today.generate.wanted", brand.name());
    tasks
        .run(wanted, () -> boards.generate(brand.id()))
        .onEnd(() -> {
          generating = false;
          gate();
          if (brand.id().equals(chosen.get())) {
            number.set(null);
          }
          refresh();
        })
        .onSuccess(decision -> {
          if (!(decision instanceof Decision.Decided<?>)) {
            notices.tell(words.of(decision, "", wanted));
          }
        });
  }

  /// Adds a brand, or more pillars and personas to one, and shows its board.
  void add(String name, List<String> pillars, List<String> personas) {
    String wanted = texts.get("today.add.wanted", name);
    tasks
        .run(wanted, () -> brands.add(name, pillars, personas))
        .onSuccess(decision -> {
          notices.tell(words.of(decision, texts.get("today.add.done", name), wanted));
          if (decision instanceof Decision.Decided<Brands.Added>(Brands.Added added)) {
            chosen.set(added.brand().id());
          }
          refresh();
        });
  }

  /// Imports evidence of the brand in sight.
  void bring(List<Path> files) {
    Shown now = shown.get();
    if (now == null || importing || files.isEmpty()) {
      return;
    }
    importing = true;
    gate();
    Brand brand = now.view().brand();
    String wanted = texts.get("today.import.wanted", brand.name());
    tasks
        .runLong(
            wanted,
            progress -> {
              var total = new Total();
              for (Path file : files) {
                if (progress.cancelled()) {
                  break;
                }
                total.add(
                    evidence.run(
                        brand.id(),
                        file,
                        (done, of) -> {
                          progress.at(done, of);
                          return !progress.cancelled();
                        }));
              }
              return total;
            })
        .onEnd(() -> {
          importing = false;
          gate();
          refresh();
        })
        .onSuccess(total -> notices.tell(told(total, wanted)));
  }

  private Notice told(Total total, String wanted) {
    if (total.refused != null) {
      return words.of(total.refused, "", wanted);
    }
    String headline = texts.get("today.import.done", total.fresh, total.known);
    if (total.problems.isEmpty()) {
      return new Notice(Notice.Kind.DONE, headline, "");
    }
    return new Notice(
        Notice.Kind.REFUSED,
        headline,
        texts.get(
            "today.import.problems", total.problems.size(), total.problems.getFirst().message()));
  }

  /// What several files came to.
  private static final class Total {
    private int fresh;
    private int known;
    private final List<EvidenceImports.Problem> problems = new java.util.ArrayList<>();
    private @Nullable Decision<?> refused;

    void add(Decision<EvidenceImports.Outcome> decision) {
      if (decision instanceof Decision.Decided<EvidenceImports.Outcome>(var outcome)) {
        fresh += outcome.fresh();
        known += outcome.known();
        problems.addAll(outcome.problems());
      } else {
        refused = decision;
      }
    }
  }

  ObservableList<Brand> all() {
    return all;
  }

  /// The boards of the brand, newest first.
  ObservableList<Board.Head> history() {
    return history;
  }

  /// The brand that is chosen; null before there is one.
  ObjectProperty<@Nullable UUID> chosenProperty() {
    return chosen;
  }

  /// The earlier board that is chosen; null for the newest.
  ObjectProperty<@Nullable Integer> numberProperty() {
    return number;
  }

  ReadOnlyObjectProperty<@Nullable Shown> shownProperty() {
    return shown.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<ListState> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /// Why the last look failed, or an empty text.
  ReadOnlyStringProperty failureProperty() {
    return failure.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Gates> gatesProperty() {
    return gates.getReadOnlyProperty();
  }
}
