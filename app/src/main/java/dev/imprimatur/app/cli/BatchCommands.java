package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.assessment.Batch;
import dev.imprimatur.engine.assessment.BatchActions.Action;
import dev.imprimatur.engine.assessment.BatchActions.Order;
import dev.imprimatur.engine.assessment.BatchActions.Preview;
import dev.imprimatur.engine.assessment.BatchDetail;
import dev.imprimatur.engine.assessment.Batches.Made;
import dev.imprimatur.engine.assessment.JudgeTimes;
import dev.imprimatur.engine.assessment.NewBatch;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Code;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `imprimatur batch …`.
@Command(
    name = "batch",
    description = "Rank texts by comparing pairs: make batches, take answers in, look after them.")
final class BatchCommands {
  private static final String ID = "The batch's id or its beginning.";

  private final Context context;

  private BatchCommands(Context context) {
    this.context = context;
  }

  /// The group with all its commands.
  static picocli.CommandLine of(Context context) {
    return new picocli.CommandLine(new BatchCommands(context))
        .addSubcommand(new BatchCallbackCommand(context));
  }

  /// What commands that decide on one batch have in common.
  static final class Deciding {
    @Option(
        names = "--revision",
        paramLabel = "N",
        description = "Decide on the batch as it was at this revision.")
    @Nullable Long revision;

    @Option(names = "--dry-run", description = "Say what it would come to; change nothing.")
    boolean dryRun;

    @Option(names = "--no-wait", description = "Leave what follows to a worker.")
    boolean noWait;
  }

  @Command(
      name = "create",
      description = "Make a batch from a file of JSON, and carry it as far as it goes here.")
  int create(
      @Parameters(paramLabel = "FILE", description = "What to rank, and how.") Path file,
      @Option(
              names = "--judging",
              paramLabel = "WHO",
              converter = JudgingOption.class,
              description = "Who judges: local, external or human; instead of what the file says.")
          Batch.@Nullable Judging judging,
      @Option(names = "--no-wait", description = "Only make it: some worker will carry it on.")
          boolean noWait) {
    return context.session(session -> {
      NewBatch read = BatchFile.read(file).batch(session.engine());
      NewBatch wanted = judging == null ? read : read.judgedBy(judging);
      Decision<Made> decision = session.engine().assessment().batches().create(wanted);
      if (decision instanceof Decision.Decided<Made>(Made made)) {
        return carried(session, made.batch().id(), made.duplicate(), noWait);
      }
      return Decisions.print(context, decision, m -> BatchJson.batch(m.batch()), m -> "");
    });
  }

  private int carried(Session session, UUID batch, boolean duplicate, boolean noWait) {
    boolean done = noWait || BatchWork.carry(session.engine(), context, Set.of(batch));
    return printed(session, batch, Json.object().put("duplicate", duplicate), done);
  }

  private int printed(Session session, UUID batch, ObjectNode node, boolean done) {
    BatchDetail detail = detail(session, batch);
    node.put("outcome", "decided");
    node.setAll(BatchJson.detail(detail));
    context.print(node, columns -> BatchJson.text(detail, columns));
    if (!done) {
      context.tell("imprimatur: interrupted; the batch is kept, and any worker carries it on");
      return ExitStatus.INTERRUPTED;
    }
    return ExitStatus.DONE;
  }

  private static BatchDetail detail(Session session, UUID batch) {
    return session.engine().assessment().batches().detail(batch).orElseThrow();
  }

  @Command(name = "list", description = "Batches, newest first.")
  int list(
      @Option(names = "--stuck", description = "Only those in which nothing moves.") boolean stuck,
      @Option(names = "--open", description = "Only those that have not ended.") boolean open,
      @Option(
              names = "--limit",
              converter = Limits.class,
              paramLabel = "N",
              defaultValue = "50",
              description = "At most so many (default: 50).")
          int limit) {
    return context.session(session -> {
      var batches = session.engine().assessment().batches();
      List<Batch> found = stuck ? batches.stuck(limit) : batches.list(open, limit);
      var json = Json.object();
      var array = json.putArray("batches");
      found.forEach(b -> array.add(BatchJson.batch(b)));
      context.print(
          json,
          columns ->
              found.isEmpty()
                  ? "There are no such batches.\n"
                  : BatchJson.table(found).text(columns));
      return ExitStatus.DONE;
    });
  }

  @Command(name = "show", description = "All there is to know about a batch.")
  int show(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(
              names = "--fit",
              description = "Reckon the reliability however large it is (else up to 500 texts).")
          boolean fit) {
    return context.session(session -> {
      UUID batch = new Ids(session.engine()).batch(id);
      BatchDetail detail = session.engine().assessment().batches().detail(batch, fit).orElseThrow();
      List<JudgeTimes> judges = session.engine().assessment().judging().judges(batch);
      context.print(
          JudgesJson.add(BatchJson.detail(detail), judges),
          columns -> BatchJson.text(detail, columns) + JudgesJson.text(judges, columns));
      return ExitStatus.DONE;
    });
  }

  /// Why an administrator decides so.
  static final class Reason {
    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        required = true,
        description = "Why; kept in the audit.")
    private String text = "";
  }

  @Command(name = "finalise", description = "Rank a batch whose answers are in.")
  int finalise(
      @Parameters(paramLabel = "ID", description = ID) String id, @Mixin Deciding deciding) {
    return decide(id, Action.FINALISE, deciding, null, List.of());
  }

  @Command(name = "close", description = "Rank a batch with the answers there are.")
  int close(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Mixin Deciding deciding,
      @Mixin Reason reason) {
    return decide(id, Action.CLOSE, deciding, reason.text, List.of());
  }

  @Command(name = "rerequest", description = "Ask judges again for pairs that are outstanding.")
  int rerequest(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Mixin Deciding deciding,
      @Option(
              names = "--pair",
              paramLabel = "CORRELATION-ID",
              description = "Only this pair; may be repeated.")
          @Nullable List<UUID> pairs) {
    return decide(id, Action.REREQUEST, deciding, null, pairs == null ? List.of() : pairs);
  }

  @Command(name = "wait", description = "Give a batch in which nothing moves as long again.")
  int await(@Parameters(paramLabel = "ID", description = ID) String id, @Mixin Deciding deciding) {
    return decide(id, Action.WAIT, deciding, null, List.of());
  }

  @Command(name = "fail", description = "End a batch as failed.")
  int fail(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Mixin Deciding deciding,
      @Mixin Reason reason) {
    return decide(id, Action.FAIL, deciding, reason.text, List.of());
  }

  @Command(name = "cancel", description = "End a batch that is no longer wanted.")
  int cancel(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Mixin Deciding deciding,
      @Mixin Reason reason) {
    return decide(id, Action.CANCEL, deciding, reason.text, List.of());
  }

  private int decide(
      String id, Action action, Deciding deciding, @Nullable String reason, List<UUID> pairs) {
    if (reason != null && reason.isBlank()) {
      throw Trouble.input("usage", "batch: --reason must say why");
    }
    return context.session(session -> {
      UUID batch = new Ids(session.engine()).batch(id);
      var order = new Order(batch, action, deciding.revision, reason, new HashSet<>(pairs));
      var actions = session.engine().assessment().actions();
      if (deciding.dryRun) {
        Decision<Preview> preview = actions.preview(order);
        return preview instanceof Decision.AlreadyDecided<Preview> already
            ? already(session, batch, action, already)
            : preview(preview);
      }
      Decision<Batch> decision = actions.act(order);
      if (decision instanceof Decision.AlreadyDecided<Batch> already) {
        return already(session, batch, action, already);
      }
      if (!(decision instanceof Decision.Decided<Batch>)) {
        return Decisions.print(context, decision, BatchJson::batch, b -> "");
      }
      boolean done = deciding.noWait || BatchWork.carry(session.engine(), context, Set.of(batch));
      return printed(session, batch, Json.object(), done);
    });
  }

  /// What stands: a batch that is ranked was not changed by somebody meanwhile, but ended.
  private int already(Session session, UUID id, Action action, Decision.AlreadyDecided<?> already) {
    Batch batch = session.engine().assessment().batches().find(id).orElseThrow();
    String is =
        switch (batch.state()) {
          case COMPLETED -> "is ranked already, as " + batch.progress().status();
          case FAILED -> "has failed already, as " + batch.progress().status();
          case CANCELLED -> "is cancelled already";
          case SCORING -> "is being ranked already";
          case INITIALIZING, GENERATING_PAIRS, WAITING_CALLBACKS -> "";
        };
    if (is.isEmpty()) {
      return Decisions.print(context, already, b -> Json.object(), b -> "");
    }
    String next =
        batch.terminal()
            ? "What has ended stays as it is: 'imprimatur batch show "
                + Ids.brief(id)
                + "' shows it."
            : "A worker ends it; until then it can be failed or cancelled.";
    return Decisions.already(
        context,
        already,
        "batch "
            + id
            + " "
            + is
            + " (by "
            + already.by()
            + " at "
            + already.at()
            + "); there is nothing to "
            + Code.of(action)
            + ". "
            + next);
  }

  private int preview(Decision<Preview> preview) {
    if (preview instanceof Decision.Decided<Preview>(Preview p)) {
      context.print(BatchJson.preview(p), () -> BatchJson.text(p));
      return ExitStatus.DONE;
    }
    return Decisions.print(context, preview, BatchJson::preview, BatchJson::text);
  }
}
