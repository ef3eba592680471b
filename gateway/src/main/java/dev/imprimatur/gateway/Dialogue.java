package dev.imprimatur.gateway;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.gateway.GatewayToken;
import dev.imprimatur.engine.gateway.Role;
import dev.imprimatur.engine.gateway.Subscribers;
import dev.imprimatur.engine.judge.JudgeDesk;
import dev.imprimatur.engine.judge.JudgeDesk.Judgement;
import dev.imprimatur.engine.judge.JudgeDesk.Reply;
import dev.imprimatur.engine.store.StoreException;
import dev.imprimatur.gateway.Wire.BadMessage;
import dev.imprimatur.gateway.Wire.Incoming;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is answered to what a client says. Each client's messages are answered one after the other,
/// on a thread of its own; whatever it says, it gets a code and a sentence, never a trace.
final class Dialogue {
  private static final Logger LOG = LoggerFactory.getLogger(Dialogue.class);
  private static final Set<String> TYPES =
      Set.of("hello", "subscribe", "ack", "next", "judgement", "presence");

  private final Engine engine;
  private final JudgeDesk desk;
  private final Streams streams;
  private final ConsoleHub consoles;
  private final Limits limits;

  Dialogue(Engine engine, JudgeDesk desk, Streams streams, ConsoleHub consoles, Limits limits) {
    this.engine = engine;
    this.desk = desk;
    this.streams = streams;
    this.consoles = consoles;
    this.limits = limits;
  }

  /// Answers a client until its connection has ended and all that it said has been heard: who
  /// acknowledges and goes has acknowledged.
  void with(Peer peer) {
    try {
      for (var message = peer.next(); message.isPresent(); message = peer.next()) {
        if (peer.counts()) {
          answer(peer, message.get());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(Peer peer, String message) {
    String type = null;
    try {
      Incoming incoming = Wire.read(message);
      type = incoming.type();
      Peer.Guest guest = peer.guest().orElse(null);
      if (guest == null) {
        hello(peer, incoming);
      } else {
        answer(peer, guest, incoming);
      }
    } catch (BadMessage e) {
      if (peer.guest().isEmpty()) {
        peer.close(CloseCode.NOT_LET_IN, "the first message must be a hello: " + e.why());
      } else {
        peer.send(refused(Wire.error(e.code(), e.why()), type));
      }
    } catch (StoreException.Unavailable | StoreException.Transient e) {
      LOG.warn("a client could not be answered for now: {}", e.getMessage());
      peer.close(CloseCode.TRY_LATER, "the database is out of reach; try again later");
    } catch (RuntimeException e) {
      LOG.error("a client could not be answered", e);
      if (peer.guest().isEmpty()) {
        peer.close(CloseCode.INTERNAL, "something is wrong here, and has been logged");
      } else {
        peer.send(
            refused(Wire.error("internal", "something is wrong here, and has been logged"), type));
      }
    }
  }

  private static ObjectNode refused(ObjectNode error, @Nullable String type) {
    return type == null
        ? error
        : error.put("in_reply_to", type.substring(0, Math.min(100, type.length())));
  }

  private void hello(Peer peer, Incoming incoming) throws BadMessage {
    if (!incoming.type().equals("hello")) {
      peer.close(CloseCode.NOT_LET_IN, "the first message must be a hello");
      return;
    }
    String secret = Wire.text(incoming.body(), "token", 200);
    String client = Wire.name(incoming.body(), "client");
    Role role =
        Role.ofCode(Wire.name(incoming.body(), "role"))
            .orElseThrow(
                () -> new BadMessage("bad_field", "'role' is console, judge or subscriber"));
    Optional<GatewayToken> token = engine.gatewayTokens().inForce(secret);
    if (token.isEmpty() || token.get().role() != role) {
      LOG.warn("a client that calls itself '{}' was not let in as {}", printable(client), role);
      peer.close(CloseCode.NOT_LET_IN, "no such token for this role");
      return;
    }
    peer.letIn(new Peer.Guest(token.get(), client));
    peer.send(
        Wire.message("welcome")
            .put("role", role.code())
            .put("client", client)
            .put("max_frame", limits.frame())
            .put("ping_seconds", Math.max(1, limits.ping().toSeconds())));
    if (role == Role.CONSOLE) {
      consoles.enter(peer);
    }
  }

  /// Names come from outside, and logs are read on terminals.
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private void answer(Peer peer, Peer.Guest guest, Incoming incoming) throws BadMessage {
    String type = incoming.type();
    if (!TYPES.contains(type)) {
      throw new BadMessage("unknown_type", "there is no message of this type");
    }
    JsonNode body = incoming.body();
    switch (type) {
      case "hello" -> throw new BadMessage("already_in", "you are in already");
      case "subscribe" -> {
        only(guest, r -> r == Role.SUBSCRIBER);
        subscribe(peer, body);
      }
      case "ack" -> {
        only(guest, r -> r == Role.SUBSCRIBER);
        acknowledge(peer, body);
      }
      case "next" -> {
        only(guest, r -> r == Role.JUDGE);
        next(peer, body);
      }
      case "judgement" -> {
        only(guest, r -> r == Role.JUDGE);
        judgement(peer, body);
      }
      default -> {
        only(guest, r -> r == Role.CONSOLE);
        consoles.present(
            peer, Wire.name(body, "entity"), Wire.name(body, "id"), Wire.name(body, "state"));
      }
    }
  }

  private static void only(Peer.Guest guest, Predicate<Role> may) throws BadMessage {
    if (!may.test(guest.role())) {
      throw new BadMessage("wrong_role", "this message is not for a " + guest.role().code());
    }
  }

  private void subscribe(Peer peer, JsonNode body) throws BadMessage {
    if (peer.stream().isPresent()) {
      throw new BadMessage("already_subscribed", "a connection subscribes once");
    }
    String name = Wire.text(body, "name", 80);
    if (!Subscribers.validName(name)) {
      throw new BadMessage(
          "bad_field", "'name' must be of letters, digits, '.', '_' and '-', at most 80");
    }
    var subscribed =
        streams.open(
            peer,
            name,
            Wire.types(body),
            Wire.from(body),
            ready ->
                peer.send(
                    Wire.message("subscribed")
                        .put("name", name)
                        .put("new", ready.fresh())
                        .put("window", limits.window())));
    if (subscribed instanceof Subscribers.Subscribed.Busy) {
      throw new BadMessage("busy", "the database is busy with older work; subscribe again soon");
    }
  }

  private void acknowledge(Peer peer, JsonNode body) throws BadMessage {
    Stream stream =
        peer.stream()
            .orElseThrow(() -> new BadMessage("not_subscribed", "subscribe before you answer"));
    switch (streams.acknowledge(stream, Wire.id(body))) {
      case STORE -> peer.asked();
      case AGAIN -> {}
      case UNKNOWN -> throw new BadMessage("unknown_event", "no such event is out to you");
    }
  }

  private void next(Peer peer, JsonNode body) throws BadMessage {
    Optional<ObjectNode> pair = desk.next(Wire.name(body, "judge"));
    peer.send(
        pair.map(p -> p.put("type", "pair"))
            .orElseGet(
                () -> refusal(null, JudgeDesk.NOTHING_TO_JUDGE, "no pair waits for a judge")));
  }

  private void judgement(Peer peer, JsonNode body) throws BadMessage {
    String correlation = Wire.name(body, "correlation_id");
    String answer = Wire.name(body, "answer");
    Reply reply = desk.judge(new Judgement(correlation, answer, confidence(body)));
    peer.send(
        switch (reply) {
          case Reply.Accepted a ->
              Wire.message("accepted")
                  .put("correlation_id", a.correlationId())
                  .put("duplicate", a.duplicate());
          case Reply.Refused r -> refusal(correlation, r.code(), r.why());
        });
  }

  private static ObjectNode refusal(@Nullable String correlation, String code, String why) {
    ObjectNode node = Wire.message("refused").put("code", code).put("why", why);
    return correlation == null ? node : node.put("correlation_id", correlation);
  }

  private static @Nullable BigDecimal confidence(JsonNode body) throws BadMessage {
    JsonNode value = body.path("confidence");
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isNumber() || value.asDouble() < 0 || value.asDouble() > 1) {
      throw new BadMessage("bad_field", "'confidence' must be a number from 0 to 1");
    }
    return BigDecimal.valueOf(value.asDouble());
  }
}
