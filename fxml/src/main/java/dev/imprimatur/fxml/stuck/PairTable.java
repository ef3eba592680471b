package dev.imprimatur.fxml.stuck;

import dev.imprimatur.engine.assessment.BatchDetail;
import dev.imprimatur.engine.assessment.Comparison;
import dev.imprimatur.fxml.view.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/// The outstanding pairs of a batch, the one asked about longest ago first; those selected can be
/// asked about again.
final class PairTable extends TableView<Comparison> {
  private final Texts texts;
  private final StuckWords words;
  private final Map<UUID, String> labels = new HashMap<>();
  private @Nullable UUID batch;
  private @Nullable Instant now;
  private Runnable selected = () -> {};

  PairTable(Texts texts, StuckWords words) {
    this.texts = texts;
    this.words = words;
    setId("stuck-pairs");
    setAccessibleText(texts.get("stuck.pairs"));
    setFixedCellSize(30);
    setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
    getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    setPlaceholder(new Label(texts.get("stuck.pairs.none")));
    add("pair", 142, 4_000, this::pair).getStyleClass().add("column-first");
    add("judge", 68, 200, Comparison::judge);
    add("age", 70, 120, c -> age(c.sentAt())).getStyleClass().add("column-number");
    add("given", 74, 120, c -> age(c.givenAt())).getStyleClass().add("column-number");
    add("requests", 66, 80, c -> texts.get("nav.count", c.requests()))
        .getStyleClass()
        .add("column-number");
    getSelectionModel()
        .getSelectedItems()
        .addListener((InvalidationListener) observed -> selected.run());
  }

  private TableColumn<Comparison, String> add(
      String name, double least, double most, Function<Comparison, String> value) {
    var column = new TableColumn<Comparison, String>(texts.code("stuck.pair", name));
    column.setId(name);
    column.setMinWidth(least);
    column.setPrefWidth(least);
    column.setMaxWidth(most);
    column.setSortable(false);
    column.setReorderable(false);
    column.setCellValueFactory(f -> new ReadOnlyStringWrapper(value.apply(f.getValue())));
    getColumns().add(column);
    return column;
  }

  private String pair(Comparison c) {
    return texts.get(
        "stuck.pair.of",
        labels.getOrDefault(c.first(), texts.get("stuck.none")),
        labels.getOrDefault(c.second(), texts.get("stuck.none")));
  }

  private String age(@Nullable Instant at) {
    return at == null || now == null
        ? texts.get("stuck.none")
        : words.time(Duration.between(at, now));
  }

  /// What to do when others are selected.
  void onSelected(Runnable action) {
    selected = action;
  }

  /// The ids of the pairs that are selected.
  Set<UUID> chosen() {
    return getSelectionModel().getSelectedItems().stream()
        .map(Comparison::correlationId)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Shows a batch's pairs; what was selected of the same batch stays so.
  void show(BatchDetail detail) {
    Set<UUID> before =
        detail.batch().id().equals(batch) ? new HashSet<>(chosen()) : new HashSet<>();
    batch = detail.batch().id();
    now = detail.now();
    labels.clear();
    detail.texts().forEach(text -> labels.put(text.id(), text.label()));
    List<Comparison> pairs =
        detail.batch().terminal()
            ? List.of()
            : detail.outstanding().stream()
                .sorted(java.util.Comparator.comparing(Comparison::sentAt))
                .toList();
    if (pairs.equals(List.copyOf(getItems()))) {
      refresh();
      return;
    }
    getItems().setAll(pairs);
    getSelectionModel().clearSelection();
    for (int i = 0; i < pairs.size(); i++) {
      if (before.contains(pairs.get(i).correlationId())) {
        getSelectionModel().select(i);
      }
    }
    selected.run();
  }
}
