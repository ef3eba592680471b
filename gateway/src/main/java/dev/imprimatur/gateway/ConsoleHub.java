package dev.imprimatur.gateway;

import dev.imprimatur.engine.change.Change;
import dev.imprimatur.engine.change.ChangeListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/// The consoles that are connected: each hears what has changed, and who of the others looks at
/// what or has claimed it. Presence is remembered here alone and ends with the connection.
final class ConsoleHub implements ChangeListener {
  private static final int MOST_PRESENCES = 100;
  private static final Set<String> STATES = Set.of("looking", "claimed", "left");

  private final Map<Peer, Map<Thing, String>> consoles = new ConcurrentHashMap<>();

  /// Something that may be looked at.
  private record Thing(String entity, String id) {}

  /// A console is let in: it is told who is there.
  void enter(Peer peer) {
    consoles.put(peer, new LinkedHashMap<>());
    consoles.forEach((other, present) -> {
      if (other != peer) {
        Map<Thing, String> now;
        synchronized (present) {
          now = new LinkedHashMap<>(present);
        }
        now.forEach((thing, state) -> peer.send(presence(other, thing, state)));
      }
    });
    if (peer.hasEnded()) {
      leave(peer);
    }
  }

  /// A console has gone, and with it its presence.
  void leave(Peer peer) {
    Map<Thing, String> gone = consoles.remove(peer);
    if (gone == null) {
      return;
    }
    synchronized (gone) {
      gone.keySet().forEach(thing -> tell(peer, presence(peer, thing, "left")));
    }
  }

  /// A console says where its person is.
  ///
  /// @throws Wire.BadMessage if it says what can't be
  void present(Peer peer, String entity, String id, String state) throws Wire.BadMessage {
    if (!STATES.contains(state)) {
      throw new Wire.BadMessage("bad_field", "'state' must be looking, claimed or left");
    }
    Map<Thing, String> present = consoles.get(peer);
    if (present == null) {
      return;
    }
    var thing = new Thing(entity, id);
    synchronized (present) {
      if (state.equals("left")) {
        present.remove(thing);
      } else if (present.size() >= MOST_PRESENCES && !present.containsKey(thing)) {
        throw new Wire.BadMessage(
            "too_many", "a console may be at " + MOST_PRESENCES + " places at most");
      } else {
        present.put(thing, state);
      }
    }
    tell(peer, presence(peer, thing, state));
  }

  private void tell(Peer from, ObjectNode message) {
    consoles.keySet().stream().filter(p -> p != from).forEach(p -> p.send(message));
  }

  private static ObjectNode presence(Peer peer, Thing thing, String state) {
    return Wire.message("presence")
        .put("entity", thing.entity())
        .put("id", thing.id())
        .put("who", peer.guest().map(Peer.Guest::client).orElse(""))
        .put("connection", peer.connection().toString())
        .put("state", state);
  }

  @Override
  public void changed(Change change) {
    if (consoles.isEmpty()) {
      return;
    }
    ObjectNode message =
        Wire.message("change")
            .put("entity", change.entity())
            .put("id", change.id())
            .put("revision", change.revision())
            .put("by", change.by());
    consoles.keySet().forEach(peer -> peer.send(message));
  }

  @Override
  public void missed() {
    consoles.keySet().forEach(peer -> peer.send(Wire.message("look_again")));
  }
}
