package dev.imprimatur.gateway;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.gateway.Subscribers;
import dev.imprimatur.engine.gateway.Subscribers.Subscribed;
import dev.imprimatur.engine.queue.WakeUps;
import dev.imprimatur.engine.store.OutboxStore.Claim;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.engine.store.SubscriptionStore.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream.Builder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Feeds all subscribers that are connected here. One query says for whom there is something; what
/// is due is claimed for several at a time and sent without waiting for anybody. A slow one's
/// window is full, and it is passed over.
final class Streams implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
  private static final int AT_A_TIME = 8;
  private static final int EVENTS_AT_A_TIME = 16;
  private static final int LOCKS = 64;

  /// A claim is given back when its connection ends and void when its subscriber comes again, so
  /// that it need not run out soon; it is for what nobody thought of.
  private static final Duration SHORTEST_LEASE = Duration.ofHours(1);

  private final Subscribers subscribers;
  private final Engine engine;
  private final Limits limits;
  private final Returns returns;
  private final WakeUps bell;
  private final Duration lease;
  private final Map<String, Stream> streams = new ConcurrentHashMap<>();
  private final List<ReentrantLock> locks;
  private volatile boolean stopping;

  Streams(Engine engine, Limits limits, Returns returns, WakeUps bell) {
    this.engine = engine;
    this.subscribers = engine.subscribers();
    this.limits = limits;
    this.returns = returns;
    this.bell = bell;
    this.lease = Collections.max(List.of(SHORTEST_LEASE, limits.ack().multipliedBy(4)));
    Builder<ReentrantLock> all = java.util.stream.Stream.builder();
    for (int i = 0; i < LOCKS; i++) {
      all.add(new ReentrantLock());
    }
    this.locks = all.build().toList();
  }

  /// Subscribes a client. The newest connection of a subscriber gets its events; an older one is
  /// closed.
  ///
  /// @param told is run before the first event is sent
  Subscribed open(
      Peer peer,
      String name,
      Set<String> types,
      OptionalLong from,
      java.util.function.Consumer<Subscribed.Ready> told) {
    ReentrantLock lock = locks.get(Math.floorMod(name.hashCode(), LOCKS));
    // Two connections of one name: who holds it is the one that is fed.
    lock.lock();
    try {
      Subscribed subscribed =
          subscribers.subscribe(name, types, from, peer.connection().toString());
      if (subscribed instanceof Subscribed.Ready ready) {
        var stream = new Stream(peer, ready.subscriber(), limits.window(), engine.faults());
        peer.stream(stream);
        told.accept(ready);
        Stream older = streams.put(ready.subscriber(), stream);
        if (older != null) {
          replaced(older);
        }
        if (peer.hasEnded()) {
          ended(stream);
        }
        bell.ring();
      }
      return subscribed;
    } finally {
      lock.unlock();
    }
  }

  /// A connection has ended: what was out is given back.
  void ended(Stream stream) {
    streams.remove(stream.subscriber(), stream);
    stream.close().forEach(claim -> returns.add(new Returns.Item.GivenBack(stream, claim)));
    returns.add(new Returns.Item.Ended(stream));
  }

  private void replaced(Stream stream) {
    stream.peer().close(CloseCode.REPLACED, "a newer connection subscribes to the same name");
    ended(stream);
  }

  /// Takes an acknowledgement in.
  Stream.Acknowledged acknowledge(Stream stream, UUID event) {
    Stream.Answer answer = stream.acknowledge(event);
    answer.claim().forEach(claim -> returns.add(new Returns.Item.Acknowledged(stream, claim)));
    return answer.what();
  }

  /// Takes back what is overdue.
  void tick(long now) {
    for (Stream stream : streams.values()) {
      for (Stream.Overdue one : stream.overdue(now, limits.ack())) {
        returns.add(
            one.passedOver()
                ? new Returns.Item.PassedOver(stream, one.claim())
                : new Returns.Item.GivenBack(stream, one.claim()));
      }
    }
  }

  int size() {
    return streams.size();
  }

  void stop() {
    stopping = true;
    bell.ring();
  }

  @Override
  public void run() {
    try {
      while (!stopping) {
        long seen = bell.count();
        boolean more = false;
        try {
          more = round();
        } catch (StoreException.Unavailable | StoreException.Transient e) {
          LOG.warn("events can't be read for now: {}", e.getMessage());
        } catch (RuntimeException e) {
          LOG.error("events could not be handed on", e);
        }
        if (!more) {
          bell.await(seen, limits.poll().toMillis());
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("the thread that feeds subscribers was interrupted");
    }
  }

  /// Sends what is due.
  ///
  /// @return whether there may be more
  private boolean round() {
    Map<String, Stream> open = new HashMap<>(streams);
    Map<String, Standing> standings =
        subscribers.standing(open.keySet()).stream()
            .collect(Collectors.toMap(Standing::subscriber, s -> s));
    List<Subscribers.Place> places = new ArrayList<>();
    open.forEach((name, stream) -> {
      Standing standing = standings.get(name);
      if (standing == null || !standing.holder().equals(stream.holder())) {
        // Another process has it now.
        replaced(stream);
        return;
      }
      int free = Math.min(stream.free(), EVENTS_AT_A_TIME);
      if (standing.due() && free > 0) {
        places.add(new Subscribers.Place(name, stream.holder(), free));
      }
    });
    // So that nobody is always the last.
    Collections.shuffle(places);
    boolean sent = false;
    for (int i = 0; i < places.size() && !stopping; i += AT_A_TIME) {
      sent |= feed(places.subList(i, Math.min(places.size(), i + AT_A_TIME)), open);
    }
    return sent;
  }

  private boolean feed(List<Subscribers.Place> places, Map<String, Stream> open) {
    List<Claim> claims = subscribers.claim(places, lease);
    Map<String, List<Claim>> byName =
        claims.stream().collect(Collectors.groupingBy(Claim::subscriber));
    boolean sent = false;
    for (Map.Entry<String, List<Claim>> entry : byName.entrySet()) {
      Stream stream = java.util.Objects.requireNonNull(open.get(entry.getKey()));
      List<Claim> back = stream.send(entry.getValue());
      back.forEach(claim -> returns.add(new Returns.Item.GivenBack(stream, claim)));
      sent |= back.size() < entry.getValue().size();
    }
    return sent;
  }
}
