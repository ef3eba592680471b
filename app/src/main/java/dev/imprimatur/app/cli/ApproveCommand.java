package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.review.Approvals;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Version;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `imprimatur approve`.
@Command(name = "approve", description = "Approve a version: it may go out.")
final class ApproveCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(
      paramLabel = "ID",
      description = "An article, whose latest version is meant, or a version.")
  private String id = "";

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "The number of the version, where an article is named.")
  private @Nullable Integer number;

  @Option(names = "--note", paramLabel = "TEXT", description = "A note to keep with the approval.")
  private @Nullable String note;

  @Option(
      names = "--resolve",
      paramLabel = "DECISION",
      description =
          "Resolve the version's pending escalations in the same decision: override, fixed, false_alarm or rejected.")
  private Escalation.@Nullable Outcome resolve;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why they are resolved so.")
  private String reason = "";

  @Option(
      names = "--revision",
      paramLabel = "N",
      description = "The article's revision you saw; refused if it has another by now.")
  private @Nullable Long revision;

  ApproveCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return context.session(this::run);
  }

  private int run(Session session) {
    Version version = new Ids(session.engine()).versionOrLatest(id);
    if (number != null) {
      int wanted = number;
      version =
          session
              .engine()
              .review()
              .articles()
              .version(version.articleId(), wanted)
              .orElseThrow(
                  () -> Trouble.input("not_found", "article " + id + " has no version " + wanted));
    }
    var resolving = resolve == null ? null : new Approvals.Resolving(resolve, reason);
    var decision =
        session.engine().review().approvals().approve(version.id(), revision, note, resolving);
    session.engine().dispatchEvents();
    return Decisions.print(context, decision, ReviewJson::standing, ReviewText::standing);
  }
}
