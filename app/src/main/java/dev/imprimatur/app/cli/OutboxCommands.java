package dev.imprimatur.app.cli;

import dev.imprimatur.app.wiring.Session;
import dev.imprimatur.app.wiring.Trouble;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.Evidence;
import dev.imprimatur.engine.outbox.Outbox;
import dev.imprimatur.engine.outbox.OutboxCounters;
import dev.imprimatur.engine.review.Code;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `imprimatur outbox …`.
@Command(
    name = "outbox",
    description = "Events and their deliveries: look at them, replay or skip what is dead.")
final class OutboxCommands {
  private static final String ID = "The event's id or its beginning.";

  private final Context context;

  OutboxCommands(Context context) {
    this.context = context;
  }

  @Command(name = "list", description = "Events with their deliveries, newest first.")
  int list(
      @Option(
              names = "--subscriber",
              paramLabel = "S",
              description = "Only deliveries to this one, such as json-lines.")
          @Nullable String subscriber,
      @Option(
              names = "--state",
              paramLabel = "STATE",
              description = "Only deliveries that are pending, dead, acknowledged or skipped.")
          @Nullable String state,
      @Option(
              names = "--limit",
              converter = Limits.class,
              paramLabel = "N",
              defaultValue = "50",
              description = "At most so many events (default: 50).")
          int limit) {
    DeliveryState wanted = state == null ? null : state(state);
    return context.session(session -> {
      List<Evidence> events = session.engine().outbox().events(subscriber, wanted, limit);
      var json = Json.object();
      var array = json.putArray("events");
      events.forEach(e -> array.add(OutboxJson.evidence(e)));
      context.print(
          json,
          columns ->
              events.isEmpty()
                  ? "There are no such events.\n"
                  : OutboxJson.table(events).text(columns));
      return ExitStatus.DONE;
    });
  }

  private static DeliveryState state(String text) {
    try {
      return Code.parse(DeliveryState.class, text);
    } catch (IllegalArgumentException e) {
      throw Trouble.input("usage", "outbox list: --state " + e.getMessage());
    }
  }

  @Command(name = "show", description = "All there is to know about an event.")
  int show(@Parameters(paramLabel = "EVENT", description = ID) String id) {
    return context.session(session -> {
      Evidence evidence =
          session.engine().outbox().evidence(new Ids(session.engine()).event(id)).orElseThrow();
      context.print(OutboxJson.evidence(evidence), columns -> OutboxJson.text(evidence, columns));
      return ExitStatus.DONE;
    });
  }

  @Command(
      name = "replay",
      description = "Deliver an event again, with the same id; or everything that is dead.")
  int replay(
      @Parameters(paramLabel = "EVENT", arity = "0..1", description = ID + " Or --dead.")
          @Nullable String id,
      @Option(names = "--dead", description = "Every delivery that is dead.") boolean dead,
      @Option(names = "--subscriber", paramLabel = "S", description = "Only to this one.")
          @Nullable String subscriber) {
    if ((id == null) != dead) {
      throw Trouble.input("usage", "outbox replay: name either an event or --dead");
    }
    return context.session(session ->
        id == null ? replayDead(session, subscriber) : replayOne(session, id, subscriber));
  }

  private int replayDead(Session session, @Nullable String subscriber) {
    Decision<Outbox.Replayed> decision = session.engine().outbox().replayDead(subscriber);
    if (decision instanceof Decision.Decided<Outbox.Replayed>) {
      session.engine().dispatchEvents();
    }
    return Decisions.print(
        context,
        decision,
        replayed -> Json.object().put("deliveries", replayed.deliveries()),
        replayed ->
            replayed.deliveries()
                + (replayed.deliveries() == 1 ? " delivery was" : " deliveries were")
                + " dead and will be tried again.\n");
  }

  private int replayOne(Session session, String id, @Nullable String subscriber) {
    UUID event = new Ids(session.engine()).event(id);
    return print(session, session.engine().outbox().replay(event, subscriber));
  }

  @Command(
      name = "skip",
      description = "Give a dead delivery up, so that later events of its aggregate go on.")
  int skip(
      @Parameters(paramLabel = "EVENT", description = ID) String id,
      @Option(names = "--subscriber", paramLabel = "S", description = "Only this one's.")
          @Nullable String subscriber,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              required = true,
              description = "Why; kept in the audit.")
          String reason) {
    return context.session(session -> {
      UUID event = new Ids(session.engine()).event(id);
      return print(session, session.engine().outbox().skip(event, subscriber, reason));
    });
  }

  private int print(Session session, Decision<Evidence> decision) {
    if (decision instanceof Decision.Decided<Evidence>) {
      session.engine().dispatchEvents();
    }
    // Shown as it is after what could be handed on here and now was.
    return Decisions.print(
        context,
        decision.map(e -> session.engine().outbox().evidence(e.event().id()).orElse(e)),
        e -> (ObjectNode) Json.object().set("event", OutboxJson.evidence(e)),
        e -> OutboxJson.text(e, context.around().columns()));
  }

  @Command(
      name = "counters",
      description = "How much there is, and the counts that must be 0; status 1 if one is not.")
  int counters() {
    return context.session(session -> {
      OutboxCounters counters = session.engine().outbox().counters();
      context.print(OutboxJson.counters(counters), columns -> OutboxJson.text(counters, columns));
      return counters.sound() ? ExitStatus.DONE : ExitStatus.WRONG;
    });
  }
}
