package dev.imprimatur.engine.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HunksTest {
  private static final String BASE = "one\n\ntwo\n\nthree\n\nfour\n";
  private static final String SUGGESTED = "ONE\n\ntwo\nand a half\n\nthree\n\n";
  private final Hunks hunks = Hunks.between("Title", BASE, "Better title", SUGGESTED);

  @Test
  void eachDifferenceIsAHunkAndTheTitleIsTheFirstLine() {
    assertThat(hunks.all()).extracting(Hunks.Hunk::line).containsExactly(1, 5, 8);
    assertThat(hunks.all().getFirst().before()).containsExactly("Title", "one");
    assertThat(hunks.all().get(1).after()).containsExactly("and a half");
  }

  @Test
  void allHunksMakeTheSuggestionAndNoneTheBase() {
    assertThat(hunks.apply(List.of(1, 2, 3))).isEqualTo(new Hunks.Text("Better title", SUGGESTED));
    assertThat(hunks.apply(List.of())).isEqualTo(new Hunks.Text("Title", BASE));
  }

  @Test
  void someHunksMakeExactlyTheAcceptedText() {
    assertThat(hunks.apply(List.of(2)))
        .isEqualTo(new Hunks.Text("Title", "one\n\ntwo\nand a half\n\nthree\n\nfour\n"));
  }

  @Test
  void anUnknownNumberIsRefused() {
    assertThatThrownBy(() -> hunks.apply(List.of(4)))
        .hasMessage("there is no hunk 4; the suggestion has 3");
  }

  @Test
  void hunksFindTheirPlaceInATextThatHasMovedOn() {
    Hunks one = Hunks.between("T", "a\n\nb\n\nc\n", "T", "a\n\nB\n\nc\n");
    assertThat(one.applyTo("T", "new\n\na\n\nb\n\nc\n", List.of(1)))
        .hasValue(new Hunks.Text("T", "new\n\na\n\nB\n\nc\n"));
    assertThat(one.applyTo("T", "a\n\nsomething else\n\nc\n", List.of(1))).isEmpty();
  }

  @Test
  void everySubsetOfHunksOfRandomTextsKeepsTheLinesItDoesNotTouch() {
    Random random = new Random(42);
    for (int round = 0; round < 300; round++) {
      List<String> base = lines(random, 12);
      List<String> other = new ArrayList<>(base);
      for (int i = 0; i < 4; i++) {
        other.set(random.nextInt(other.size()), "changed " + random.nextInt(100));
      }
      Hunks any = Hunks.between("T", String.join("\n", base), "T", String.join("\n", other));
      List<Integer> all = any.all().stream().map(Hunks.Hunk::number).toList();
      assertThat(any.apply(all).body()).isEqualTo(String.join("\n", other));
      for (Hunks.Hunk hunk : any.all()) {
        List<String> expected = new ArrayList<>(base);
        int from = hunk.line() - 2;
        expected.subList(from, from + hunk.before().size()).clear();
        expected.addAll(from, hunk.after());
        assertThat(any.apply(List.of(hunk.number())).body()).isEqualTo(String.join("\n", expected));
      }
    }
  }

  private static List<String> lines(Random random, int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(random.nextInt(3) == 0 ? "" : "line " + random.nextInt(6));
    }
    return lines;
  }
}
