package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.engine.assessment.Callbacks;
import dev.imprimatur.engine.assessment.Callbacks.Callback;
import dev.imprimatur.engine.assessment.Callbacks.Taken;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Code;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `imprimatur batch callback FILE`.
@Command(
    name = "callback",
    description = "Take judges' answers in from a file of JSON, each by itself.")
final class BatchCallbackCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(paramLabel = "FILE", description = "A list of correlation_id, answer, confidence.")
  private Path file = Path.of("");

  @Option(names = "--dry-run", description = "Say what each would come to; change nothing.")
  private boolean dryRun;

  @Option(names = "--no-wait", description = "Leave what follows to a worker.")
  private boolean noWait;

  BatchCallbackCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    List<Callback> callbacks = BatchFile.read(file).callbacks();
    return context.session(session -> run(session, callbacks));
  }

  private int run(Session session, List<Callback> callbacks) {
    Callbacks desk = session.engine().assessment().callbacks();
    ObjectNode json = Json.object().put("dry_run", dryRun);
    ArrayNode items = json.putArray("callbacks");
    var table = new Table("correlation id", "answer", "outcome", "why");
    Set<UUID> batches = new LinkedHashSet<>();
    int refused = 0;
    for (Callback callback : callbacks) {
      Decision<Taken> decision = dryRun ? desk.preview(callback) : desk.take(callback);
      ObjectNode item =
          items
              .addObject()
              .put("correlation_id", callback.correlationId().toString())
              .put("answer", Code.of(callback.answer()));
      switch (decision) {
        case Decision.Decided<Taken>(Taken taken) -> {
          batches.add(taken.batch().id());
          item.put("outcome", "recorded").put("batch", taken.batch().id().toString());
          table.row(callback.correlationId(), Code.of(callback.answer()), "recorded", "");
        }
        case Decision.AlreadyDecided<Taken> a -> {
          item.put("outcome", "duplicate").put("what", a.what()).put("at", a.at().toString());
          table.row(callback.correlationId(), Code.of(callback.answer()), "duplicate", a.what());
        }
        case Decision.Refused<Taken> r -> {
          refused++;
          item.put("outcome", "refused")
              .put("code", r.refusal().code())
              .put("message", r.refusal().message());
          table.row(
              callback.correlationId(),
              Code.of(callback.answer()),
              r.refusal().code(),
              r.refusal().message());
        }
      }
    }
    boolean done =
        dryRun || noWait || BatchWork.carry(session.engine(), context, List.copyOf(batches));
    ArrayNode states = json.putArray("batches");
    for (UUID batch : batches) {
      session
          .engine()
          .assessment()
          .batches()
          .find(batch)
          .ifPresent(b -> states.add(BatchJson.batch(b)));
    }
    context.print(
        json,
        columns -> table.isEmpty() ? "There are no answers in the file.\n" : table.text(columns));
    if (!done) {
      context.tell("imprimatur: interrupted; every answer above is kept");
      return ExitStatus.INTERRUPTED;
    }
    return refused == 0 ? ExitStatus.DONE : ExitStatus.WRONG;
  }
}
