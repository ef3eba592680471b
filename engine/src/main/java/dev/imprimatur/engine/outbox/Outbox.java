package dev.imprimatur.engine.outbox;

import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.store.AuditStore;
import dev.imprimatur.engine.store.Transaction;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The outbox as people see it and act on it.
public final class Outbox {
  /// What the audit calls an event.
  public static final String ENTITY = "outbox_event";

  private static final String REPLAYED = "outbox.replayed";
  private static final String SKIPPED = "outbox.skipped";
  private static final int BATCH = 200;

  private final UnitOfWork database;
  private final WakeUps wakeUps;

  public Outbox(UnitOfWork database, WakeUps wakeUps) {
    this.database = database;
    this.wakeUps = wakeUps;
  }

  /// Events with their deliveries, newest first. Where something is asked for, only the events and
  /// of these only the deliveries that match; nulls match all.
  public List<Evidence> events(
      @Nullable String subscriber, @Nullable DeliveryState state, int limit) {
    return database.inTransaction(tx -> tx.outbox().events(subscriber, state, limit));
  }

  /// The ids of all events that match: those with a dead delivery first, then the newest.
  public List<UUID> order(OutboxQuery query) {
    return database.inTransaction(tx -> tx.outbox().order(query));
  }

  /// All that is known of these events; those that are not there are missing. In a number of
  /// queries that does not depend on how many are asked for.
  public Map<UUID, Evidence> rows(List<UUID> events) {
    return database.inTransaction(tx -> tx.outbox().rows(events));
  }

  /// The types of all events there are, in order.
  public List<String> types() {
    return database.inTransaction(tx -> tx.outbox().types());
  }

  /// All that is known of an event.
  public Optional<Evidence> evidence(UUID event) {
    return database.inTransaction(tx -> tx.outbox().evidence(event));
  }

  /// Events whose id begins so, at most 10.
  public List<OutboxEvent> findByIdPrefix(String prefix) {
    return database.inTransaction(tx -> tx.outbox().findByIdPrefix(prefix));
  }

  /// Counts over the tables as they are.
  public OutboxCounters counters() {
    return database.inTransaction(tx -> tx.outbox().counters());
  }

  /// The names of all subscribers, in order.
  public List<String> subscribers() {
    return database.inTransaction(tx -> tx.outbox().subscribers());
  }

  /// Delivers an event again, with the same id: what is dead, acknowledged or skipped becomes
  /// pending, with all its attempts.
  ///
  /// @param subscriber only to this one, or null for all it was written for
  public Decision<Evidence> replay(UUID event, @Nullable String subscriber) {
    return act(
        event,
        subscriber,
        "replaying an event",
        (tx, found) -> {
          List<Delivery> replayed = new ArrayList<>();
          for (Delivery delivery : found) {
            if (tx.outbox().replay(delivery.subscriber(), event)) {
              replayed.add(delivery);
            }
          }
          if (replayed.isEmpty()) {
            return already(tx, event, REPLAYED)
                .orElseGet(() ->
                    refused(
                        "nothing_to_replay",
                        "event " + event + " is still to be delivered",
                        Map.of("event", event.toString(), "deliveries", states(found)),
                        "A worker delivers it when it is due; only what is dead, acknowledged or"
                            + " skipped is replayed."));
          }
          audit(tx, event, REPLAYED, replayed, DeliveryState.PENDING, null);
          return null;
        });
  }

  /// Gives dead deliveries of an event up, so that later events of its aggregate go on without it.
  ///
  /// @param subscriber only this one's, or null for all that are dead
  /// @param reason must not be blank
  public Decision<Evidence> skip(UUID event, @Nullable String subscriber, String reason) {
    if (reason.isBlank()) {
      return refused(
          "reason_required",
          "skipping an event needs a reason",
          Map.of(),
          "Say why, with --reason.");
    }
    return act(
        event,
        subscriber,
        "skipping an event",
        (tx, found) -> {
          List<Delivery> skipped = new ArrayList<>();
          for (Delivery delivery : found) {
            if (tx.outbox().skip(delivery.subscriber(), event)) {
              skipped.add(delivery);
            }
          }
          if (skipped.isEmpty()) {
            return already(tx, event, SKIPPED)
                .orElseGet(() ->
                    refused(
                        "not_dead",
                        "no such delivery of event " + event + " is dead",
                        Map.of("event", event.toString(), "deliveries", states(found)),
                        "Only dead deliveries are skipped."));
          }
          audit(tx, event, SKIPPED, skipped, DeliveryState.SKIPPED, reason.strip());
          return null;
        });
  }

  /// How much came of replaying what is dead.
  ///
  /// @param deliveries how many are pending again
  public record Replayed(int deliveries) {}

  /// Delivers all that is dead again, in order of writing, in transactions of bounded size: what
  /// one of them committed stays replayed if a later one fails.
  ///
  /// @param subscriber only this one's, or null for all
  public Decision<Replayed> replayDead(@Nullable String subscriber) {
    // What dies again meanwhile is left for the next time, or this might never end.
    Instant until = database.inTransaction(Transaction::now);
    int all = 0;
    while (true) {
      Decision<Replayed> some = replaySome(subscriber, until);
      if (!(some instanceof Decision.Decided<Replayed> decided)) {
        return some;
      }
      if (decided.value().deliveries() == 0) {
        break;
      }
      all += decided.value().deliveries();
      wakeUps.ring();
    }
    if (all > 0) {
      return new Decision.Decided<>(new Replayed(all));
    }
    return refused(
        "nothing_to_replay",
        subscriber == null ? "no delivery is dead" : "no delivery to " + subscriber + " is dead",
        subscriber == null ? Map.of() : Map.of("subscriber", subscriber),
        "'imprimatur outbox list' shows what there is.");
  }

  private Decision<Replayed> replaySome(@Nullable String subscriber, Instant until) {
    return database.inTransaction(tx -> {
      if (!tx.actor().human()) {
        return humanRequired(tx, "replaying events");
      }
      if (subscriber != null && !tx.outbox().subscribers().contains(subscriber)) {
        return unknownSubscriber(tx, subscriber);
      }
      int replayed = 0;
      List<Delivery> dead = tx.outbox().dead(subscriber, until, BATCH);
      for (Delivery delivery : dead) {
        // False where another replayed it since it was read; it is no longer among the dead then.
        if (tx.outbox().replay(delivery.subscriber(), delivery.event().id())) {
          audit(
              tx, delivery.event().id(), REPLAYED, List.of(delivery), DeliveryState.PENDING, null);
          replayed++;
        }
      }
      return new Decision.Decided<>(new Replayed(replayed));
    });
  }

  @FunctionalInterface
  private interface Step {
    @Nullable Decision<Evidence> take(Transaction tx, List<Delivery> deliveries);
  }

  private Decision<Evidence> act(UUID event, @Nullable String subscriber, String what, Step step) {
    Decision<Evidence> decision =
        database.inTransaction(tx -> {
          if (!tx.actor().human()) {
            return humanRequired(tx, what);
          }
          tx.outbox().lockDeliveries(event);
          Evidence before = tx.outbox().evidence(event).orElse(null);
          if (before == null) {
            return refused(
                "not_found",
                "there is no event " + event,
                Map.of("id", event.toString()),
                "'imprimatur outbox list' shows all.");
          }
          if (subscriber != null && !tx.outbox().subscribers().contains(subscriber)) {
            return unknownSubscriber(tx, subscriber);
          }
          List<Delivery> wanted =
              before.deliveries().stream()
                  .filter(d -> subscriber == null || d.subscriber().equals(subscriber))
                  .toList();
          if (wanted.isEmpty()) {
            return refused(
                "not_subscribed",
                "event "
                    + event
                    + " was written for "
                    + (subscriber == null ? "nobody" : "others than " + subscriber),
                Map.of("event", event.toString()),
                "A subscriber gets the events that are written after it became known.");
          }
          Decision<Evidence> other = step.take(tx, wanted);
          return other != null
              ? other
              : new Decision.Decided<>(tx.outbox().evidence(event).orElseThrow());
        });
    wakeUps.ring();
    return decision;
  }

  /// If the latest thing that people did about an event was this, somebody was quicker.
  private static Optional<Decision<Evidence>> already(Transaction tx, UUID event, String action) {
    List<AuditEntry> latest = tx.audit().list(ENTITY, event.toString(), 1);
    if (latest.isEmpty() || !latest.getFirst().action().equals(action)) {
      return Optional.empty();
    }
    AuditEntry entry = latest.getFirst();
    return Optional.of(
        new Decision.AlreadyDecided<>(
            entry.action(), entry.actor().id(), entry.at(), entry.entityVersion()));
  }

  private static void audit(
      Transaction tx,
      UUID event,
      String action,
      List<Delivery> before,
      DeliveryState after,
      @Nullable String reason) {
    var now = Json.object();
    before.forEach(d -> now.put(d.subscriber(), code(after)));
    int published = before.stream().mapToInt(Delivery::publishCount).max().orElse(0);
    tx.audit()
        .append(
            new AuditStore.Record(
                ENTITY, event.toString(), action, published, Json.of(states(before)), now, reason));
  }

  private static Map<String, String> states(List<Delivery> deliveries) {
    Map<String, String> states = new java.util.LinkedHashMap<>();
    deliveries.forEach(d -> states.put(d.subscriber(), code(d.state())));
    return states;
  }

  private static String code(DeliveryState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static <T> Decision<T> humanRequired(Transaction tx, String what) {
    return refused(
        "human_required",
        what + " is for people; " + tx.actor().id() + " is automation here",
        Map.of("actor", tx.actor().id()),
        "Let a reviewer do it from the command line.");
  }

  private static <T> Decision<T> unknownSubscriber(Transaction tx, String subscriber) {
    List<String> known = tx.outbox().subscribers();
    return refused(
        "unknown_subscriber",
        "there is no subscriber '" + subscriber + "'",
        Map.of("subscriber", subscriber, "known", known),
        known.isEmpty() ? "There is none yet." : "There is " + String.join(", ", known) + ".");
  }

  private static <T> Decision<T> refused(
      String code, String message, Map<String, ?> facts, String unblock) {
    return new Decision.Refused<>(new Refusal(code, message, facts, unblock));
  }
}
