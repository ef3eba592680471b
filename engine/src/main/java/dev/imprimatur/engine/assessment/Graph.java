package dev.imprimatur.engine.assessment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Which texts are connected by comparisons.
final class Graph {
  private final Map<UUID, UUID> parent = new HashMap<>();
  private int parts;

  Graph(List<UUID> texts) {
    texts.forEach(t -> parent.put(t, t));
    parts = texts.size();
  }

  void connect(UUID a, UUID b) {
    UUID one = root(a);
    UUID other = root(b);
    if (!one.equals(other)) {
      parent.put(one, other);
      parts--;
    }
  }

  boolean connected(UUID a, UUID b) {
    return root(a).equals(root(b));
  }

  /// In how many parts the texts fall that no comparison connects.
  int parts() {
    return parts;
  }

  /// A text that stands for the part this one is in: the same for all that are connected.
  UUID part(UUID text) {
    return root(text);
  }

  private UUID root(UUID text) {
    UUID at = text;
    while (true) {
      UUID up = parent.getOrDefault(at, at);
      if (up.equals(at)) {
        return at;
      }
      // Halves the way for the next.
      UUID further = parent.getOrDefault(up, up);
      parent.put(at, further);
      at = further;
    }
  }
}
