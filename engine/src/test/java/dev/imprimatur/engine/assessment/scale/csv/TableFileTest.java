package dev.imprimatur.engine.assessment.scale.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.engine.assessment.scale.Comparison;
import dev.imprimatur.engine.assessment.scale.Comparisons;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFileTest {
  @TempDir Path folder;

  @Test
  void comparisonsAreReadBackAsTheyWere() throws IOException {
    Comparisons written =
        Comparisons.of(
            List.of(
                Comparison.win("a, \"quoted\"", "b\nin two lines")
                    .by("ann")
                    .shownFirst("b\nin two lines"),
                Comparison.tie("c", "b\nin two lines").by("ben").shownFirst("c"),
                Comparison.win("c", "=1+1")));
    Path file = folder.resolve("answers.csv");
    assertThat(TableFile.comparisons(file, written)).isEqualTo(3);
    Comparisons read;
    try (InputStream in = Files.newInputStream(file)) {
      var reading = ComparisonFile.read(in, ComparisonFile.Format.AUTO, lines -> true);
      read = ((ComparisonFile.Reading.Read) reading).comparisons();
    }
    assertThat(read.size()).isEqualTo(3);
    assertThat(read.judges()).containsExactly("ann", "ben");
    for (int k = 0; k < 3; k++) {
      assertThat(read.texts().get(read.winner(k)))
          .isEqualTo(written.texts().get(written.winner(k)));
      assertThat(read.texts().get(read.loser(k))).isEqualTo(written.texts().get(written.loser(k)));
      assertThat(read.tie(k)).isEqualTo(written.tie(k));
      assertThat(read.ordered(k)).isEqualTo(written.ordered(k));
      assertThat(read.winnerFirst(k)).isEqualTo(written.winnerFirst(k));
    }
  }

  @Test
  void whatCantBeWrittenLeavesWhatWasThere() throws IOException {
    Path file = Files.writeString(folder.resolve("there.csv"), "kept");
    assertThatThrownBy(() ->
            TableFile.write(
                file,
                List.of("a"),
                sink -> {
                  sink.accept(List.of("1"));
                  throw new IllegalStateException("in the middle");
                }))
        .hasMessage("in the middle");
    assertThat(file).hasContent("kept");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
    assertThat(TableFile.write(file, List.of("a"), sink -> sink.accept(List.of("1")))).isOne();
    assertThat(file).hasContent("a\n1");
  }
}
