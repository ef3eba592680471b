package dev.imprimatur.fxml.palette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.fxml.memory.Remembered;
import dev.imprimatur.fxml.task.FxTasks;
import dev.imprimatur.fxml.view.Command;
import dev.imprimatur.fxml.view.Command.Kind;
import dev.imprimatur.fxml.view.Texts;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The palette without a window: what it finds arrives when the test lets it.
class PaletteViewModelTest {
  private final Queue<Runnable> background = new ArrayDeque<>();
  private final Queue<Runnable> arriving = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final UUID bread = UUID.randomUUID();
  private final List<Found> inDatabase = new ArrayList<>();
  private String closed = "";
  private boolean broken;
  private PaletteViewModel model;

  @TempDir Path folder;

  @BeforeEach
  void open() {
    inDatabase.add(new Found(Kind.ARTICLE, bread, "Bread at home"));
    model = model("local");
    model.open(commands());
  }

  private PaletteViewModel model(String database) {
    return new PaletteViewModel(
        words -> {
          asked.add(words);
          if (broken) {
            throw new IllegalStateException("the server closed the connection");
          }
          return List.copyOf(inDatabase);
        },
        new FxTasks(background::add, arriving::add, (name, failure) -> {}),
        Texts.standard(),
        new Recent(remembered(), database),
        found -> done.add(found.title()),
        words -> done.add("queue " + words));
  }

  private Remembered remembered() {
    return new Remembered(folder.resolve("console.properties"));
  }

  private List<Command> commands() {
    return List.of(
        new Command(
            "do:inbox:approve", "Approve", Kind.HERE, "a", () -> closed, () -> done.add("approve")),
        command("do:inbox:claim", "Claim", Kind.HERE),
        command("room:queue", "Queue", Kind.ROOM),
        command("room:articles", "Articles", Kind.ROOM),
        command("theme", "Change the theme", Kind.EVERYWHERE));
  }

  private Command command(String id, String title, Kind kind) {
    return new Command(id, title, kind, "", () -> done.add(title));
  }

  private void arrive() {
    while (!background.isEmpty() || !arriving.isEmpty()) {
      (background.isEmpty() ? arriving : background).remove().run();
    }
  }

  private List<String> titles() {
    return model.lines().stream().map(line -> line.command().title()).toList();
  }

  private void choose() {
    model.choose().ifPresent(Runnable::run);
  }

  @Test
  void untypedItOffersEverythingThereIsToDo() {
    assertThat(titles())
        .containsExactly("Approve", "Claim", "Queue", "Articles", "Change the theme");
    assertThat(model.selectedProperty().get()).isZero();
    assertThat(asked).isEmpty();
  }

  @Test
  void whatIsTypedIsFoundAmongCommandsAtOnceAndInTheDatabaseSoon() {
    model.typedProperty().set("b");
    arrive();
    assertThat(asked).as("one letter is too few to look for").isEmpty();
    model.typedProperty().set("br");
    assertThat(model.statusProperty().get()).startsWith("Looking");
    arrive();
    assertThat(titles()).containsExactly("Bread at home", "Look for “br” in the queue");
    choose();
    assertThat(done).containsExactly("Bread at home");
  }

  @Test
  void onlyWhatBelongsToTheLatestWordsIsShown() {
    model.typedProperty().set("br");
    background.remove().run();
    model.typedProperty().set("art");
    inDatabase.clear();
    arrive();
    assertThat(titles()).containsExactly("Articles", "Look for “art” in the queue");
    assertThat(asked).containsExactly("br", "art");
  }

  @Test
  void whatIsMeantStaysMeantWhenMoreArrives() {
    model.typedProperty().set("a");
    model.typedProperty().set("arti");
    model.move(1);
    assertThat(titles().get(1)).startsWith("Look for");
    arrive();
    assertThat(model.lines().get(model.selectedProperty().get()).command().title())
        .startsWith("Look for");
  }

  @Test
  void theArrowsGoRoundAndPagesStopAtTheEnds() {
    model.move(-1);
    assertThat(model.selectedProperty().get()).isEqualTo(4);
    model.move(1);
    assertThat(model.selectedProperty().get()).isZero();
    model.leap(8);
    assertThat(model.selectedProperty().get()).isEqualTo(4);
    model.leap(-8);
    assertThat(model.selectedProperty().get()).isZero();
  }

  @Test
  void whatIsClosedSaysWhyAndIsNotDone() {
    closed = "Someone else has claimed it";
    model.typedProperty().set("approve");
    arrive();
    assertThat(model.lines().getFirst().whyNot()).isEqualTo("Someone else has claimed it");
    assertThat(model.spoken(model.lines().getFirst())).contains("Approve", "In this room", closed);
    assertThat(model.choose()).isEmpty();
    assertThat(done).isEmpty();
  }

  @Test
  void whatHasClosedMeanwhileIsNotDoneEither() {
    assertThat(model.lines().getFirst().whyNot()).isEmpty();
    closed = "It is resolved";
    assertThat(model.choose()).isEmpty();
    assertThat(model.lines().getFirst().whyNot()).isEqualTo("It is resolved");
  }

  @Test
  void whatWasUsedLastComesFirst() {
    model.typedProperty().set("queue");
    choose();
    model.open(commands());
    model.typedProperty().set("bread");
    arrive();
    choose();
    model.open(commands());
    assertThat(titles()).startsWith("Bread at home", "Queue", "Approve");
    assertThat(model.lines().getFirst().recent()).isTrue();
  }

  @Test
  void whatWasJumpedToIsRememberedForItsDatabase() {
    var remembered = remembered();
    new Recent(remembered, "local").add("ARTICLE:" + bread, "Bread\tat\nhome");
    remembered.write();
    assertThat(new Recent(remembered(), "local").lines().getFirst().found())
        .contains(new Found(Kind.ARTICLE, bread, "Bread at home"));
    assertThat(new Recent(remembered(), "team").lines()).isEmpty();
    assertThat(new Recent.Line("NOVEL:" + bread, "x").found()).isEmpty();
    assertThat(new Recent.Line("ARTICLE:nonsense", "x").found()).isEmpty();
  }

  @Test
  void withoutADatabaseTheCommandsAreThereAllTheSame() {
    broken = true;
    model.typedProperty().set("queue");
    arrive();
    assertThat(titles()).containsExactly("Queue", "Look for “queue” in the queue");
    assertThat(model.statusProperty().get()).contains("the server closed the connection");
    choose();
    assertThat(done).containsExactly("Queue");
  }
}
