package dev.imprimatur.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imprimatur.persistence.TestDatabase;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// The main job from end to end, by commands alone.
class JourneyTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(TestDatabase.Kind.class)
  void anEditorTakesAnArticleFromImportToRevocation(TestDatabase.Kind kind) throws IOException {
    try (TestDatabase database = TestDatabase.empty(kind)) {
      Terminal terminal = new Terminal(folder).always("--db", database.url());
      String file = Files.writeString(folder.resolve("time.md"), Texts.WEAK).toString();

      JsonNode imported = terminal.json("import", file);
      assertThat(imported.at("/articles/0/imported").asString()).isEqualTo("new");
      assertThat(terminal.json("import", file).at("/articles/0/imported").asString())
          .isEqualTo("unchanged");
      String article = imported.at("/articles/0/article").asString();

      JsonNode evaluated = terminal.json("evaluate", file);
      assertThat(evaluated.at("/articles/0/run/status").asString()).isEqualTo("completed");
      assertThat(evaluated.at("/articles/0/run/detectors").size()).isEqualTo(3);
      assertThat(evaluated.at("/articles/0/run/aeo").size()).isEqualTo(3);
      assertThat(terminal.json("evaluate", file).at("/articles/0/run"))
          .isEqualTo(evaluated.at("/articles/0/run"));

      JsonNode escalations = terminal.json("escalations").path("escalations");
      assertThat(escalations.size())
          .isPositive()
          .isEqualTo(evaluated.at("/articles/0/escalations").size());
      String escalation = escalations.at("/0/id").asString();
      JsonNode claimed =
          terminal.json("escalation", "claim", escalation.substring(0, 8), "--revision", "1");
      assertThat(claimed.path("outcome").asString()).isEqualTo("decided");
      assertThat(claimed.path("claimed_by").asString()).isNotEmpty();

      acceptTwoHunks(terminal, article);

      JsonNode second = terminal.json("evaluate", "--article", article);
      assertThat(second.at("/articles/0/version").asInt()).isEqualTo(2);
      assertThat(second.at("/articles/0/run/id")).isNotEqualTo(evaluated.at("/articles/0/run/id"));
      assertThat(second.at("/articles/0/escalations").size()).isPositive();

      JsonNode refused = terminal.run("approve", article, "--json").exits(1).json();
      assertThat(refused.path("outcome").asString()).isEqualTo("refused");
      assertThat(refused.path("code").asString()).isEqualTo("escalations_pending");
      assertThat(refused.path("unblock").asString()).isNotEmpty();
      resolveAll(terminal);
      JsonNode late =
          terminal
              .run(
                  "escalation",
                  "resolve",
                  escalation,
                  "--decision",
                  "fixed",
                  "--reason",
                  "x",
                  "--json")
              .exits(1)
              .json();
      assertThat(late.path("outcome").asString()).isEqualTo("already_decided");
      assertThat(late.path("by").asString()).isNotEmpty();

      JsonNode approved = terminal.json("approve", article, "--note", "may go out");
      assertThat(approved.path("in_force").asBoolean()).isTrue();
      assertThat(approved.path("version").asInt()).isEqualTo(2);
      assertThat(
              terminal
                  .run("rewrite", "request", "--article", article, "--json")
                  .exits(1)
                  .json()
                  .path("code")
                  .asString())
          .isEqualTo("article_approved");
      JsonNode revoked = terminal.json("revoke", article, "--reason", "a figure was wrong");
      assertThat(revoked.path("in_force").asBoolean()).isFalse();

      assertThat(terminal.json("audit", "verify").path("holds").asBoolean()).isTrue();
      assertThat(terminal.json("article", "show", article).path("versions").size()).isEqualTo(2);
      assertThat(terminal.json("article", "cancel-evaluation", article).path("cancelled"))
          .isEmpty();
      tablesAreThereToo(terminal, article);
    }
  }

  private static void acceptTwoHunks(Terminal terminal, String article) {
    JsonNode rewrite = terminal.json("rewrite", "request", "--article", article.substring(0, 8));
    assertThat(rewrite.at("/cycle/status").asString()).isEqualTo("suggested");
    JsonNode hunks = rewrite.at("/suggestion/hunks");
    assertThat(hunks.size()).as(hunks.toPrettyString()).isGreaterThanOrEqualTo(3);
    String suggestion = rewrite.at("/suggestion/id").asString();
    JsonNode preview = terminal.json("rewrite", "show", suggestion).at("/preview");
    assertThat(preview.at("/base/parts").size()).isEqualTo(6);
    assertThat(preview.at("/suggested/aeo_avg").isNumber()).isTrue();
    assertThat(terminal.run("rewrite", "show", suggestion).exits(0).out())
        .contains("local estimate", "local-rhythm", "best practices");
    JsonNode accepted =
        terminal.json("rewrite", "accept", suggestion, "--hunks", "1,3", "--revision", "1");
    assertThat(accepted.at("/suggestion/decision/hunks").asString()).isEqualTo("1,3");
    assertThat(accepted.at("/version/number").asInt()).isEqualTo(2);
    JsonNode again =
        terminal
            .run("rewrite", "reject", suggestion, "--reason", "too late", "--json")
            .exits(1)
            .json();
    assertThat(again.path("outcome").asString()).isEqualTo("already_decided");
  }

  private static void resolveAll(Terminal terminal) {
    List<String> pending = new ArrayList<>();
    terminal
        .json("escalations")
        .path("escalations")
        .forEach(e -> pending.add(e.path("id").asString()));
    for (String id : pending) {
      JsonNode resolved =
          terminal.json(
              "escalation", "resolve", id, "--decision", "override", "--reason", "checked by hand");
      assertThat(resolved.at("/resolution/decision").asString()).isEqualTo("override");
    }
  }

  private static void tablesAreThereToo(Terminal terminal, String article) {
    assertThat(terminal.run("articles").exits(0).out()).contains(article.substring(0, 8));
    assertThat(terminal.run("escalations", "--status", "all").exits(0).out())
        .contains("override by ");
    assertThat(terminal.run("article", "show", article).exits(0).out()).contains("revoked by");
    assertThat(terminal.run("rewrite", "list").exits(0).out()).contains("accepted");
    assertThat(terminal.run("audit", "list").exits(0).out()).contains("approval.granted");
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.Kind.class)
  void samplesGetTheSameScoresEveryTimeAndOnEveryDatabase(TestDatabase.Kind kind) {
    String samples = samples().toString();
    JsonNode reference = new Terminal(folder).json("evaluate", samples);
    assertThat(reference.path("articles").size()).isGreaterThanOrEqualTo(12);
    assertThat(reference.path("errors").size()).isZero();
    try (TestDatabase database = TestDatabase.empty(kind)) {
      Terminal terminal = new Terminal(folder).always("--db", database.url());
      JsonNode first = terminal.json("evaluate", samples);
      assertThat(scores(first)).isEqualTo(scores(reference));
      long before = database.count("SELECT count(*) FROM audit_entry");
      JsonNode second = terminal.json("evaluate", samples);
      assertThat(scores(second)).isEqualTo(scores(first));
      assertThat(database.count("SELECT count(*) FROM audit_entry")).isEqualTo(before);
      second
          .path("articles")
          .forEach(a -> assertThat(a.path("imported").asString()).isEqualTo("unchanged"));
    }
  }

  private static Path samples() {
    Path here = Path.of("").toAbsolutePath();
    return Files.isDirectory(here.resolve("docs/samples"))
        ? here.resolve("docs/samples")
        : here.resolveSibling("docs/samples");
  }

  private static List<BigDecimal> scores(JsonNode document) {
    List<BigDecimal> scores = new ArrayList<>();
    for (JsonNode article : document.path("articles")) {
      article.at("/run/detectors").forEach(d -> scores.add(number(d.path("score"))));
      article.at("/run/aeo").forEach(d -> scores.add(number(d.path("score"))));
      scores.add(number(article.at("/run/ai_detector_avg")));
      scores.add(number(article.at("/run/aeo_avg")));
    }
    return scores;
  }

  private static BigDecimal number(JsonNode node) {
    return node.isNull() ? BigDecimal.ONE.negate() : node.decimalValue().stripTrailingZeros();
  }
}
