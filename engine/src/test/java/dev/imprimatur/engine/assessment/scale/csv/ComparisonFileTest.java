package dev.imprimatur.engine.assessment.scale.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.imprimatur.engine.assessment.scale.Comparisons;
import dev.imprimatur.engine.assessment.scale.csv.ComparisonFile.Format;
import dev.imprimatur.engine.assessment.scale.csv.ComparisonFile.Problem;
import dev.imprimatur.engine.assessment.scale.csv.ComparisonFile.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonFileTest {
  @Test
  void aListWithAndWithoutNames() throws IOException {
    for (String file :
        List.of(
            "winner,loser,judge,outcome\nA,B,j1,win\nC,A,j2,tie\n",
            "A,B,j1,win\nC,A,j2,tie",
            "A,B,j1\nC,A,j2,TIE\n",
            "\uFEFFWinner, Loser ,JUDGE,outcome\r\nA,B,j1,\r\n\r\nC,\"A\",j2,tie\r\n",
            "outcome,when,judge,loser,winner\nwin,1 May,j1,B,A\ntie,2 May,j2,A,C\n")) {
      Comparisons c = read(file).comparisons();
      assertThat(c.texts()).as(file).containsExactly("A", "B", "C");
      assertThat(c.judges()).containsExactly("j1", "j2");
      assertThat(c.size()).isEqualTo(2);
      assertThat(c.tie(0)).isFalse();
      assertThat(c.tie(1)).isTrue();
      assertThat(c.winner(1)).isEqualTo(2);
      assertThat(c.ordered(0)).isFalse();
    }
    assertThat(read("outcome,when,loser,winner\nwin,1 May,B,A\n").passedOver())
        .containsExactly("when");
  }

  @Test
  void namesMayHoldAnything() throws IOException {
    Comparisons c = read("\"a, \"\"b\"\"\",\"two\nlines\"\nÅsa 🦉,'x'\n").comparisons();
    assertThat(c.texts()).containsExactly("a, \"b\"", "two\nlines", "Åsa 🦉", "'x'");
  }

  @Test
  void whoWasShownFirst() throws IOException {
    Comparisons c = read("winner,loser,first\nA,B,A\nA,B,B\nA,B,\n").comparisons();
    assertThat(c.ordered(0) && c.winnerFirst(0)).isTrue();
    assertThat(c.ordered(1) && !c.winnerFirst(1)).isTrue();
    assertThat(c.ordered(2)).isFalse();
    assertThat(c.judges()).isEmpty();
    assertThat(read("A,B,,,B\n").comparisons().ordered(0)).isTrue();
  }

  @Test
  void theSamePairAgainCountsAgain() throws IOException {
    assertThat(read("A,B\nA,B\nA,B\nB,A\n").comparisons().size()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",A,B,C\nA,0,2,0\nB,1,0,3\nC,0,1,0\n",
        "team,A,B,C\nA,0,2,0\nB,1,0,3\nC,0,1,0\n",
        ",A,B,C\nA,,2,0\nB,1,,3\nC,0,1,\n",
        ",A,B,C\nA,-,2,0\nB,1,-,3\nC,0,1,-\n",
        "A,B,C\n0,2,0\n1,0,3\n0,1,0\n"
      })
  void aMatrix(String file) throws IOException {
    Reading.Read read = read(file);
    assertThat(read.format()).isEqualTo(Format.MATRIX);
    assertThat(read.comparisons().texts()).containsExactly("A", "B", "C");
    assertThat(read.comparisons().size()).isEqualTo(7);
  }

  @Test
  void aMatrixWithoutNames() throws IOException {
    Reading.Read read = read("0,2,0\n1,0,3\n0,1,0\n");
    assertThat(read.format()).isEqualTo(Format.MATRIX);
    assertThat(read.comparisons().texts()).containsExactly("1", "2", "3");
    assertThat(read("0,1\n1,0").format()).isEqualTo(Format.MATRIX);
  }

  @Test
  void numbersMayBeNames() throws IOException {
    assertThat(read("1,0\n0,4\n3,1\n0,2\n2,4\n4,3\n").format()).isEqualTo(Format.LIST);
    assertThat(read("0,1\n1,2\n2,0\n").format()).isEqualTo(Format.LIST);
    assertThat(read("1,2,7\n2,3,7\n3,1,8\n").format()).isEqualTo(Format.LIST);
    assertThat(read("0,1,2\n1,0,3\n", Format.LIST)).isInstanceOf(Reading.Read.class);
    assertThat(read("0,1\n1,0\n", Format.LIST))
        .isInstanceOfSatisfying(
            Reading.Read.class, r -> assertThat(r.comparisons().texts()).containsExactly("0", "1"));
  }

  @Test
  void everyBadLineIsNamed() throws IOException {
    assertThat(
            problems(
                """
                winner,loser,judge,outcome,first
                A,B,j,win,A
                ,B,j,win,
                A,,j,win,
                A
                A,A,j,win,
                A,B,j,0,
                A,B,j,win,C
                A,B,j,win,A,more
                """))
        .containsExactly(
            new Problem(3, "the winner is empty"),
            new Problem(4, "the loser is empty"),
            new Problem(
                5,
                "there is a winner and no loser: fields stand between commas, semicolons or tabs"),
            new Problem(6, "'A' is compared with itself"),
            new Problem(7, "the outcome '0' is neither 'win' nor 'tie'"),
            new Problem(8, "'C' is said to be shown first, but it is neither 'A' nor 'B'"),
            new Problem(9, "there are 6 fields, and at most 5 have a meaning"));
  }

  @Test
  void notAllOfManyBadLinesAreKept() throws IOException {
    Reading reading = read("A,A\n".repeat(500), Format.AUTO);
    assertThat(reading).isInstanceOf(Reading.Malformed.class);
    assertThat(((Reading.Malformed) reading).problems()).hasSize(20);
    assertThat(((Reading.Malformed) reading).total()).isEqualTo(500);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        arguments("", 0, "the file is empty"),
        arguments("\n\n", 0, "the file is empty"),
        arguments("winner,loser\n", 0, "there is no comparison"),
        arguments("winner,loser,winner\nA,B,C", 1, "two columns winner"),
        arguments(",A,B\nA,0,1\n", 0, "square: there are 2 columns and 1 line"),
        arguments(",A,B\nA,0,1\nB,1,0\nC,1,1", 4, "more lines"),
        arguments(",A,B\nA,0,1,2\nB,1,0", 2, "3 numbers in this line and 2 columns"),
        arguments(",A,B\nA,0,-1\nB,1,0", 2, "'-1', the wins of 'A' over 'B'"),
        arguments(",A,B\nA,0,1.5\nB,1,0", 2, "no whole number"),
        arguments(",A,B\nA,0,\nB,1,0", 2, "no whole number"),
        arguments(",A,B\nA,2,1\nB,1,0", 2, "can't win against itself"),
        arguments(",A,A\nA,0,1\nA,1,0", 1, "two columns are called 'A'"),
        arguments(",A,\nA,0,1\nB,1,0", 1, "the name of column 3 is empty"),
        arguments(",A,B\nB,0,1\nA,1,0", 2, "'A's turn"),
        arguments(",A,B\nA,0,99999999\nB,1,0", 2, "more than 10000000"),
        arguments(",A,B\nA,0,99999999999999999999\nB,1,0", 2, "more than 10000000"),
        arguments("0,1,2\n1,0,3\n", 0, "square"),
        arguments("1,2,3,4,5,6\n", 1, "itself"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void oneThingWrong(String file, long line, String what) throws IOException {
    assertThat(problems(file))
        .anySatisfy(p -> {
          assertThat(p.line()).isEqualTo(line);
          assertThat(p.what()).contains(what);
        });
  }

  @Test
  void otherEncodingsAreToldByLine() throws IOException {
    assertThat(bytes("A,B\nÅ,B\n", StandardCharsets.ISO_8859_1))
        .containsExactly(new Problem(2, "this is not UTF-8 text; save the file as UTF-8"));
    assertThat(bytes("A,B\n", StandardCharsets.UTF_16))
        .containsExactly(new Problem(1, "this is UTF-16 text; save it as UTF-8"));
    assertThat(bytes("A,B\n", StandardCharsets.UTF_16LE)).hasSize(1);
    byte[] cut = "A,B\nA,Å".getBytes(StandardCharsets.UTF_8);
    assertThat(problems(java.util.Arrays.copyOf(cut, cut.length - 1)))
        .containsExactly(new Problem(2, "this is not UTF-8 text; save the file as UTF-8"));
    // An overlong slash, half of a surrogate pair, and beyond the last character.
    for (int[] wrong :
        new int[][] {{0xc0, 0xaf}, {0xed, 0xa0, 0x80}, {0xf4, 0x90, 0x80, 0x80}, {0x80}}) {
      byte[] file = new byte[wrong.length];
      for (int i = 0; i < wrong.length; i++) {
        file[i] = (byte) wrong[i];
      }
      assertThat(problems(file)).hasSize(1);
    }
  }

  @Test
  void quotesThatDoNotMatch() throws IOException {
    assertThat(problems("A,\"B\nA,C\nA,D\n")).hasSize(1);
    assertThat(problems("A,\"B\"x\n")).hasSize(1);
    assertThat(problems("A,\"" + "b".repeat(3_000_000) + "\"\n")).hasSize(1);
  }

  @Test
  void whoeverWatchesMayStop() throws IOException {
    var in = new ByteArrayInputStream("A,B\n".repeat(50_000).getBytes(StandardCharsets.UTF_8));
    assertThat(ComparisonFile.read(in, Format.AUTO, lines -> lines < 30_000))
        .isEqualTo(new Reading.Stopped());
  }

  private static Reading.Read read(String file) throws IOException {
    Reading reading = read(file, Format.AUTO);
    assertThat(reading).as(file).isInstanceOf(Reading.Read.class);
    return (Reading.Read) reading;
  }

  private static Reading read(String file, Format format) throws IOException {
    var in = new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
    return ComparisonFile.read(in, format, lines -> true);
  }

  private static List<Problem> problems(String file) throws IOException {
    return problems(file.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Problem> bytes(String file, Charset charset) throws IOException {
    return problems(file.getBytes(charset));
  }

  private static List<Problem> problems(byte[] file) throws IOException {
    Reading reading =
        ComparisonFile.read(new ByteArrayInputStream(file), Format.AUTO, lines -> true);
    assertThat(reading).isInstanceOf(Reading.Malformed.class);
    return ((Reading.Malformed) reading).problems();
  }
}
