package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.queue.QueueLayouts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

/// `imprimatur queue backfill`.
@Command(
    name = "backfill",
    description = {
      "Copy the jobs that stand only in the old layout to the new one, here and now.",
      "The sweep queue-backfill does the same bit by bit. It may be interrupted and repeated."
    })
final class QueueBackfillCommand implements Callable<Integer> {
  private final Context context;

  QueueBackfillCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return context.session(session -> {
      int status = Decisions.print(context, copy(session), this::json, this::text);
      return context.interrupts().requested() ? ExitStatus.INTERRUPTED : status;
    });
  }

  private Decision<QueueLayouts.Backfilled> copy(Session session) {
    QueueLayouts layouts = session.engine().queueLayouts();
    long missing = layouts.status().counts().onlyOld();
    try (var progress = new Progress(context.around(), missing, "copied")) {
      return layouts.backfillAll(context.interrupts()::requested, progress::at);
    }
  }

  private ObjectNode json(QueueLayouts.Backfilled done) {
    return LayoutJson.status(done.status()).put("copied", done.copied());
  }

  private String text(QueueLayouts.Backfilled done) {
    return Words.count(done.copied(), "job was", "jobs were")
        + " copied. "
        + LayoutJson.text(done.status());
  }
}
