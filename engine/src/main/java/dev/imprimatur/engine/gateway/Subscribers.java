package dev.imprimatur.engine.gateway;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.store.OutboxStore;
import dev.imprimatur.engine.store.SubscriptionStore;
import dev.imprimatur.engine.store.SubscriptionStore.Standing;
import dev.imprimatur.engine.store.SubscriptionStore.Subscription;
import dev.imprimatur.engine.store.UnitOfWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// Deliveries to subscribers that connect and go. What may go wrong between any two steps:
///
/// - subscribed, while others write events: an event is written for the subscribers its transaction
///   saw. Whoever asks for earlier events gets them only when every transaction that may not have
///   seen him has ended, so that none falls between.
/// - the process dies before that: the subscriber is known and marked as not filled; it is filled
///   when it comes again. A filling that is done twice adds nothing.
/// - claimed, and the process dies, or the connection: nobody confirms; the claim is given back, or
///   runs out, or is void when the subscriber comes again, here or elsewhere. The event goes out
///   again with its id.
/// - confirmed, and the process dies before that is stored: the same.
/// - two connections of one subscriber, in one process or two: the newer one holds it. Claiming
///   locks the subscriber and looks who holds it; taking over waits for that lock, and then makes
///   everything that was out due.
/// - a confirmation from the older one: its token is no longer in force if the event was sent
///   again.
public final class Subscribers {
  /// What the names of the gateway's subscribers begin with where deliveries are kept, so that none
  /// can take the place of one within the process.
  public static final String PREFIX = "gateway:";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final long LOOK_NANOS = 10_000_000;

  private final UnitOfWork database;
  private final FaultPoints faults;

  public Subscribers(UnitOfWork database, FaultPoints faults) {
    this.database = database;
    this.faults = faults;
  }

  /// Whether a subscriber may be called so.
  public static boolean validName(String name) {
    return NAME.matcher(name).matches();
  }

  /// What subscribing came to.
  public sealed interface Subscribed {
    /// Events may be claimed.
    ///
    /// @param fresh whether it was unknown before
    record Ready(String subscriber, boolean fresh) implements Subscribed {}

    /// A transaction that began before is still open; try again soon.
    record Busy() implements Subscribed {}
  }

  /// Makes a subscriber known, or known again, and gives its deliveries to one connection.
  ///
  /// @param name as [#validName] wants it
  /// @param types of events it wants; empty for all
  /// @param from sequence of the first event a new subscriber wants; empty for those that are
  ///   written from now on. One that is known goes on where it was
  /// @param holder unique for each connection, over all processes
  public Subscribed subscribe(String name, Set<String> types, OptionalLong from, String holder) {
    if (!validName(name)) {
      throw new IllegalArgumentException("no subscriber may be called '" + name + "'");
    }
    String subscriber = PREFIX + name;
    var wanted = new Subscription(subscriber, types, from.orElse(0), from.isEmpty());
    record Entered(boolean fresh, boolean filled) {}
    Entered entered =
        database.inTransaction(tx -> {
          Subscription known = tx.subscriptions().lock(subscriber).orElse(null);
          if (known == null) {
            tx.subscriptions().add(wanted);
            // Another may have been quicker: his stands.
            known = tx.subscriptions().lock(subscriber).orElseThrow();
            return new Entered(true, known.filled());
          }
          if (!known.types().equals(types)) {
            tx.subscriptions().want(subscriber, types);
          }
          return new Entered(false, known.filled());
        });
    if (!entered.filled()) {
      faults.reach(FaultPoint.SUBSCRIBER_ADDED);
      if (!awaitWriters()) {
        return new Subscribed.Busy();
      }
      database.run(tx -> tx.subscriptions().fill(subscriber));
    }
    database.run(tx -> tx.subscriptions().hold(subscriber, holder));
    return new Subscribed.Ready(subscriber, entered.fresh());
  }

  private boolean awaitWriters() {
    String mark = database.inTransaction(tx -> tx.subscriptions().writersMark());
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!database.inTransaction(tx -> tx.subscriptions().writersEnded(mark))) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }

  /// Ends a connection's hold, unless another has taken over.
  public void letGo(String subscriber, String holder) {
    database.run(tx -> tx.subscriptions().letGo(subscriber, holder));
  }

  /// How it stands with these: one query for all.
  public List<Standing> standing(Collection<String> subscribers) {
    return subscribers.isEmpty()
        ? List.of()
        : database.inTransaction(tx -> tx.subscriptions().standing(subscribers));
  }

  /// What one connection may take.
  ///
  /// @param free places in its window
  public record Place(String subscriber, String holder, int free) {}

  /// Takes up what is due for some subscribers, in one transaction.
  public List<OutboxStore.Claim> claim(List<Place> places, Duration lease) {
    List<OutboxStore.Claim> claims =
        database.inTransaction(tx -> {
          List<OutboxStore.Claim> all = new ArrayList<>();
          for (Place place : places) {
            all.addAll(
                tx.subscriptions().claim(place.subscriber(), place.holder(), place.free(), lease));
          }
          return all;
        });
    if (!claims.isEmpty()) {
      faults.reach(FaultPoint.PUSH_CLAIMED);
    }
    return claims;
  }

  /// Stores what came back from subscribers, in one transaction.
  ///
  /// @param confirmed acknowledged
  /// @param returned not acknowledged, for no fault of theirs: due at once
  /// @param failed not acknowledged by a subscriber that acknowledged others meanwhile
  /// @return those of the confirmed whose claim was still in force
  public Set<OutboxStore.Claim> store(
      Collection<OutboxStore.Claim> confirmed,
      Collection<OutboxStore.Claim> returned,
      Map<OutboxStore.Claim, OutboxStore.Failure> failed) {
    if (!confirmed.isEmpty()) {
      faults.reach(FaultPoint.ACK_RECEIVED);
    }
    Set<OutboxStore.Claim> stored =
        database.inTransaction(tx -> {
          SubscriptionStore store = tx.subscriptions();
          Set<OutboxStore.Claim> marked =
              confirmed.isEmpty() ? Set.of() : store.acknowledge(confirmed);
          if (!returned.isEmpty()) {
            store.giveBack(returned);
          }
          failed.forEach(store::failed);
          return marked;
        });
    if (!confirmed.isEmpty()) {
      faults.reach(FaultPoint.ACK_STORED);
    }
    return stored;
  }
}
