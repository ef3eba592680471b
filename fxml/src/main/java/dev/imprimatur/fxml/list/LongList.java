package dev.imprimatur.fxml.list;

import dev.imprimatur.fxml.task.Tasks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javafx.collections.ObservableListBase;
import org.jspecify.annotations.Nullable;

/// A list of any length for a table: the order of ids is here, rows are read when a cell asks for
/// them, a page at a time. Used on the FX thread only.
public final class LongList<R> extends ObservableListBase<Slot<R>> {
  private static final int PAGE = 60;
  private static final int KEPT = 3_000;

  private final Tasks tasks;
  private final String name;
  private final Reader<R> reader;
  private final Map<UUID, Slot<R>> slots = new Kept<>();
  private final Set<UUID> wanted = new LinkedHashSet<>();
  private final Set<UUID> underWay = new HashSet<>();
  private Order order = Order.EMPTY;
  private boolean reading;

  /// Reads rows by their ids, away from the FX thread; ids that are no longer there are missing.
  @FunctionalInterface
  public interface Reader<R> {
    Map<UUID, R> read(List<UUID> ids) throws Exception;
  }

  /// @param name what reading a page is called, for people
  public LongList(Tasks tasks, String name, Reader<R> reader) {
    this.tasks = tasks;
    this.name = name;
    this.reader = reader;
  }

  /// The slots seen last; the others are made anew when they are seen again.
  private static final class Kept<R> extends LinkedHashMap<UUID, Slot<R>> {
    private static final long serialVersionUID = 1L;

    Kept() {
      super(256, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<UUID, Slot<R>> eldest) {
      return size() > KEPT;
    }
  }

  /// Puts the list in another order. What stands where it stood is left alone, so that selection
  /// and scrolling stay.
  public void reorder(Order next) {
    List<UUID> before = order.ids();
    List<UUID> after = next.ids();
    int shorter = Math.min(before.size(), after.size());
    int head = 0;
    while (head < shorter && before.get(head).equals(after.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    if (head == before.size() && head == after.size()) {
      return;
    }
    List<Slot<R>> removed = new Removed<>(before.subList(head, before.size() - tail), slots);
    beginChange();
    order = next;
    nextReplace(head, after.size() - tail, removed);
    endChange();
  }

  /// What was in the list: seldom looked at, and never long looked at.
  private static final class Removed<R> extends java.util.AbstractList<Slot<R>> {
    private final List<UUID> ids;
    private final Map<UUID, Slot<R>> slots;

    Removed(List<UUID> ids, Map<UUID, Slot<R>> slots) {
      this.ids = ids;
      this.slots = slots;
    }

    @Override
    public Slot<R> get(int index) {
      Slot<R> known = slots.get(ids.get(index));
      return known == null ? new Slot<>(ids.get(index)) : known;
    }

    @Override
    public int size() {
      return ids.size();
    }
  }

  /// Reads the rows seen last anew.
  public void reread() {
    List<UUID> seen = new ArrayList<>(slots.keySet());
    for (UUID id : seen.subList(Math.max(0, seen.size() - 2 * PAGE), seen.size())) {
      if (order.place(id) >= 0) {
        wanted.add(id);
      }
    }
    readSoon();
  }

  @Override
  public Slot<R> get(int index) {
    UUID id = order.ids().get(index);
    Slot<R> slot = slots.get(id);
    if (slot == null) {
      slot = new Slot<>(id);
      slots.put(id, slot);
    }
    if (slot.row() == null && !underWay.contains(id) && wanted.add(id)) {
      // The rest of its page will be looked at next.
      int from = index - index % PAGE;
      for (UUID near : order.ids().subList(from, Math.min(order.ids().size(), from + PAGE))) {
        Slot<R> known = slots.get(near);
        if ((known == null || known.row() == null) && !underWay.contains(near)) {
          wanted.add(near);
        }
      }
      readSoon();
    }
    return slot;
  }

  private void readSoon() {
    if (reading || wanted.isEmpty()) {
      return;
    }
    reading = true;
    // The latest wish first: whoever scrolls far waits for what is in sight then.
    List<UUID> all = new ArrayList<>(wanted);
    List<UUID> batch = List.copyOf(all.subList(Math.max(0, all.size() - 2 * PAGE), all.size()));
    // Who asks for one of these from now on wants it as it will be then.
    wanted.removeAll(batch);
    underWay.addAll(batch);
    tasks
        .runQuietly(name, () -> reader.read(batch))
        .onSuccess(rows -> arrived(batch, rows))
        // Whoever refreshes the order tells that the database does not answer.
        .onFailure(why -> {
          reading = false;
          underWay.clear();
          wanted.clear();
        });
  }

  private void arrived(List<UUID> batch, Map<UUID, R> rows) {
    reading = false;
    underWay.clear();
    // Wishes of long ago are out of sight by now, and are made again if they come back into it.
    if (wanted.size() > 8 * PAGE) {
      List<UUID> all = new ArrayList<>(wanted);
      wanted.clear();
      wanted.addAll(all.subList(all.size() - 4 * PAGE, all.size()));
    }
    for (UUID id : batch) {
      R row = rows.get(id);
      if (row != null) {
        slots.computeIfAbsent(id, Slot::new).set(row);
      }
    }
    readSoon();
  }

  /// The row with this id, if it is in the list and has been read.
  public @Nullable R row(UUID id) {
    Slot<R> slot = order.place(id) < 0 ? null : slots.get(id);
    return slot == null ? null : slot.row();
  }

  /// The ids in their order.
  public List<UUID> ids() {
    return order.ids();
  }

  /// Where an id stands, or −1.
  public int place(UUID id) {
    return order.place(id);
  }

  @Override
  public int size() {
    return order.ids().size();
  }

  // Tables ask these; the usual answers would look at every row.
  @Override
  public int indexOf(@Nullable Object slot) {
    return slot instanceof Slot<?> s ? order.place(s.id()) : -1;
  }

  @Override
  public int lastIndexOf(@Nullable Object slot) {
    return indexOf(slot);
  }

  @Override
  public boolean contains(@Nullable Object slot) {
    return indexOf(slot) >= 0;
  }
}
