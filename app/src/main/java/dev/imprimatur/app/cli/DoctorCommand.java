package dev.imprimatur.app.cli;

import ch.qos.logback.classic.Level;
import dev.imprimatur.engine.json.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `imprimatur doctor`.
@Command(
    name = "doctor",
    description = "Check what Imprimatur stands on; say what is wrong and how to mend it.")
final class DoctorCommand implements Callable<Integer> {
  private final Context context;

  DoctorCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    context.log(Level.WARN);
    List<Checks.Finding> findings = new Checks(context).run();
    boolean healthy = findings.stream().noneMatch(f -> f.state() == Checks.State.PROBLEM);
    var json = Json.object().put("healthy", healthy);
    var array = json.putArray("checks");
    var table = new Table("check", "state", "what", "how to mend it");
    for (Checks.Finding f : findings) {
      array
          .addObject()
          .put("check", f.check())
          .put("state", f.state().code())
          .put("detail", f.detail())
          .put("mend", f.mend());
      table.row(f.check(), f.state().code(), f.detail(), f.mend());
    }
    // Never cut: a remedy is of no use without its end.
    context.print(json, () -> table.text(0));
    return healthy ? ExitStatus.DONE : ExitStatus.WRONG;
  }
}
