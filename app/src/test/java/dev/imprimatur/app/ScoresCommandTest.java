package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.imprimatur.app.cli.Cli;
import dev.imprimatur.app.wiring.Interrupts;
import dev.imprimatur.app.wiring.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `scores fit`, as a user runs it.
class ScoresCommandTest {
  private static final String BASEBALL =
      """
      ,Baltimore,Boston,Cleveland,Detroit,Milwaukee,New York,Toronto
      Baltimore,0,1,7,4,2,3,1
      Boston,12,0,7,2,6,7,6
      Cleveland,6,6,0,4,4,6,5
      Detroit,9,11,9,0,6,5,7
      Milwaukee,11,7,9,7,0,7,9
      New York,10,6,7,8,6,0,6
      Toronto,12,7,8,6,4,7,0
      """;

  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder);
  }

  @Test
  void aMatrixAsJson() throws IOException {
    JsonNode json = terminal.json("scores", "fit", file(BASEBALL), "--reference", "Baltimore");
    assertThat(json.propertyNames())
        .containsExactly(
            "texts",
            "judges",
            "log_likelihood",
            "deviance",
            "ssr",
            "separation",
            "by_pair",
            "iterations",
            "constraint");
    assertThat(json.get("texts").get(0).propertyNames())
        .containsExactly("name", "score", "se", "infit", "outfit", "wins", "losses", "ties");
    assertThat(json.at("/texts/4/name").asString()).isEqualTo("Milwaukee");
    assertThat(json.at("/texts/4/score").asDouble()).isCloseTo(1.581356, within(1e-6));
    assertThat(json.at("/texts/4/se").asDouble()).isCloseTo(0.3433, within(1e-4));
    assertThat(json.get("ssr").asDouble()).isCloseTo(0.8535, within(1e-4));
    assertThat(json.get("constraint").asString()).isEqualTo("reference Baltimore");
    assertThat(json.get("judges").size()).isZero();
    // No database was made for it.
    assertThat(folder.resolve("imprimatur")).doesNotExist();
  }

  @Test
  void countsByPairWithOrderEffectAndTies() throws IOException {
    String pairs =
        file(
            """
            home.team;away.team;home.wins;away.wins;ties;venue
            A;B;5;2;1;x
            B;A;4;4;1;x
            B;C;6;1;2;x
            C;A;3;5;1;y
            """);
    var done =
        terminal.run("scores", "fit", pairs, "--order-effect", "--ties", "davidson", "--json");
    JsonNode json = done.exits(0).json();
    assertThat(json.at("/order_effect/value").isNumber()).isTrue();
    assertThat(json.at("/order_effect/se").asDouble()).isPositive();
    assertThat(json.at("/log_nu/se").asDouble()).isPositive();
    assertThat(json.at("/texts/0/ties").asInt()).isEqualTo(3);
    assertThat(json.at("/by_pair/df").isNumber()).isTrue();
    assertThat(done.err())
        .contains("home.team shown first, away.team second")
        .contains("columns not looked at: venue");
  }

  @Test
  void aListAsATable() throws IOException {
    String file =
        file(
            """
            winner,loser,judge,outcome,first
            A,B,x,win,A
            B,A,y,win,A
            B,C,x,,B
            C,B,y,win,B
            C,A,x,win,C
            A,C,y,tie,C
            """);
    Terminal.Result plain = terminal.run("scores", "fit", file).exits(0);
    assertThat(plain.out())
        .contains("text", "infit", "ties", "judge", "log likelihood", "SSR", "sum to zero");
    assertThat(plain.err()).isEmpty();
    Terminal.Result all =
        terminal.run("scores", "fit", file, "--order-effect", "--ties", "davidson").exits(0);
    assertThat(all.out()).contains("order effect", "log ν of ties");
    JsonNode json = terminal.json("scores", "fit", file, "--ridge", "0.5", "--sum-zero");
    assertThat(json.get("constraint").asString()).isEqualTo("sum to zero, ridge 0.5");
    assertThat(json.at("/judges/0/name").asString()).isEqualTo("x");
    assertThat(json.at("/judges/0/comparisons").asInt()).isEqualTo(3);
  }

  @Test
  void figuresThereAreNotAreNull() throws IOException {
    JsonNode json = terminal.json("scores", "fit", file("a,b\nb,c\nc,a\n"));
    assertThat(json.get("ssr").isNull()).isTrue();
    assertThat(json.get("separation").isNull()).isTrue();
    assertThat(json.at("/texts/0/score").asDouble()).isCloseTo(0, within(1e-12));
  }

  @Test
  void whatHasNoScoresIsRefusedByName() throws IOException {
    String chain = file("3,2\n2,1\n1,0\n");
    terminal.run("scores", "fit", chain).exits(1).says("'3' won everything", "--ridge");
    JsonNode refused = terminal.run("scores", "fit", chain, "--json").exits(1).json();
    assertThat(refused.get("outcome").asString()).isEqualTo("error");
    assertThat(refused.get("code").asString()).isEqualTo("separated");
    terminal.run("scores", "fit", chain, "--ridge", "1").exits(0);

    String apart = file("A,B\nB,A\nC,D\nD,C\n");
    terminal.run("scores", "fit", apart).exits(1).says("2 groups", "{'A', 'B'}", "--ridge");
    String one = file(",A\nA,0\n");
    terminal.run("scores", "fit", one).exits(2).says("only 'A'");
    String unknown = file(BASEBALL);
    terminal
        .run("scores", "fit", unknown, "--reference", "Chicago")
        .exits(2)
        .says("'Chicago'", "'Baltimore'");
    terminal
        .run("scores", "fit", unknown, "--order-effect")
        .exits(2)
        .says("which text was shown first", "column first");
  }

  @Test
  void badLinesAreAllNamed() throws IOException {
    String file = file("winner,loser,judge,outcome\nA,A,,\nA,B,,maybe\nA,B\n");
    Terminal.Result result = terminal.run("scores", "fit", file).exits(2);
    assertThat(result.lines())
        .containsExactly(
            "comparisons.csv: line 2: 'A' is compared with itself",
            "comparisons.csv: line 3: the outcome 'maybe' is neither 'win' nor 'tie'",
            "imprimatur: comparisons.csv is not read: 2 things are wrong with it");
    JsonNode json = terminal.run("scores", "fit", file, "--json").exits(2).json();
    assertThat(json.get("code").asString()).isEqualTo("malformed");
    assertThat(json.at("/problems/1/line").asInt()).isEqualTo(3);
    terminal.run("scores", "fit", file("")).exits(2).says("comparisons.csv: the file is empty");
    terminal.run("scores", "fit", file("A,B\n\"A,B\n")).exits(2).says("comparisons.csv");
  }

  @Test
  void badUsage() throws IOException {
    String file = file(BASEBALL);
    terminal.run("scores", "fit").exits(2).says("FILE.csv");
    terminal
        .run("scores", "fit", folder.resolve("none.csv").toString())
        .exits(2)
        .says("there is no file");
    terminal.run("scores", "fit", folder.toString()).exits(2).says("is a folder");
    terminal.run("scores", "fit", file, "--ties", "none").exits(2).says("half, davidson");
    terminal.run("scores", "fit", file, "--ridge", "-1").exits(2).says("--ridge '-1'");
    terminal.run("scores", "fit", file, "--ridge", "NaN").exits(2).says("--ridge 'NaN'");
    terminal.run("scores", "fit", file, "--ridge", "much").exits(2).says("--ridge 'much'");
    terminal.run("scores", "fit", file, "--format", "pdf").exits(2).says("auto, list, matrix");
    terminal
        .run("scores", "fit", file, "--reference", "Boston", "--sum-zero")
        .exits(2)
        .says("exclude each other");
  }

  @Test
  void columnsWithoutAMeaningAreTold() throws IOException {
    Terminal.Result result =
        terminal.run("scores", "fit", file("when,winner,loser\n1,A,B\n2,B,A\n"), "--json").exits(0);
    assertThat(result.err()).isEqualTo("imprimatur: columns not looked at: when\n");
    assertThat(result.json().get("texts").size()).isEqualTo(2);
  }

  @Test
  void ctrlCStops() throws IOException {
    var interrupts = new Interrupts();
    interrupts.request();
    var err = new ByteArrayOutputStream();
    var around =
        new Surroundings(
            Map.of("IMPRIMATUR_HOME", folder.resolve("imprimatur").toString()),
            folder,
            "editor",
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            80,
            true);
    int status = new Cli(around, interrupts).run("scores", "fit", file(BASEBALL));
    assertThat(status).isEqualTo(130);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("interrupted");
  }

  private String file(String content) throws IOException {
    return Files.writeString(folder.resolve("comparisons.csv"), content).toString();
  }
}
