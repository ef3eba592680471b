package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.engine.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Batches from the command line, on the user's own local database, without a worker beside.
class BatchCommandsTest {
  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder);
  }

  private String file(String name, JsonNode content) throws IOException {
    return Files.writeString(folder.resolve(name), Json.write(content)).toString();
  }

  private static ObjectNode batch(String judge, int texts, int budget) {
    ObjectNode node =
        Json.object()
            .put("name", "essays")
            .put("client_request_id", judge + texts)
            .put("judge", judge)
            .put("threshold", 80);
    if (budget > 0) {
      node.put("budget", budget);
    }
    var array = node.putArray("texts");
    for (int i = 1; i <= texts; i++) {
      array
          .addObject()
          .put("label", "essay " + i)
          .put("text", "# What is bread?\n\nBread is baked dough. " + "It is old. ".repeat(i));
    }
    return node;
  }

  private String create(ObjectNode batch) throws IOException {
    return terminal.json("batch", "create", file("b.json", batch)).at("/batch/id").asString();
  }

  private List<String> outstanding(String id) {
    List<String> ids = new ArrayList<>();
    terminal
        .json("batch", "show", id)
        .path("outstanding")
        .forEach(c -> ids.add(c.path("correlation_id").asString()));
    return ids;
  }

  private String answers(List<String> ids, String answer) throws IOException {
    ArrayNode array = Json.array();
    ids.forEach(id -> array.addObject().put("correlation_id", id).put("answer", answer));
    return file("a.json", array);
  }

  @Test
  void gradesAreProjectedFromTheTextsThatAreKnown() throws IOException {
    ObjectNode batch = batch("local", 5, 20);
    batch.putArray("grades").add("short").add("long");
    ((ObjectNode) batch.path("texts").path(0)).put("grade", "short");
    String missing = file("missing.json", batch);
    assertThat(terminal.run("batch", "create", missing).exits(1).err())
        .contains("no text is known to have the grade long");
    ((ObjectNode) batch.path("texts").path(4)).put("grade", "long");
    String id = create(batch);
    JsonNode shown = terminal.json("batch", "show", id);
    assertThat(shown.path("too_large_to_fit").asBoolean()).isFalse();
    assertThat(shown.path("texts").path(0).path("grade").asString()).isEqualTo("short");
    JsonNode grading = shown.path("grading");
    assertThat(grading.path("grades").size()).isEqualTo(2);
    // Which text the local judge prefers is its own affair: either way it is told.
    if (grading.has("refused")) {
      assertThat(grading.at("/refused/code").asString()).isEqualTo("grades_contradict");
      assertThat(terminal.run("batch", "show", id).exits(0).out()).contains("No grades:");
    } else {
      assertThat(grading.path("boundaries").size()).isEqualTo(1);
      assertThat(grading.path("texts").path(1).path("chances").size()).isEqualTo(2);
      assertThat(terminal.run("batch", "show", id, "--fit").exits(0).out())
          .contains("short | long", "(known)");
    }
    batch.putArray("grades").add(1);
    assertThat(terminal.run("batch", "create", file("odd.json", batch)).exits(2).err())
        .contains("grades[0] must be a text");
  }

  @Test
  void groupAndCommandsHaveTheirOwnHelp() {
    assertThat(terminal.run("batch", "--help").exits(0).out())
        .contains(
            "create",
            "list",
            "show",
            "finalise",
            "rerequest",
            "close",
            "fail",
            "cancel",
            "callback");
    assertThat(terminal.run("batch", "callback", "--help").exits(0).out()).contains("--dry-run");
  }

  @Test
  void aBatchRunsToItsEndWithoutANetwork() throws IOException {
    JsonNode made = terminal.json("batch", "create", file("b.json", batch("local", 4, 0)));
    assertThat(made.at("/batch/state").asString()).isEqualTo("COMPLETED");
    assertThat(made.path("results").size()).isEqualTo(4);
    assertThat(made.path("duplicate").asBoolean()).isFalse();
    assertThat(made.path("credits_charged").asInt()).isEqualTo(made.at("/batch/completed").asInt());
    JsonNode again = terminal.json("batch", "create", file("b.json", batch("local", 4, 0)));
    assertThat(again.path("duplicate").asBoolean()).isTrue();
    assertThat(again.at("/batch/id")).isEqualTo(made.at("/batch/id"));
    assertThat(terminal.json("batch", "list").path("batches").size()).isEqualTo(1);
    assertThat(terminal.json("batch", "list", "--open").path("batches").size()).isZero();
    assertThat(terminal.run("batch", "show", made.at("/batch/id").asString()).exits(0).out())
        .contains("COMPLETE_", "rank", "essay 1", "credits");
    terminal.json("audit", "verify");
  }

  @Test
  void answersAreTakenInFromAFileAndTheBatchIsRankedAtItsThreshold() throws IOException {
    String id = create(batch("external", 4, 10));
    List<String> pairs = outstanding(id);
    assertThat(pairs).hasSize(10);
    JsonNode dry =
        terminal.json("batch", "callback", answers(pairs.subList(0, 8), "first"), "--dry-run");
    assertThat(dry.at("/callbacks/7/outcome").asString()).isEqualTo("recorded");
    assertThat(outstanding(id)).hasSize(10);

    terminal.json("batch", "callback", answers(pairs.subList(0, 7), "first"));
    assertThat(terminal.json("batch", "show", id).at("/batch/state").asString())
        .isEqualTo("WAITING_CALLBACKS");
    JsonNode eighth = terminal.json("batch", "callback", answers(pairs.subList(0, 8), "first"));
    assertThat(eighth.at("/callbacks/0/outcome").asString()).isEqualTo("duplicate");
    assertThat(eighth.at("/callbacks/7/outcome").asString()).isEqualTo("recorded");
    assertThat(eighth.at("/batches/0/status").asString()).isEqualTo("COMPLETE_STABLE");

    var late = terminal.run("batch", "callback", answers(pairs.subList(8, 10), "tie"), "--json");
    assertThat(late.exits(1).json().at("/callbacks/0/code").asString()).isEqualTo("batch_ended");
    JsonNode shown = terminal.json("batch", "show", id);
    assertThat(shown.path("late_answers").asInt()).isEqualTo(2);
    assertThat(shown.at("/batch/completed").asInt()).isEqualTo(8);
    assertThat(shown.at("/batch/decision/reason").asString()).isEqualTo("threshold_reached");
    var contradiction =
        terminal.run("batch", "callback", answers(pairs.subList(0, 1), "second"), "--json");
    assertThat(contradiction.exits(1).json().at("/callbacks/0/code").asString())
        .isEqualTo("contradiction");
  }

  @Test
  void aBatchForPeopleWaitsForThem() throws IOException {
    String path = file("b.json", batch("local", 3, 6));
    JsonNode made = terminal.json("batch", "create", path, "--judging", "human");
    assertThat(made.at("/batch/judge").asString()).isEqualTo("human");
    assertThat(made.at("/batch/state").asString()).isEqualTo("WAITING_CALLBACKS");
    String id = made.at("/batch/id").asString();
    assertThat(terminal.json("batch", "show", id).path("judges").isEmpty()).isTrue();
    terminal.json("batch", "callback", answers(outstanding(id).subList(0, 1), "first"));
    assertThat(terminal.json("batch", "show", id).path("judges").isEmpty())
        .as("not judged in the console")
        .isTrue();
    terminal.run("batch", "create", path, "--judging", "nobody").exits(2).says("human");
    terminal.json("audit", "verify");
  }

  @Test
  void anAdministratorLooksBeforeHeDecides() throws IOException {
    String id = create(batch("external", 4, 10));
    terminal.json("batch", "callback", answers(outstanding(id).subList(0, 4), "second"));
    JsonNode seen = terminal.json("batch", "show", id);
    String revision = seen.at("/batch/revision").asString();
    JsonNode refused = terminal.run("batch", "finalise", id, "--json").exits(1).json();
    assertThat(refused.path("code").asString()).isEqualTo("not_ready");
    JsonNode preview = terminal.json("batch", "rerequest", id, "--dry-run");
    assertThat(preview.path("outcome").asString()).isEqualTo("preview");
    assertThat(preview.path("pairs").asInt()).isEqualTo(6);
    assertThat(terminal.run("batch", "close", id, "--reason", "x", "--dry-run").exits(0).out())
        .contains("Nothing was changed", "SCORING");
    assertThat(terminal.json("batch", "show", id).at("/batch/revision").asString())
        .isEqualTo(revision);
    String pair = seen.at("/outstanding/0/correlation_id").asString();
    JsonNode asked =
        terminal.json("batch", "rerequest", id, "--pair", pair, "--revision", revision);
    assertThat(asked.at("/outstanding/0/requests").asInt()).isEqualTo(2);
    assertThat(asked.at("/outstanding/1/requests").asInt()).isEqualTo(1);
    JsonNode clash =
        terminal
            .run("batch", "close", id, "--reason", "x", "--revision", revision, "--json")
            .exits(1)
            .json();
    assertThat(clash.path("outcome").asString()).isEqualTo("already_decided");
    JsonNode closed = terminal.json("batch", "close", id, "--reason", "enough for today");
    assertThat(closed.at("/batch/status").asString()).isEqualTo("COMPLETE_MAX_COMPARISONS");
    assertThat(closed.path("results").size()).isEqualTo(4);
    for (String[] finalise :
        new String[][] {{"batch", "finalise", id}, {"batch", "finalise", id, "--dry-run"}}) {
      terminal
          .run(finalise)
          .exits(1)
          .says("is ranked already, as COMPLETE_MAX_COMPARISONS", "nothing to finalise");
    }
    assertThat(
            terminal
                .run("batch", "cancel", id, "--reason", "x", "--json")
                .exits(1)
                .json()
                .path("outcome")
                .asString())
        .isEqualTo("already_decided");
  }

  @Test
  void whatIsStuckIsListedAndEnded() throws IOException {
    String id = create(batch("external", 4, 10));
    assertThat(terminal.json("batch", "list", "--stuck").path("batches").size()).isZero();
    terminal.run("batch", "fail", id).exits(2).says("--reason");
    assertThat(
            terminal
                .json("batch", "fail", id, "--reason", "the judge is gone")
                .at("/batch/state")
                .asString())
        .isEqualTo("FAILED");
    String other = create(batch("external", 3, 6));
    assertThat(
            terminal
                .json("batch", "cancel", other, "--reason", "no longer wanted")
                .at("/batch/state")
                .asString())
        .isEqualTo("CANCELLED");
  }

  @Test
  void whatIsWrongInAFileIsToldWithItsPlace() throws IOException {
    terminal.run("batch", "create", folder.resolve("none.json").toString()).exits(2).says("none");
    terminal
        .run("batch", "create", file("x.json", Json.object().put("name", "n")))
        .exits(2)
        .says("texts");
    ObjectNode bad = batch("local", 2, 0);
    ((ObjectNode) bad.path("texts").path(1)).remove("text");
    terminal.run("batch", "create", file("x.json", bad)).exits(2).says("texts[1]");
    terminal
        .run("batch", "create", file("x.json", batch("nobody", 2, 0)))
        .exits(2)
        .says("judge", "local, external");
    JsonNode none =
        terminal
            .run("batch", "create", file("x.json", batch("local", 0, 0)), "--json")
            .exits(1)
            .json();
    assertThat(none.path("code").asString()).isEqualTo("texts_required");
    terminal
        .run(
            "batch",
            "callback",
            file("x.json", Json.array().add(Json.object().put("answer", "first"))))
        .exits(2)
        .says("callbacks[0].correlation_id");
    ObjectNode inside = Json.object();
    inside.putArray("answers").addObject().put("correlation_id", "x").put("answer", "first");
    terminal
        .run("batch", "callback", file("x.json", inside))
        .exits(2)
        .says("must be a list of answers", "{\"callbacks\": [those]}", "a list in answers");
    terminal
        .run("batch", "callback", file("x.json", Json.object().put("callbacks", "none")))
        .exits(2)
        .says("callbacks must be a list of answers");
    terminal.run("batch", "show", "abcd").exits(2).says("no batch");
  }
}
