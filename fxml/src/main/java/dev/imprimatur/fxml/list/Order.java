package dev.imprimatur.fxml.list;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The ids of a long list in their order, and where each stands. Made away from the FX thread.
public final class Order {
  /// Nothing.
  public static final Order EMPTY = new Order(List.of());

  private final List<UUID> ids;
  private final Map<UUID, Integer> places;

  public Order(List<UUID> ids) {
    this.ids = List.copyOf(ids);
    this.places = HashMap.newHashMap(ids.size());
    for (int i = 0; i < this.ids.size(); i++) {
      places.put(this.ids.get(i), i);
    }
  }

  List<UUID> ids() {
    return ids;
  }

  /// Where an id stands, or −1.
  int place(Object id) {
    return places.getOrDefault(id, -1);
  }
}
