package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Review;
import dev.imprimatur.engine.review.RewriteCycle;
import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.Rewrites;
import dev.imprimatur.engine.review.Suggestions;
import dev.imprimatur.engine.review.Version;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `imprimatur rewrite …`: asking for rewrites and deciding on what they suggest.
@Command(name = "rewrite", description = "Ask for a rewrite; accept or reject what it suggests.")
final class RewriteCommands {
  private static final String ID = "The suggestion's or its cycle's id, or its beginning.";
  private static final String REVISION = "The revision you saw; refused if it has another by now.";

  private final Context context;

  RewriteCommands(Context context) {
    this.context = context;
  }

  @Command(
      name = "request",
      description = "Ask for a rewrite of a version and wait for the suggestion.")
  int request(
      @Parameters(
              arity = "0..1",
              paramLabel = "ID",
              description = "A version, or an article whose latest version is meant.")
          @Nullable String id,
      @Option(
              names = "--article",
              paramLabel = "ID",
              description = "The article whose latest version is meant.")
          @Nullable String article,
      @Option(names = "--no-wait", description = "Only ask: some worker will do it.")
          boolean noWait) {
    if ((id == null) == (article == null)) {
      throw Trouble.input("usage", "rewrite request: name a version, or --article ID");
    }
    return context.session(session -> {
      var ids = new Ids(session.engine());
      Version version =
          article != null
              ? ids.latest(ids.article(article))
              : ids.versionOrLatest(java.util.Objects.requireNonNull(id));
      return request(session, version, noWait);
    });
  }

  private int request(Session session, Version version, boolean noWait) {
    Engine engine = session.engine();
    Decision<Rewrites.CycleResult> decision = engine.review().rewrites().request(version.id());
    if (noWait
        || !(decision
            instanceof Decision.Decided<Rewrites.CycleResult>(Rewrites.CycleResult started))) {
      engine.dispatchEvents();
      return Decisions.print(context, decision, c -> json(engine, c), c -> text(engine, c));
    }
    UUID cycle = started.cycle().id();
    try (var worker = EmbeddedWorker.start(engine, context, List.of(Review.REWRITE_KIND))) {
      if (!worker.await(
          () -> result(engine, cycle).cycle().status() != RewriteCycle.Status.RUNNING,
          context.interrupts())) {
        context.tell(
            "imprimatur: interrupted; the rewrite stays in the queue and any worker will finish it");
        return ExitStatus.INTERRUPTED;
      }
    }
    engine.dispatchEvents();
    Rewrites.CycleResult result = result(engine, cycle);
    Decisions.print(
        context, new Decision.Decided<>(result), c -> json(engine, c), c -> text(engine, c));
    return switch (result.cycle().status()) {
      case SUGGESTED, NOTHING_TO_CHANGE, RUNNING -> ExitStatus.DONE;
      case TIMED_OUT, FAILED, SUPERSEDED_BY_APPROVAL -> ExitStatus.WRONG;
    };
  }

  private static Rewrites.CycleResult result(Engine engine, UUID cycle) {
    return engine
        .review()
        .rewrites()
        .cycle(cycle)
        .orElseThrow(() -> new IllegalStateException("rewrite cycle " + cycle + " is gone"));
  }

  @Command(name = "show", description = "A suggestion with its hunks.")
  int show(@Parameters(paramLabel = "ID", description = ID) String id) {
    return context.session(session -> {
      UUID suggestion = new Ids(session.engine()).suggestion(id).id();
      Rewrites.Detail detail =
          session.engine().review().rewrites().suggestion(suggestion).orElseThrow();
      var preview = SuggestionPreview.of(session.engine().review().localScores(), detail);
      ObjectNode json = ReviewJson.suggestion(detail);
      json.set("preview", preview.json());
      context.print(json, () -> ReviewText.suggestion(detail) + preview.text());
      return ExitStatus.DONE;
    });
  }

  @Command(name = "list", description = "All suggestions, newest first.")
  int list(
      @Option(
              names = "--status",
              paramLabel = "STATUS",
              defaultValue = "all",
              description = "pending, accepted, rejected or all (default: all).")
          String status,
      @Option(
              names = "--limit",
              converter = Limits.class,
              paramLabel = "N",
              defaultValue = "200",
              description = "At most so many (default: 200).")
          int limit) {
    RewriteSuggestion.@Nullable Status wanted;
    try {
      wanted = status.equals("all") ? null : Code.parse(RewriteSuggestion.Status.class, status);
    } catch (IllegalArgumentException e) {
      throw Trouble.input("usage", "rewrite list: --status " + e.getMessage() + ", all");
    }
    return context.session(session -> {
      List<RewriteSuggestion> list = session.engine().review().rewrites().list(wanted, limit);
      var json = Json.object();
      var array = json.putArray("suggestions");
      list.forEach(s -> array.add(ReviewJson.suggestion(s)));
      context.print(json, columns -> text(list, columns));
      return ExitStatus.DONE;
    });
  }

  @Command(
      name = "accept",
      description = "Make the next version from a suggestion, whole or hunk by hunk.")
  int accept(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(
              names = "--hunks",
              paramLabel = "N",
              split = ",",
              description = "Only these hunks, such as 1,3.")
          @Nullable List<Integer> hunks,
      @Option(names = "--revision", paramLabel = "N", description = REVISION)
          @Nullable Long revision,
      @Option(
              names = "--if-moved-on",
              paramLabel = "WHAT",
              defaultValue = "refuse",
              description =
                  "Where the article has a newer version: refuse, merge or replace (default: refuse).")
          Suggestions.IfMovedOn ifMovedOn) {
    return context.session(session -> {
      UUID suggestion = new Ids(session.engine()).suggestion(id).id();
      Decision<Suggestions.Accepted> decision =
          session.engine().review().suggestions().accept(suggestion, revision, hunks, ifMovedOn);
      session.engine().dispatchEvents();
      return Decisions.print(
          context, decision, RewriteCommands::accepted, RewriteCommands::acceptedText);
    });
  }

  @Command(name = "reject", description = "Turn a suggestion down.")
  int reject(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why.")
          String reason,
      @Option(names = "--revision", paramLabel = "N", description = REVISION)
          @Nullable Long revision) {
    return context.session(session -> {
      UUID suggestion = new Ids(session.engine()).suggestion(id).id();
      Decision<RewriteSuggestion> decision =
          session.engine().review().suggestions().reject(suggestion, revision, reason);
      session.engine().dispatchEvents();
      return Decisions.print(
          context,
          decision,
          s -> (ObjectNode) Json.object().set("suggestion", ReviewJson.suggestion(s)),
          s -> "Suggestion " + s.id() + " is rejected.");
    });
  }

  private static ObjectNode accepted(Suggestions.Accepted accepted) {
    ObjectNode node = Json.object();
    node.set("suggestion", ReviewJson.suggestion(accepted.suggestion()));
    node.set("version", ReviewJson.version(accepted.version()));
    return node;
  }

  private static String acceptedText(Suggestions.Accepted accepted) {
    RewriteSuggestion.Choice choice = accepted.suggestion().decision();
    return "Version "
        + accepted.version().number()
        + " ("
        + accepted.version().id()
        + ") is made from hunks "
        + (choice == null ? "" : choice.hunks())
        + ".";
  }

  private static ObjectNode json(Engine engine, Rewrites.CycleResult result) {
    ObjectNode node = Json.object();
    node.set("cycle", ReviewJson.cycle(result.cycle()));
    result
        .suggestion()
        .flatMap(s -> engine.review().rewrites().suggestion(s.id()))
        .ifPresentOrElse(
            d -> node.set("suggestion", ReviewJson.suggestion(d)),
            () -> node.putNull("suggestion"));
    return node;
  }

  private static String text(Engine engine, Rewrites.CycleResult result) {
    RewriteCycle cycle = result.cycle();
    String head =
        "Rewrite cycle "
            + cycle.number()
            + " ("
            + cycle.id()
            + "): "
            + Code.of(cycle.status()).replace('_', ' ')
            + (cycle.error() == null ? "" : ", " + cycle.error())
            + "\n";
    return head
        + result
            .suggestion()
            .flatMap(s -> engine.review().rewrites().suggestion(s.id()))
            .map(ReviewText::suggestion)
            .orElse("");
  }

  private static String text(List<RewriteSuggestion> list, int columns) {
    if (list.isEmpty()) {
      return "There are no suggestions.\n";
    }
    var table = new Table("id", "title", "status", "made", "decided by");
    for (RewriteSuggestion s : list) {
      RewriteSuggestion.Choice choice = s.decision();
      table.row(
          Ids.brief(s.id()),
          s.title(),
          Code.of(s.status()),
          ReviewText.time(s.createdAt()),
          choice == null ? "-" : choice.by());
    }
    return table.text(columns);
  }
}
