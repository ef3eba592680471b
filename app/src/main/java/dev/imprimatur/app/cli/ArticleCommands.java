package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Approval;
import dev.imprimatur.engine.review.Approvals;
import dev.imprimatur.engine.review.Article;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.engine.review.Review;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Version;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `imprimatur article …`: one article.
@Command(name = "article", description = "Look at one article.")
final class ArticleCommands {
  private final Context context;

  ArticleCommands(Context context) {
    this.context = context;
  }

  @Command(name = "show", description = "Its versions, runs, rewrites and approvals.")
  int show(
      @Parameters(paramLabel = "ID", description = "The article's id or its beginning.")
          String id) {
    return context.session(session -> show(session, new Ids(session.engine()).article(id)));
  }

  @Command(
      name = "cancel-evaluation",
      description = "Call off what is being evaluated of an article; what is scored so far stays.")
  int cancel(
      @Parameters(paramLabel = "ID", description = "The article's id or its beginning.")
          String id) {
    return context.session(session -> {
      Review review = session.engine().review();
      Article article = new Ids(session.engine()).article(id);
      var array = Json.array();
      var text = new StringBuilder();
      for (RunResult run : review.evaluations().ofArticle(article.id())) {
        if (run.run().status() == EvaluationRun.Status.IN_PROGRESS
            && review.evaluations().cancel(run.run().id())
                instanceof Decision.Decided<RunResult>(RunResult ended)) {
          array.add(ReviewJson.runWhole(ended));
          text.append(ReviewText.run(ended));
        }
      }
      context.print(
          Json.object().set("cancelled", array),
          () -> text.isEmpty() ? "Nothing of it is being evaluated.\n" : text.toString());
      return ExitStatus.DONE;
    });
  }

  private int show(Session session, Article article) {
    Review review = session.engine().review();
    UUID id = article.id();
    List<Version> versions = review.articles().versions(id);
    List<Approval> approvals = review.approvals().history(id);
    Optional<Approvals.Standing> standing = review.approvals().latest(id);
    ObjectNode json = ReviewJson.article(article);
    var text = new StringBuilder();
    ReviewText.field(text, "article", id);
    ReviewText.field(text, "title", article.title());
    ReviewText.field(text, "source", article.sourceKey());
    ReviewText.field(text, "revision", article.revision());
    var array = json.putArray("versions");
    for (Version version : versions) {
      ObjectNode node = ReviewJson.version(version);
      text.append("\nversion ")
          .append(version.number())
          .append("  ")
          .append(version.id())
          .append(", ")
          .append(Code.of(version.origin()))
          .append(" by ")
          .append(version.createdBy())
          .append(" at ")
          .append(ReviewText.time(version.createdAt()))
          .append('\n');
      var runs = node.putArray("runs");
      for (RunResult run : review.evaluations().ofVersion(version.id())) {
        runs.add(ReviewJson.runWhole(run));
        text.append(ReviewText.run(run));
      }
      var escalations = review.escalations().ofVersion(version.id());
      node.set("escalations", ReviewJson.escalations(escalations));
      escalations.forEach(e ->
          text.append("  escalation ")
              .append(Ids.brief(e.id()))
              .append(": ")
              .append(Code.of(e.reason()))
              .append(", ")
              .append(Code.of(e.status()))
              .append('\n'));
      array.add(node);
    }
    var cycles = json.putArray("rewrites");
    review
        .rewrites()
        .cycles(id)
        .forEach(c -> {
          cycles.add(ReviewJson.cycle(c));
          text.append("\nrewrite ")
              .append(c.number())
              .append("  ")
              .append(c.id())
              .append(", ")
              .append(Code.of(c.status()));
        });
    text.append(cycles.isEmpty() ? "" : "\n");
    var history = json.putArray("approvals");
    approvals.forEach(a -> history.add(ReviewJson.approval(a)));
    json.put("approved", standing.isPresent() && standing.get().approval().inForce());
    text.append('\n').append(standing.map(ReviewText::standing).orElse("It was never approved.\n"));
    context.print(json, text::toString);
    return ExitStatus.DONE;
  }
}
