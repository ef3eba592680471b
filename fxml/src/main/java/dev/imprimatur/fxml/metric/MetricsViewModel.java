package dev.imprimatur.fxml.metric;

import dev.imprimatur.engine.MetricsOverview;
import dev.imprimatur.engine.metric.Measure;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.task.Look;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// The figures as they were read last, and over the last minutes as far as they were looked at.
public final class MetricsViewModel {
  private static final long LEAST_NANOS = 1_000_000_000;

  private final Look<MetricsOverview.Snapshot> look;
  private final LongSupplier nanos;
  private final Map<Figure, Samples> samples = new EnumMap<>(Figure.class);
  private final ReadOnlyObjectWrapper<@Nullable Seen> seen = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<ListState> state =
      new ReadOnlyObjectWrapper<>(ListState.LOADING);
  private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
  private long lookedAt;
  private boolean looked;

  /// What was read at one moment.
  ///
  /// @param process what this console has done since it started
  /// @param nanos when, by [System#nanoTime]
  record Seen(Map<Figure, Reading> figures, List<Measure> process, long nanos) {
    long bad() {
      return figures.values().stream().filter(Reading::bad).count();
    }
  }

  public MetricsViewModel(MetricsOverview metrics, Tasks tasks, Texts texts) {
    this(metrics, tasks, texts, System::nanoTime);
  }

  MetricsViewModel(MetricsOverview metrics, Tasks tasks, Texts texts, LongSupplier nanos) {
    this.nanos = nanos;
    for (Figure figure : Figure.values()) {
      samples.put(figure, new Samples());
    }
    look =
        new Look<>(
            tasks, texts.get("task.metrics"), () -> metrics::snapshot, this::arrived, this::failed);
  }

  /// Reads all figures.
  void sample() {
    lookedAt = nanos.getAsLong();
    looked = true;
    look.now();
  }

  /// Something has changed: reads them too, but not more often than once a second.
  void changed() {
    if (!looked || nanos.getAsLong() - lookedAt >= LEAST_NANOS) {
      sample();
    }
  }

  private void arrived(MetricsOverview.Snapshot snapshot) {
    long now = nanos.getAsLong();
    Map<Figure, Reading> figures = Reading.of(snapshot);
    figures.forEach((figure, reading) -> samples(figure).add(now, reading.value()));
    failure.set("");
    seen.set(new Seen(figures, snapshot.process(), now));
    state.set(ListState.READY);
  }

  // The figures of a moment ago would be figures made up.
  private void failed(Throwable why) {
    failure.set(String.valueOf(why.getMessage()));
    state.set(ListState.FAILED);
  }

  /// What a figure was over the last minutes.
  Samples samples(Figure figure) {
    return java.util.Objects.requireNonNull(samples.get(figure));
  }

  /// What was read last, or null.
  ReadOnlyObjectProperty<@Nullable Seen> seenProperty() {
    return seen.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<ListState> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /// Why the last look failed, or an empty text.
  ReadOnlyStringProperty failureProperty() {
    return failure.getReadOnlyProperty();
  }
}
