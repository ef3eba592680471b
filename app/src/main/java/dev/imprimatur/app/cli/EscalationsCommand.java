package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `imprimatur escalations`: the reviewers' queue.
@Command(
    name = "escalations",
    description = "The reviewers' queue: pending first, then oldest first.")
final class EscalationsCommand implements Callable<Integer> {
  private final Context context;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      defaultValue = "pending",
      description = "pending, resolved or all (default: pending).")
  private String status = "pending";

  @Option(
      names = "--limit",
      converter = Limits.class,
      paramLabel = "N",
      defaultValue = "200",
      description = "At most so many (default: 200).")
  private int limit = 200;

  @Option(names = "--snoozed", description = "Show those too that are snoozed.")
  private boolean snoozed;

  EscalationsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Escalation.@Nullable Status wanted = wanted();
    return context.session(session -> run(session, wanted));
  }

  private Escalation.@Nullable Status wanted() {
    if (status.equals("all")) {
      return null;
    }
    try {
      return Code.parse(Escalation.Status.class, status);
    } catch (IllegalArgumentException e) {
      throw Trouble.input("usage", "escalations: --status " + e.getMessage() + ", all");
    }
  }

  private int run(Session session, Escalation.@Nullable Status wanted) {
    List<Escalations.Detail> list =
        session.engine().review().escalations().list(wanted, limit).stream()
            .filter(d -> snoozed || wanted != Escalation.Status.PENDING || !d.snoozed())
            .toList();
    var json = Json.object();
    var array = json.putArray("escalations");
    list.forEach(d -> array.add(ReviewJson.escalation(d)));
    context.print(json, columns -> text(list, columns));
    return ExitStatus.DONE;
  }

  private String text(List<Escalations.Detail> list, int columns) {
    if (list.isEmpty()) {
      return status.equals("pending")
          ? "No escalation is pending.\n"
          : "There are no escalations"
              + (status.equals("all") ? "" : " that are " + status)
              + ".\n";
    }
    var table = new Table("id", "title", ">v", "reason", ">detectors", ">AEO", "raised", "status");
    for (Escalations.Detail detail : list) {
      Escalation.Row row = detail.row();
      Escalation e = row.escalation();
      table.row(
          Ids.brief(e.id()),
          row.articleTitle(),
          row.versionNumber(),
          Code.of(e.reason()),
          ReviewText.score(row.aiDetectorAvg()),
          ReviewText.score(row.aeoAvg()),
          ReviewText.time(e.raisedAt()),
          state(detail));
    }
    return table.text(columns);
  }

  private static String state(Escalations.Detail detail) {
    Escalation.Resolution resolution = detail.row().escalation().resolution();
    if (resolution != null) {
      return Code.of(resolution.outcome()) + " by " + resolution.by();
    }
    if (detail.snoozed()) {
      return "snoozed until " + ReviewText.time(detail.row().escalation().snoozedUntil());
    }
    return detail.claimHolder() == null ? "pending" : "claimed by " + detail.claimHolder();
  }
}
