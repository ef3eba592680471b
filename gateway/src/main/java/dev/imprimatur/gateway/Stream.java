package dev.imprimatur.gateway;

import dev.imprimatur.engine.fault.FaultPoint;
import dev.imprimatur.engine.fault.FaultPoints;
import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.outbox.OutboxEvent;
import dev.imprimatur.engine.store.OutboxStore.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The events that are out to one subscriber over one connection, of which there is a bounded
/// number. An event leaves it when its acknowledgement is stored, or when it is given back.
final class Stream {
  private final Peer peer;
  private final String subscriber;
  private final int window;
  private final FaultPoints faults;
  private final Map<UUID, Out> out = new LinkedHashMap<>();
  private final Map<UUID, Out> late;
  private long sendings;
  private long furthest = -1;
  private long moved = System.nanoTime();
  private boolean closed;

  /// One event that is out.
  ///
  /// @param first order of its first sending over this connection: an acknowledgement may be of
  ///   that
  /// @param order of its latest sending
  /// @param sent when that was, as `System.nanoTime()`
  private record Out(Claim claim, long first, long order, long sent, boolean acknowledged) {}

  /// What is to be stored of an acknowledgement.
  enum Acknowledged {
    /// It is to be stored.
    STORE,
    /// It was heard before.
    AGAIN,
    /// No such event is or was out.
    UNKNOWN
  }

  /// What was not acknowledged in time.
  ///
  /// @param passedOver whether the subscriber acknowledged an event that it got later
  record Overdue(Claim claim, boolean passedOver) {}

  Stream(Peer peer, String subscriber, int window, FaultPoints faults) {
    this.peer = peer;
    this.subscriber = subscriber;
    this.window = window;
    this.faults = faults;
    this.late =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<UUID, Out> eldest) {
            return size() > 2 * window;
          }
        };
  }

  Peer peer() {
    return peer;
  }

  String subscriber() {
    return subscriber;
  }

  /// Unique over all processes.
  String holder() {
    return peer.connection().toString();
  }

  /// How many more events may be out; 0 where the connection has no room.
  synchronized int free() {
    return closed || !peer.isOpen() || !peer.hasRoom() ? 0 : window - out.size();
  }

  /// Sends events that are claimed.
  ///
  /// @return those it could not
  List<Claim> send(List<Claim> claims) {
    List<Claim> back = new ArrayList<>();
    for (Claim claim : claims) {
      if (!send(claim)) {
        back.add(light(claim));
      }
    }
    return back;
  }

  private synchronized boolean send(Claim claim) {
    if (closed) {
      return false;
    }
    // Entered before it is sent: the answer may be quicker than we are.
    if (out.isEmpty()) {
      moved = System.nanoTime();
    }
    long order = sendings++;
    Out before = late.get(claim.event().id());
    long first = before == null ? order : before.first();
    out.put(claim.event().id(), new Out(light(claim), first, order, System.nanoTime(), false));
    if (!peer.offer(Wire.event(claim.event()))) {
      out.remove(claim.event().id());
      return false;
    }
    faults.reach(FaultPoint.PUSH_SENT);
    return true;
  }

  /// Payloads need not be kept while an event is out.
  private static Claim light(Claim claim) {
    OutboxEvent e = claim.event();
    return new Claim(
        claim.subscriber(),
        new OutboxEvent(
            e.id(),
            e.sequence(),
            e.aggregateType(),
            e.aggregateId(),
            e.type(),
            e.key(),
            Json.object(),
            e.occurredAt()),
        claim.token(),
        claim.attempt());
  }

  /// What is to be done about an acknowledgement.
  ///
  /// @param claim set to what is to be stored
  record Answer(Acknowledged what, List<Claim> claim) {}

  /// Takes an acknowledgement in.
  synchronized Answer acknowledge(UUID event) {
    Out one = out.get(event);
    if (one == null) {
      Out before = late.remove(event);
      return before == null
          ? new Answer(Acknowledged.UNKNOWN, List.of())
          : new Answer(Acknowledged.STORE, List.of(before.claim()));
    }
    if (one.acknowledged()) {
      return new Answer(Acknowledged.AGAIN, List.of());
    }
    out.put(event, new Out(one.claim(), one.first(), one.order(), one.sent(), true));
    furthest = Math.max(furthest, one.first());
    late.remove(event);
    moved = System.nanoTime();
    return new Answer(Acknowledged.STORE, List.of(one.claim()));
  }

  /// An acknowledgement is stored: there is room for another event.
  synchronized void stored(Claim claim) {
    Out one = out.get(claim.event().id());
    if (one != null && one.claim().token() == claim.token()) {
      out.remove(claim.event().id());
    }
  }

  /// Takes out what is overdue: what the subscriber has passed over, and everything if it has
  /// acknowledged nothing for so long. While it works through what it has, nothing is.
  synchronized List<Overdue> overdue(long now, Duration ack) {
    List<Overdue> all = new ArrayList<>();
    for (Out one : List.copyOf(out.values())) {
      boolean passedOver = one.order() < furthest;
      long since = passedOver ? one.sent() : Math.max(one.sent(), moved);
      if (!one.acknowledged() && now - since > ack.toNanos()) {
        out.remove(one.claim().event().id());
        late.put(one.claim().event().id(), one);
        all.add(new Overdue(one.claim(), passedOver));
      }
    }
    return all;
  }

  /// Ends it.
  ///
  /// @return what is to be given back
  synchronized List<Claim> close() {
    closed = true;
    List<Claim> back =
        out.values().stream().filter(o -> !o.acknowledged()).map(Out::claim).toList();
    out.clear();
    return back;
  }
}
