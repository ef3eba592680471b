package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Tours from the command line, on the user's own local database.
class TourCommandsTest {
  private static final String TWO =
      """
      {"tours":[
        {"identifier":"Night round","site":"North Gate","type":"SCHEDULE","expires_at":"2999-01-01T06:00:00+01:00",
         "checkpoints":[{"name":"Main door","mandatory":true},{"name":"Yard","mandatory":false}]},
        {"identifier":"Leak","site":"Plant 2","type":"ADHOC","checkpoints":[{"name":"Pump"}]}]}
      """;

  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void groupAndCommandsHaveTheirOwnHelp() {
    assertThat(terminal.run("tour", "--help").exits(0).out())
        .contains("import", "list", "show", "checkpoint", "transition", "audit");
    assertThat(terminal.run("tour", "transition", "--help").exits(0).out())
        .contains("--scan", "--revision");
  }

  @Test
  void aTourGoesFromTheFileToItsEnd() throws IOException {
    String file = file("tours.json", TWO);
    JsonNode dry = terminal.json("tour", "import", file, "--dry-run");
    assertThat(dry.path("tours").findValuesAsString("outcome")).containsExactly("new", "new");
    assertThat(terminal.json("tour", "list").path("tours").size()).isZero();
    JsonNode made = terminal.json("tour", "import", file);
    assertThat(made.path("made").asInt()).isEqualTo(2);
    assertThat(terminal.json("tour", "import", file).path("unchanged").asInt()).isEqualTo(2);
    JsonNode again = terminal.json("tour", "import", file, "--dry-run");
    assertThat(again.path("tours").findValuesAsString("outcome"))
        .containsExactly("unchanged", "unchanged");
    assertThat(again.at("/tours/0/status").asString()).isEqualTo("ASSIGNED");
    assertThat(terminal.run("tour", "import", file, "--dry-run").exits(0).out())
        .contains("is the same, ASSIGNED");
    JsonNode listed = terminal.json("tour", "list", "--search", "night");
    assertThat(listed.path("total").asInt()).isEqualTo(1);
    String id = listed.at("/tours/0/id").asString();
    assertThat(listed.at("/tours/0/expires_at").asString()).isEqualTo("2999-01-01T05:00:00Z");
    assertThat(terminal.run("tour", "list").exits(0).out()).contains("Night round", "0/2", "never");

    terminal
        .run("tour", "transition", id, "INPROGRESS")
        .exits(1)
        .says("invalid_transition", "ASSIGNED", "INPROGRESS", "scanned", "--scan CODE");
    JsonNode begun =
        terminal.json("tour", "transition", id.substring(0, 8), "inprogress", "--scan", "A-17");
    assertThat(begun.at("/tour/status").asString()).isEqualTo("INPROGRESS");
    assertThat(begun.at("/tour/scan").asString()).isEqualTo("A-17");

    JsonNode refused =
        terminal.run("tour", "transition", id, "COMPLETED", "--json").exits(1).json();
    assertThat(refused.path("code").asString()).isEqualTo("invalid_transition");
    assertThat(refused.at("/facts/guard").asString()).isEqualTo("MANDATORY_DONE");
    assertThat(refused.at("/facts/mandatory_open").asInt()).isEqualTo(1);

    JsonNode shown = terminal.json("tour", "show", id);
    String door = shown.at("/checkpoints/0/id").asString();
    assertThat(shown.path("transitions").size()).isEqualTo(6);
    JsonNode marked =
        terminal.json("tour", "checkpoint", door, "--status", "completed", "--reading", "21 °C");
    assertThat(marked.at("/tour/progress/done").asInt()).isEqualTo(1);
    assertThat(marked.at("/tour/modified_at")).isEqualTo(marked.at("/checkpoints/0/modified_at"));

    terminal.json("tour", "checkpoint", door, "--remark", "lamp is out", "--revision", "1");
    JsonNode conflict =
        terminal
            .run("tour", "checkpoint", door, "--remark", "all well", "--revision", "1", "--json")
            .exits(1)
            .json();
    assertThat(conflict.path("outcome").asString()).isEqualTo("conflict");
    assertThat(conflict.at("/conflicts/0/mine").asString()).isEqualTo("all well");
    assertThat(conflict.at("/conflicts/0/theirs").asString()).isEqualTo("lamp is out");

    terminal.json("tour", "transition", id, "COMPLETED");
    terminal
        .run("tour", "checkpoint", door, "--remark", "late")
        .exits(1)
        .says("tour_ended", "COMPLETED");
    JsonNode audit = terminal.json("tour", "audit", id).path("entries");
    assertThat(audit.findValuesAsString("action"))
        .containsExactly(
            "tour.moved", "checkpoint.updated", "checkpoint.updated", "tour.moved", "tour.created");
    assertThat(audit.at("/0/old_status").asString()).isEqualTo("INPROGRESS");
    assertThat(audit.at("/0/new_status").asString()).isEqualTo("COMPLETED");
    assertThat(audit.at("/0/lock_wait_ms").isNumber()).isTrue();
    assertThat(terminal.run("tour", "show", id).exits(0).out())
        .contains("Main door", "lamp is out", "COMPLETED", "why not");
    assertThat(terminal.run("tour", "audit", id).exits(0).out()).contains("tour.moved");
    terminal.json("audit", "verify");
  }

  @Test
  void severalCheckpointsAreChangedAllOrNone() throws IOException {
    terminal.json("tour", "import", file("tours.json", TWO));
    String id = terminal.json("tour", "list", "--search", "night").at("/tours/0/id").asString();
    List<String> points =
        terminal.json("tour", "show", id).path("checkpoints").findValuesAsString("id");
    String pump =
        terminal
            .json(
                "tour",
                "show",
                terminal.json("tour", "list", "--search", "leak").at("/tours/0/id").asString())
            .at("/checkpoints/0/id")
            .asString();
    terminal
        .run("tour", "checkpoint", points.get(0), pump, "--status", "COMPLETED")
        .exits(1)
        .says("not_in_tour", pump);
    JsonNode dry =
        terminal.json(
            "tour",
            "checkpoint",
            points.get(0),
            points.get(1),
            "--status",
            "COMPLETED",
            "--dry-run");
    assertThat(dry.path("checkpoints").size()).isEqualTo(2);
    assertThat(terminal.json("tour", "show", id).at("/tour/progress/done").asInt()).isZero();
    assertThat(
            terminal
                .json("tour", "checkpoint", points.get(0), points.get(1), "--status", "COMPLETED")
                .at("/tour/progress/done")
                .asInt())
        .isEqualTo(2);
  }

  @Test
  void aDryRunOfChangesSaysWhatWouldBeInTheWayAndWritesNothing() throws IOException {
    terminal.json("tour", "import", file("tours.json", TWO));
    String id = terminal.json("tour", "list", "--search", "leak").at("/tours/0/id").asString();
    String pump = terminal.json("tour", "show", id).at("/checkpoints/0/id").asString();
    terminal.json("tour", "checkpoint", pump, "--status", "COMPLETED", "--remark", "theirs");
    terminal
        .run("tour", "checkpoint", pump, "--status", "ASSIGNED", "--dry-run")
        .exits(1)
        .says("invalid_transition", "COMPLETED", "ASSIGNED");
    terminal
        .run("tour", "checkpoint", pump, "--remark", "mine", "--revision", "1", "--dry-run")
        .exits(1)
        .says("theirs", "mine");
    terminal
        .run("tour", "checkpoint", pump, "--reading", "x".repeat(201), "--dry-run")
        .exits(1)
        .says("bad_value");
    assertThat(
            terminal
                .run("tour", "checkpoint", pump, "--remark", "theirs", "--dry-run")
                .exits(0)
                .out())
        .contains("nothing would be changed");
    terminal.json("tour", "transition", id, "INPROGRESS", "--scan", "A-1");
    terminal
        .run("tour", "transition", id, "INPROGRESS", "--scan", "A-2", "--revision", "1")
        .exits(1)
        .says("scan is to be 'A-2'", "made it 'A-1'", "STANDBY");
    terminal.json("tour", "transition", id, "COMPLETED");
    terminal
        .run("tour", "checkpoint", pump, "--remark", "late", "--dry-run")
        .exits(1)
        .says("tour_ended");
    assertThat(terminal.json("tour", "show", id).at("/checkpoints/0/revision").asInt())
        .isEqualTo(2);
  }

  @Test
  void aDryRunOfAnImportSeesWhatTheFileSaysTwice() throws IOException {
    String one =
        """
        {"identifier":"Leak","site":"Plant 2","type":"ADHOC","checkpoints":[{"name":"Pump"}]}\
        """;
    String file = file("twice.json", "{\"tours\":[" + one + "," + one + "]}");
    JsonNode dry = terminal.json("tour", "import", file, "--dry-run");
    assertThat(dry.path("tours").findValuesAsString("outcome")).containsExactly("new", "unchanged");
    assertThat(dry.at("/tours/1/repeats").asInt(-1)).isZero();
    JsonNode made = terminal.json("tour", "import", file);
    assertThat(made.path("tours").findValuesAsString("outcome"))
        .containsExactly("new", "unchanged");
  }

  /// Told before there is a database to open.
  @Test
  void aStatusThatThereIsNotIsAMistakeInTheCommand() {
    terminal
        .run("tour", "checkpoint", "ffffffff", "--status", "LOST")
        .exits(2)
        .says("LOST", "MAINTENANCE");
    terminal.run("tour", "checkpoint", "ffffffff", "--status", "STANDBY").exits(2).says("STANDBY");
    terminal.run("tour", "transition", "ffffffff", "LOST").exits(2).says("LOST", "STANDBY");
    terminal.run("tour", "list", "--status", "LOST").exits(2).says("--status");
  }

  @Test
  void commaSeparatedValuesComeToTheSame() throws IOException {
    String csv =
        """
        identifier,site,type,expires_at,checkpoint,mandatory
        Night round,North Gate,schedule,2999-01-01T05:00:00Z,Main door,true
        Night round,North Gate,schedule,2999-01-01T05:00:00Z,Yard,false

        Leak,Plant 2,adhoc,,"Pump",
        """;
    terminal.json("tour", "import", file("tours.json", TWO));
    assertThat(terminal.json("tour", "import", file("tours.csv", csv)).path("unchanged").asInt())
        .isEqualTo(2);
  }

  @Test
  void whatIsWrongWithAFileIsSaidWithItsPlaceAndNothingIsMade() throws IOException {
    JsonNode wrong =
        terminal
            .run(
                "tour",
                "import",
                file(
                    "wrong.json",
                    TWO.replace("\"ADHOC\"", "\"WEEKLY\"").replace("\"Yard\"", "\" \"")),
                "--json")
            .exits(2)
            .json();
    assertThat(wrong.path("problems").findValuesAsString("place"))
        .containsExactly("tours[0].checkpoints[1].name", "tours[1].type");
    terminal
        .run(
            "tour",
            "import",
            file("wrong.csv", "identifier,site,type,checkpoint\nA,B,ADHOC,one\nA,B,ADHOC,one\n"))
        .exits(2)
        .says("wrong.csv: line 3", "two checkpoints are called 'one'");
    terminal.run("tour", "import", file("broken.json", "{\"tours\":[")).exits(2).says("not JSON");
    terminal
        .run(
            "tour",
            "import",
            file("time.csv", "identifier,site,type,checkpoint,expires_at\nA,B,ADHOC,one,noon\n"))
        .exits(2)
        .says("line 2, expires_at", "noon");
    terminal.run("tour", "import", folder.resolve("none.json").toString()).exits(2).says("no file");
    terminal.run("tour", "import", file("empty.json", "{\"tours\":[]}")).exits(2).says("no tours");
    assertThat(terminal.json("tour", "list", "--show", "all").path("total").asInt()).isZero();
    terminal.run("tour", "list", "--show", "lost").exits(2).says("--show", "overdue");
    terminal.run("tour", "show", "ffffffff").exits(2).says("no tour");
    terminal.run("tour", "checkpoint", "ffffffff").exits(2).says("--status");
    terminal.run("tour", "transition", "ffffffff", "LOST").exits(2).says("LOST", "STANDBY");
  }
}
