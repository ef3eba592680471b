package dev.imprimatur.fxml.article;

import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.fxml.list.Slot;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.collections.ListChangeListener;
import javafx.scene.control.TableView;
import javafx.scene.control.TableView.TableViewSelectionModel;
import org.jspecify.annotations.Nullable;

/// Which articles are selected, whatever becomes of their order. An order that has changed puts
/// other ids at the places that were selected, and the table lets go of some or all of them; they
/// are found again by their ids.
final class ArticleSelection {
  private final ArticlesViewModel model;
  private final TableViewSelectionModel<Slot<ArticleRow>> places;
  private final BiConsumer<Set<UUID>, @Nullable UUID> chosen;
  private Runnable onSettled = () -> {};
  private Set<UUID> selected = Set.of();
  private @Nullable UUID lead;
  private boolean filling;

  /// @param chosen what is selected, and which of it was selected last
  ArticleSelection(
      TableView<Slot<ArticleRow>> table,
      ArticlesViewModel model,
      BiConsumer<Set<UUID>, @Nullable UUID> chosen) {
    this.model = model;
    this.places = table.getSelectionModel();
    this.chosen = chosen;
    // Invalidation is heard of before the table hears of the change.
    model
        .list()
        .addListener(
            (InvalidationListener)
                observed -> {
                  filling = true;
                  Platform.runLater(this::again);
                });
    places.getSelectedIndices().addListener((ListChangeListener<Integer>) change -> chosenByHand());
    // Which of several was selected last is known only after that.
    places.selectedIndexProperty().addListener((observed, before, now) -> chosenByHand());
  }

  /// What to do when the selection has followed the order.
  void onSettled(Runnable action) {
    onSettled = action;
  }

  /// Whether the selection has followed the order.
  boolean settled() {
    return !filling;
  }

  Set<UUID> selected() {
    return selected;
  }

  /// There is nothing to select.
  void forget() {
    selected = Set.of();
    lead = null;
  }

  private void again() {
    filling = true;
    int[] kept =
        selected.stream().mapToInt(model.list()::place).filter(at -> at >= 0).sorted().toArray();
    int last = lead == null ? -1 : model.list().place(lead);
    places.clearSelection();
    if (kept.length > 0) {
      places.selectIndices(kept[0], kept);
      // Selected last, it is the one whose article is shown.
      places.select(last < 0 ? kept[0] : last);
    }
    filling = false;
    if (kept.length == 0 && !model.ids().isEmpty()) {
      places.select(0);
    } else if (kept.length < selected.size()) {
      choose();
    }
    onSettled.run();
  }

  private void chosenByHand() {
    if (!filling) {
      choose();
    }
  }

  private void choose() {
    List<UUID> ids = model.ids();
    selected =
        places.getSelectedIndices().stream()
            .filter(at -> at >= 0 && at < ids.size())
            .map(ids::get)
            .collect(Collectors.toUnmodifiableSet());
    int last = places.getSelectedIndex();
    lead =
        last >= 0 && last < ids.size() ? ids.get(last) : selected.stream().findFirst().orElse(null);
    chosen.accept(selected, lead);
  }
}
