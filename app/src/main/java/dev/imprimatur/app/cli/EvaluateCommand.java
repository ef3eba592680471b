package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Article;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `imprimatur evaluate`.
@Command(
    name = "evaluate",
    description =
        "Evaluate articles: import them if paths are given, score them, escalate what must be.")
final class EvaluateCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      description = "Files, folders or feeds to import and evaluate.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--article",
      paramLabel = "ID",
      description = "Evaluate this article's latest version.")
  private @Nullable String article;

  @Option(names = "--all", description = "Evaluate the latest version of every article.")
  private boolean all;

  @Option(names = "--force", description = "Evaluate again what the same providers have evaluated.")
  private boolean force;

  EvaluateCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    int ways = (paths.isEmpty() ? 0 : 1) + (article == null ? 0 : 1) + (all ? 1 : 0);
    if (ways != 1) {
      throw Trouble.input(
          "usage",
          "evaluate: name paths, or --article ID, or --all"
              + (ways > 1 ? ", only one of them" : ""));
    }
    return context.session(this::run);
  }

  private int run(Session session) {
    Engine engine = session.engine();
    var imports = new Imports(engine, context.interrupts());
    List<Evaluation.Target> targets = targets(engine, imports);
    var evaluation = new Evaluation(engine, context);
    evaluation.ask(targets, force, imports);
    boolean finished = evaluation.finish() && !context.interrupts().requested();
    imports.tellFailures(context);
    if (!finished) {
      context.tell(
          "imprimatur: interrupted; what has been scored is stored, and evaluating again goes on from there");
      return ExitStatus.INTERRUPTED;
    }
    List<Evaluation.Evaluated> results = evaluation.results();
    context.print(json(results, imports), columns -> text(results, imports, columns));
    if (!imports.failed().isEmpty()) {
      return ExitStatus.INPUT;
    }
    boolean complete =
        results.stream().allMatch(r -> r.run().run().status() == EvaluationRun.Status.COMPLETED);
    return complete ? ExitStatus.DONE : ExitStatus.WRONG;
  }

  private List<Evaluation.Target> targets(Engine engine, Imports imports) {
    var ids = new Ids(engine);
    if (article != null) {
      return List.of(target(ids.latest(ids.article(article))));
    }
    if (all) {
      List<Article> articles = engine.review().articles().list(Integer.MAX_VALUE);
      return articles.reversed().stream().map(ids::latest).map(EvaluateCommand::target).toList();
    }
    imports.read(paths);
    return imports.done().stream()
        .map(d ->
            new Evaluation.Target(d.path(), d.imported().version(), Code.of(d.imported().how())))
        .toList();
  }

  private static Evaluation.Target target(Version version) {
    return new Evaluation.Target(version.path(), version, null);
  }

  private static ObjectNode json(List<Evaluation.Evaluated> results, Imports imports) {
    ObjectNode json = Json.object();
    ArrayNode articles = json.putArray("articles");
    for (Evaluation.Evaluated one : results) {
      Version version = one.target().version();
      ObjectNode node =
          articles
              .addObject()
              .put("path", one.target().path())
              .put("title", version.title())
              .put("article", version.articleId().toString())
              .put("version", version.number())
              .put("version_id", version.id().toString());
      if (one.target().imported() != null) {
        node.put("imported", one.target().imported());
      }
      node.set("run", ReviewJson.run(one.run()));
      node.set("hard_stops", ReviewJson.hardStops(one.run().hardStops()));
      node.set("escalations", ReviewJson.escalations(one.escalations()));
    }
    json.set("errors", imports.errors());
    return json;
  }

  private static String text(List<Evaluation.Evaluated> results, Imports imports, int columns) {
    if (results.isEmpty()) {
      return imports.failed().isEmpty()
          ? "There is nothing to evaluate.\n"
          : "Nothing was evaluated.\n";
    }
    var table =
        new Table(
            "title", "article", ">v", "status", ">detectors", ">AEO", "scores", "escalations");
    for (Evaluation.Evaluated one : results) {
      RunResult run = one.run();
      String scores =
          run.parts().stream()
              .map(p -> p.name() + " " + ReviewText.score(p.score()))
              .collect(Collectors.joining(", "));
      table.row(
          one.target().version().title(),
          Ids.brief(one.target().version().articleId()),
          one.target().version().number(),
          Code.of(run.run().status()),
          ReviewText.score(run.run().aiDetectorAvg()),
          ReviewText.score(run.run().aeoAvg()),
          scores,
          one.escalations().isEmpty() ? stops(run) : escalations(one.escalations()));
    }
    return table.text(columns);
  }

  private static String stops(RunResult run) {
    return run.hardStops().isEmpty()
        ? "none"
        : run.hardStops().stream().map(s -> Code.of(s.reason())).collect(Collectors.joining(", "))
            + " (approved)";
  }

  private static String escalations(List<Escalation> escalations) {
    return escalations.stream()
        .map(e ->
            Code.of(e.reason())
                + " "
                + Ids.brief(e.id())
                + (e.resolution() == null ? "" : " (resolved)"))
        .collect(Collectors.joining(", "));
  }
}
