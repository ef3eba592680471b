package dev.imprimatur.app.cli;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.engine.setting.Keys;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `imprimatur escalation …`: one escalation.
@Command(name = "escalation", description = "Look at one escalation, claim it, decide it.")
final class EscalationCommands {
  private static final String REVISION = "The revision you saw; refused if it has another by now.";
  private static final String ID = "The escalation's id or its beginning.";

  private final Context context;

  EscalationCommands(Context context) {
    this.context = context;
  }

  @Command(name = "show", description = "All there is to know about it.")
  int show(@Parameters(paramLabel = "ID", description = ID) String id) {
    return context.session(session -> {
      UUID escalation = new Ids(session.engine()).escalation(id).id();
      Escalations.Detail detail =
          session.engine().review().escalations().find(escalation).orElseThrow();
      context.print(ReviewJson.escalation(detail), () -> ReviewText.escalation(detail));
      return ExitStatus.DONE;
    });
  }

  @Command(name = "claim", description = "Take it, so that others see that you work on it.")
  int claim(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--revision", paramLabel = "N", description = REVISION)
          @Nullable Long revision) {
    return decide(id, (desk, escalation) -> desk.claim(escalation, revision));
  }

  @Command(name = "release", description = "Give it back.")
  int release(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--revision", paramLabel = "N", description = REVISION)
          @Nullable Long revision) {
    return decide(id, (desk, escalation) -> desk.release(escalation, revision));
  }

  @Command(name = "comment", description = "Add a remark.")
  int comment(
      @Parameters(index = "0", paramLabel = "ID", description = ID) String id,
      @Parameters(index = "1", paramLabel = "TEXT", description = "What to say.") String text) {
    return decide(id, (desk, escalation) -> desk.comment(escalation, text));
  }

  @Command(name = "snooze", description = "Put it out of sight for a while.")
  int snooze(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(
              names = "--for",
              paramLabel = "TIME",
              defaultValue = "1d",
              description = "How long, such as 4h or 2d (default: 1d).")
          String time,
      @Option(names = "--revision", paramLabel = "N", description = REVISION)
          @Nullable Long revision) {
    Duration howLong;
    try {
      howLong = Keys.parseDuration(time);
    } catch (IllegalArgumentException e) {
      throw dev.imprimatur.app.wiring.Trouble.input(
          "usage", "escalation snooze: --for '" + time + "' " + e.getMessage());
    }
    return decide(id, (desk, escalation) -> desk.snooze(escalation, revision, howLong));
  }

  @Command(name = "resolve", description = "Decide it for good.")
  int resolve(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(
              names = "--decision",
              paramLabel = "DECISION",
              required = true,
              description = "override, fixed, false_alarm or rejected.")
          Escalation.Outcome decision,
      @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why.")
          String reason,
      @Option(names = "--revision", paramLabel = "N", description = REVISION)
          @Nullable Long revision) {
    return decide(id, (desk, escalation) -> desk.resolve(escalation, revision, decision, reason));
  }

  @FunctionalInterface
  private interface Act {
    Decision<Escalations.Detail> on(Escalations desk, UUID escalation);
  }

  private int decide(String id, Act act) {
    return context.session(session -> {
      UUID escalation = new Ids(session.engine()).escalation(id).id();
      Decision<Escalations.Detail> decision =
          act.on(session.engine().review().escalations(), escalation);
      session.engine().dispatchEvents();
      return Decisions.print(context, decision, ReviewJson::escalation, ReviewText::escalation);
    });
  }
}
