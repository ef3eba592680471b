package dev.imprimatur.fxml.list;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.collections.ListChangeListener;
import javafx.scene.control.TableView;
import javafx.scene.control.TableView.TableViewSelectionModel;
import org.jspecify.annotations.Nullable;

/// Which rows of a long list are selected, whatever becomes of their order. An order that has
/// changed puts other ids at the places that were selected, and the table lets go of some or all of
/// them; they are found again by their ids. Where none is left the row beside the last one takes
/// its place, as who works a list off from top to bottom expects; the first, where that is gone
/// too.
public final class KeptSelection<R> {
  private final LongList<R> list;
  private final TableViewSelectionModel<Slot<R>> places;
  private final BiConsumer<Set<UUID>, @Nullable UUID> chosen;
  private Runnable onSettled = () -> {};
  private Set<UUID> selected = Set.of();
  private @Nullable UUID lead;
  private List<UUID> besideLead = List.of();
  private int size;
  private boolean filling;

  /// @param chosen what is selected, and which of it was selected last
  public KeptSelection(
      TableView<Slot<R>> table, LongList<R> list, BiConsumer<Set<UUID>, @Nullable UUID> chosen) {
    this.list = list;
    this.places = table.getSelectionModel();
    this.chosen = chosen;
    // Invalidation is heard of before the table hears of the change.
    list.addListener(
        (InvalidationListener)
            observed -> {
              filling = true;
              Platform.runLater(this::settle);
            });
    // A hand that comes between the new order and the selection's following it means the row that
    // was selected, not whichever now stands in its place.
    Hands.on(table, this::settle);
    places.getSelectedIndices().addListener((ListChangeListener<Integer>) change -> chosenByHand());
    // Which of several was selected last is known only after that.
    places.selectedIndexProperty().addListener((observed, before, now) -> chosenByHand());
  }

  /// What to do when the selection has followed the order.
  public void onSettled(Runnable action) {
    onSettled = action;
  }

  /// Whether the selection has followed the order.
  public boolean settled() {
    return !filling;
  }

  /// The ids that are selected.
  public Set<UUID> selected() {
    return selected;
  }

  /// There is nothing to select.
  public void forget() {
    selected = Set.of();
    lead = null;
    besideLead = List.of();
  }

  /// Lets the selection follow the order now, if it has not yet.
  private void settle() {
    if (filling) {
      again();
    }
  }

  private void again() {
    int[] kept = selected.stream().mapToInt(list::place).filter(at -> at >= 0).sorted().toArray();
    int last = lead == null ? -1 : list.place(lead);
    places.clearSelection();
    if (kept.length > 0) {
      places.selectIndices(kept[0], kept);
      // Selected last, it is the one whose detail is shown.
      places.select(last < 0 ? kept[0] : last);
    }
    filling = false;
    if (kept.length == 0 && !list.ids().isEmpty()) {
      places.select(besideTheGone());
    } else if (kept.length < selected.size()) {
      choose();
    } else {
      lookBesideLead();
    }
    onSettled.run();
  }

  /// The nearest rows below and above that are not selected themselves.
  private void lookBesideLead() {
    List<UUID> ids = list.ids();
    int at = lead == null ? -1 : list.place(lead);
    size = ids.size();
    besideLead =
        at < 0
            ? List.of()
            : Stream.of(
                    IntStream.range(at + 1, size),
                    IntStream.iterate(at - 1, near -> near >= 0, near -> near - 1))
                .flatMap(
                    near -> near.mapToObj(ids::get).filter(id -> !selected.contains(id)).limit(1))
                .toList();
  }

  /// Where few rows have gone, somebody works the list off; where many have, it is another one.
  private int besideTheGone() {
    return list.ids().size() < size - Math.max(1, selected.size())
        ? 0
        : besideLead.stream().mapToInt(list::place).filter(at -> at >= 0).findFirst().orElse(0);
  }

  private void chosenByHand() {
    if (!filling) {
      choose();
    }
  }

  private void choose() {
    List<UUID> ids = list.ids();
    selected =
        places.getSelectedIndices().stream()
            .filter(at -> at >= 0 && at < ids.size())
            .map(ids::get)
            .collect(Collectors.toUnmodifiableSet());
    int last = places.getSelectedIndex();
    lead =
        last >= 0 && last < ids.size() ? ids.get(last) : selected.stream().findFirst().orElse(null);
    lookBesideLead();
    chosen.accept(selected, lead);
  }
}
