package dev.imprimatur.engine.assessment.scale.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.imprimatur.engine.assessment.scale.Comparisons;
import dev.imprimatur.engine.assessment.scale.csv.ComparisonFile.Format;
import dev.imprimatur.engine.assessment.scale.csv.ComparisonFile.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files as other programs and people write them: read rightly, or refused, never read wrongly.
class StrangersFileTest {
  // Each says: A beat B, C beat A, B and C tied.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "winner;loser;outcome\nA;B;win\nC;A;win\nB;C;tie\n",
        "winner\tloser\toutcome\nA\tB\twin\nC\tA\twin\nB\tC\tdraw\n",
        "Better,Worse,Tied\nA,B,0\nC,A,FALSE\nB,C,1\n",
        "\"\",\"winner\",\"loser\",\"outcome\"\n\"1\",\"A\",\"B\",\"1\"\n\"2\",\"C\",\"A\",\"1\"\n\"3\",\"B\",\"C\",\"0.5\"\n",
        "\"winner\",\"loser\",\"outcome\"\n\"1\",\"A\",\"B\",\"win\"\n\"2\",\"C\",\"A\",\"win\"\n\"3\",\"B\",\"C\",\"tie\"\n",
        "winner,loser,count,tie\nA,B,1,no\nC,A,1,no\nB,C,1,yes\nA,C,0,no\n",
        "first,second,outcome\nA,B,first\nA,C,second\nB,C,tie\n",
        "first,second,winner\nA,B,A\nA,C,C\nB,C,tie\n",
        "home,away,result\nA,B,H\nA,C,A\nB,C,D\n",
        "item1,item2,result\nA,B,1\nA,C,0\nB,C,0.5\n",
        "item1;item2;result\nA;B;1,0\nA;C;0,0\nB;C;0,5\n",
        "Team A,Team B,Result\nA,B,1\nA,C,-1\nB,C,0\n",
        "player1,player2,y\nA,B,win\nA,C,loss\nB,C,draw\n",
        "text_a,text_b,choice\nA,B,a\nA,C,b\nB,C,=\n",
        "i,j,choice\nA,B,1\nA,C,2\nB,C,tie\n",
        "home.team,away.team,home.wins,away.wins,ties\nA,B,1,0,0\nA,C,0,1,0\nB,C,0,0,1\n",
        "player1,player2,win1,win2,tied\nA,B,1,0,0\nA,C,0,1,0\nB,C,0,0,1\n",
        "player1,player2,won,lost,drawn\nA,B,1,0,0\nA,C,0,1,0\nB,C,0,0,1\n",
        "item1,item2,wins1,wins2,ties\nA,B,1.0,0.0,0.0\nA,C,0,1.00,0\nB,C,0,0,1\n",
        "item1,item2,winner,tied\nA,B,A,0\nA,C,C,0\nB,C,,1\n",
        "item1,item2,result,draw\nA,B,1,no\nA,C,0,no\nB,C,1,yes\n",
        "number,winner,loser,outcome\n1,A,B,win\n2,C,A,win\n3,B,C,tie\n",
        "white,black,first,second,choice\nx,y,A,B,T\nx,y,A,C,F\nx,y,B,C,tie\n",
        "visitor,v_goals,opponent,o_goals,result\nA,4,B,2,1\nA,1,C,3,0\nB,2,C,2,0.5\n",
        "visitor,opponent,win,loss,tie,win.adj\nA,B,1,0,0,1\nA,C,0,1,0,0\nB,C,0,0,1,0.5\n"
      })
  void readRightly(String file) throws IOException {
    assertThat(decisions(read(file))).containsExactlyInAnyOrder("A > B", "C > A", "B = C");
  }

  private static List<String> decisions(Reading.Read read) {
    Comparisons c = read.comparisons();
    List<String> all = new ArrayList<>();
    for (int k = 0; k < c.size(); k++) {
      String winner = c.texts().get(c.winner(k));
      String loser = c.texts().get(c.loser(k));
      all.add(
          !c.tie(k)
              ? winner + " > " + loser
              : winner.compareTo(loser) < 0 ? winner + " = " + loser : loser + " = " + winner);
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"A\",\"B\",\"C\"\n\"A\",NA,2,0\n\"B\",1,NA,3\n\"C\",0,1,NA\n",
        ";A;B;C\nA;0;2;0\nB;1;0;3\nC;0;1;0\n",
        "\tA\tB\tC\nA\t.\t2\t0\nB\t1\t.\t3\nC\t0\t1\t.\n",
        "x,A,B,C\nA,–,2.0,0\nB,1,–,3\nC,0,1,–\n"
      })
  void matrices(String file) throws IOException {
    Reading.Read read = read(file);
    assertThat(read.format()).isEqualTo(Format.MATRIX);
    assertThat(decisions(read))
        .containsExactlyInAnyOrder("A > B", "A > B", "B > A", "B > C", "B > C", "B > C", "C > B");
  }

  @Test
  void theFirstOfAPairIsTheFirstShown() throws IOException {
    Comparisons c = read("home,away,home.wins,away.wins\nA,B,1,1\n").comparisons();
    assertThat(c.winnerFirst(0)).isTrue();
    assertThat(c.ordered(1)).isTrue();
    assertThat(c.winnerFirst(1)).isFalse();
  }

  @Test
  void howItWasReadIsTold() throws IOException {
    Reading.Read read = read("student,school1,school2,win1,win2,x\ns1,A,B,2,1,9\n");
    assertThat(read.remarks())
        .containsExactly(
            "read as pairs: school1 shown first, school2 second, how often each won in win1 and win2, who judged in student");
    assertThat(read.passedOver()).containsExactly("x");
    assertThat(read.comparisons().judges()).containsExactly("s1");
    assertThat(read("winner,loser,n\nA,B,3\n").remarks())
        .containsExactly("n says how often each line counts");
    assertThat(read("subject,winner,loser\ns1,A,B\n").remarks())
        .containsExactly("subject says who judged");
    assertThat(read("judge,winner,loser\nj1,A,B\n").remarks()).isEmpty();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments("better team,worse team\nA,B\nB,C\nC,A\n", 1, "call them winner and loser"),
        // Springall's samples are published so, and it is the column that won.
        arguments("row,col,win,loss,tie\nA,B,2,1,0\nB,C,1,1,1\n", 1, "names of columns"),
        arguments("x,y,goals x,goals y\nA,B,2,1\nB,C,1,1\nC,A,0,3\n", 1, "names of columns"),
        arguments(
            "date,guest,g,host,h,league,points,ice\n1,A,4,B,2,X,1,TRUE\n2,B,1,C,3,X,0,TRUE\n3,C,1,A,0,X,1,TRUE\n",
            1,
            "names of columns"),
        arguments("A,B,win\nB,C,tie\nC,A,win\n", 1, "third column"),
        arguments("A,B,1\nB,C,0\nC,A,1\n", 1, "third column"),
        arguments("A,B,A\nB,C,C\nC,A,A\n", 1, "third column"),
        arguments("first,second,outcome\nA,B,0\nB,C,1\nC,A,2\n", 0, "does not say plainly"),
        arguments("i,j,outcome\n1,2,1\n2,1,1\n1,2,2\n", 0, "names texts, or says which"),
        arguments("first,second,winner\nA,B,A\nB,C,D\n", 3, "neither 'B' nor 'C' nor 'tie'"),
        arguments("first,second,outcome\nA,B,1\nB,C,NA\n", 3, "Leave the line out"),
        arguments("item1,item2,wins1,wins2\nA,B,NA,NA\n", 2, "Leave the line out"),
        arguments("item1,item2,wins1,wins2\nA,B,3.5,2.5\n", 2, "Count ties in a column"),
        arguments("winner,loser,count\nA,B,-1\n", 2, "no whole number"),
        arguments("item1;item2;wins1;wins2\nA;B;1.000;2.000\n", 2, "thousands"),
        arguments("winner\tloser\tcount\nA\tB\t12,000\n", 2, "thousands"),
        arguments(";A;B\nA;0;1.000\nB;2.000;0\n", 2, "thousands"),
        arguments("first,second,outcome\nA,B,T\nB,C,T\n", 0, "does not say plainly"),
        arguments("item1,item2,winner,tied\nA,B,A,perhaps\n", 2, "neither yes nor no"),
        arguments(
            "n,winner,loser\n1,A,B\n2,B,C\n3,C,A\n4,A,C\n5,A,B\n6,B,A\n7,C,B\n8,B,C\n",
            1,
            "numbers the lines"),
        arguments(
            "n,first,second,winner\n1,A,B,A\n2,B,C,B\n3,C,A,C\n4,A,C,A\n5,A,B,A\n6,B,A,B\n7,C,B,C\n8,B,C,B\n",
            1,
            "numbers the lines"),
        arguments("winner loser\nA B\n", 1, "commas, semicolons or tabs"),
        arguments(",A,B\nA,0,2.5\nB,1.5,0\n", 2, "Ties do not go into a matrix"),
        arguments(",A,B\nA,7,2\nB,1,9\n", 2, "Write 0 or nothing there"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(String file, long line, String what) throws IOException {
    assertThat(reading(file))
        .isInstanceOfSatisfying(
            Reading.Malformed.class,
            m -> {
              assertThat(m.problems().getFirst().line()).isEqualTo(line);
              assertThat(m.problems().getFirst().what()).contains(what);
            });
  }

  private static Reading reading(String file) throws IOException {
    var in = new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
    return ComparisonFile.read(in, Format.AUTO, lines -> true);
  }

  private static Reading.Read read(String file) throws IOException {
    Reading reading = reading(file);
    assertThat(reading).as(file).isInstanceOf(Reading.Read.class);
    return (Reading.Read) reading;
  }
}
