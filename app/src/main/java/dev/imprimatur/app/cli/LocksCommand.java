package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.lock.LockLease;
import dev.imprimatur.engine.lock.LockStatistics;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `imprimatur locks` and `imprimatur locks stats`.
@Command(
    name = "locks",
    description =
        "Locks that are held, by whom and since when; stats tells how they are waited for.")
final class LocksCommand implements Callable<Integer> {
  private final Context context;

  LocksCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return context.session(session -> {
      List<LockLease> held = session.engine().locks().held();
      context.print(
          LocksJson.held(held),
          columns -> held.isEmpty() ? "No lock is held.\n" : LocksJson.table(held).text(columns));
      return ExitStatus.DONE;
    });
  }

  @Command(
      name = "stats",
      description =
          "How long each type of lock was waited for; status 1 if one times out too often of late.")
  int stats(
      @Option(
              names = "--hours",
              paramLabel = "N",
              defaultValue = "24",
              description =
                  "Over so many hours, from 1 to 168, counting the one that has begun (default: 24).")
          int hours) {
    if (hours < 1 || hours > 168) {
      throw Trouble.input("usage", "locks stats: --hours is from 1 to 168, not " + hours);
    }
    return context.session(session -> stats(session, hours));
  }

  private int stats(Session session, int hours) {
    LockStatistics statistics = session.engine().locks().statistics(hours);
    context.print(LocksJson.statistics(statistics), columns -> LocksJson.text(statistics, columns));
    return statistics.alerts().isEmpty() ? ExitStatus.DONE : ExitStatus.WRONG;
  }
}
