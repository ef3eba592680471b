package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.queue.QueueLayout;
import dev.imprimatur.engine.queue.QueueLayouts;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `imprimatur queue layout [LAYOUT]`.
@Command(
    name = "layout",
    description = {
      "How the queue stands in the database during an upgrade; with a layout, take the step to it.",
      "A step is refused where something would be lost by it."
    })
final class QueueLayoutCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(
      arity = "0..1",
      paramLabel = "LAYOUT",
      description = "legacy, dual or workspace: take this step.")
  private @Nullable String wanted;

  QueueLayoutCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return wanted == null ? show() : step(layout(wanted));
  }

  private int show() {
    return context.session(session -> {
      QueueLayouts.Status status = session.engine().queueLayouts().status();
      context.print(LayoutJson.status(status), () -> LayoutJson.text(status));
      return ExitStatus.DONE;
    });
  }

  private int step(QueueLayout layout) {
    return context.session(session ->
        Decisions.print(
            context,
            session.engine().queueLayouts().set(layout),
            LayoutJson::status,
            LayoutJson::text));
  }

  private static QueueLayout layout(String wanted) {
    return QueueLayout.of(wanted)
        .orElseThrow(() ->
            Trouble.input(
                "usage", "queue layout: '" + wanted + "' is not legacy, dual or workspace"));
  }
}
