package dev.imprimatur.app.cli;

import dev.imprimatur.engine.queue.LayoutDifference;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `imprimatur queue divergence`.
@Command(
    name = "divergence",
    description =
        "Jobs whose rows in the two layouts differ, oldest first; status 1 if there are any.")
final class QueueDivergenceCommand implements Callable<Integer> {
  private final Context context;

  @Option(
      names = "--limit",
      converter = Limits.class,
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many (default: 50).")
  private int limit;

  QueueDivergenceCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return context.session(session -> {
      List<LayoutDifference> found = session.engine().queueLayouts().differences(limit);
      context.print(
          LayoutJson.differences(found),
          columns ->
              found.isEmpty()
                  ? "No job differs between the layouts.\n"
                  : LayoutJson.table(found).text(columns));
      return found.isEmpty() ? ExitStatus.DONE : ExitStatus.WRONG;
    });
  }
}
