package dev.imprimatur.gateway;

import java.util.List;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.Opcode;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.Framedata;
import org.java_websocket.protocols.Protocol;

/// The protocol, counting every frame before anything is made of it: pings and empty fragments are
/// a flood too.
final class CountingDraft extends Draft_6455 {
  /// What a fragment costs to keep, however small it is.
  private static final int FRAGMENT_COST = 64;

  private final Limits limits;
  private final Bucket bucket;
  private long fragments;

  CountingDraft(Limits limits) {
    super(List.of(), List.of(new Protocol("")), limits.frame());
    this.limits = limits;
    // A subscriber may acknowledge all it has at once.
    this.bucket = new Bucket(limits.rate(), 2 * limits.rate() + limits.window());
  }

  Bucket bucket() {
    return bucket;
  }

  /// One for each connection.
  @Override
  public Draft copyInstance() {
    return new CountingDraft(limits);
  }

  @Override
  public void processFrame(WebSocketImpl socket, Framedata data) throws InvalidDataException {
    if (!socket.isOpen()) {
      return;
    }
    if (!bucket.take()) {
      socket.close(CloseCode.FLOOD, "more than " + limits.rate() + " messages a second");
    } else if (tooLarge(data)) {
      socket.close(CloseCode.TOO_BIG, "a message of more than " + limits.frame() + " bytes");
    } else {
      super.processFrame(socket, data);
    }
  }

  /// Whether the fragments so far are too much. The library looks only when the last one is in,
  /// which may be never.
  private boolean tooLarge(Framedata data) {
    boolean fragment =
        data.getOpcode() == Opcode.CONTINUOUS
            || (!data.isFin()
                && (data.getOpcode() == Opcode.TEXT || data.getOpcode() == Opcode.BINARY));
    if (!fragment) {
      return false;
    }
    fragments += data.getPayloadData().remaining() + FRAGMENT_COST;
    boolean tooLarge = fragments > limits.frame() + FRAGMENT_COST;
    if (data.isFin()) {
      fragments = 0;
    }
    return tooLarge;
  }

  // Drafts are told apart by what they negotiate, not by what was counted.
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
