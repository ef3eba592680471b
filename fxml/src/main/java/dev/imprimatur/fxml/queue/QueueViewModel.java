package dev.imprimatur.fxml.queue;

import dev.imprimatur.engine.queue.JobCount;
import dev.imprimatur.engine.queue.JobKey;
import dev.imprimatur.engine.queue.JobOverview;
import dev.imprimatur.engine.queue.JobQuery;
import dev.imprimatur.engine.queue.JobQuery.Show;
import dev.imprimatur.engine.queue.JobQuery.Sort;
import dev.imprimatur.engine.queue.JobRow;
import dev.imprimatur.engine.queue.JobStatus;
import dev.imprimatur.fxml.list.FoundList;
import dev.imprimatur.fxml.list.ListState;
import dev.imprimatur.fxml.list.LongList;
import dev.imprimatur.fxml.task.Look;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// The jobs as they are listed, and how many there are.
public final class QueueViewModel {
  private final JobOverview jobs;
  private final FoundList<JobQuery, JobRow> found;
  private final Look<Figures> figuresLook;
  private final ObjectProperty<Show> show = new SimpleObjectProperty<>(Show.ALL);
  private final ObjectProperty<@Nullable String> kind = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable String> workspace = new SimpleObjectProperty<>();
  private final StringProperty search = new SimpleStringProperty("");
  private final ObjectProperty<Sorting> sorting = new SimpleObjectProperty<>(Sorting.NEWEST);
  private final ReadOnlyObjectWrapper<@Nullable Figures> figures = new ReadOnlyObjectWrapper<>();
  // Written by the looks, away from the FX thread: an id alone does not say whose job it is.
  private volatile Map<UUID, JobKey> keys = Map.of();
  private boolean figuresDue;

  /// By what, and which way round.
  record Sorting(Sort by, boolean descending) {
    static final Sorting NEWEST = new Sorting(Sort.ENQUEUED, true);
  }

  /// What there is, beside the list.
  ///
  /// @param stuck running, but without a sign of life or of progress
  record Figures(List<JobCount> counts, int stuck, List<String> workspaces) {
    long of(Show show) {
      return switch (show) {
        case ALL -> counts.stream().mapToLong(JobCount::jobs).sum();
        case OPEN -> of(JobStatus.PENDING) + of(JobStatus.RUNNING);
        case STUCK -> stuck;
        case PENDING, RUNNING, FAILED, CANCELLED, COMPLETED -> of(JobStatus.valueOf(show.name()));
      };
    }

    private long of(JobStatus status) {
      return counts.stream().filter(c -> c.status() == status).mapToLong(JobCount::jobs).sum();
    }

    List<String> kinds() {
      return counts.stream().map(JobCount::kind).distinct().toList();
    }
  }

  public QueueViewModel(JobOverview jobs, Tasks tasks, Texts texts) {
    this.jobs = jobs;
    found =
        new FoundList<>(
            tasks,
            texts.get("task.queue"),
            this::query,
            this::order,
            query ->
                query.show() != Show.ALL
                    || query.kind() != null
                    || query.workspace() != null
                    || !query.search().isBlank(),
            this::rows);
    figuresLook =
        new Look<>(
            tasks,
            texts.get("task.queue.figures"),
            () -> this::count,
            figures::set,
            // The list tells that the database does not answer.
            why -> figuresDue = true);
    show.addListener((observed, before, now) -> found.refresh());
    kind.addListener((observed, before, now) -> found.refresh());
    workspace.addListener((observed, before, now) -> found.refresh());
    search.addListener((observed, before, now) -> found.refresh());
    sorting.addListener((observed, before, now) -> found.refresh());
  }

  private JobQuery query() {
    return new JobQuery(
        show.get(),
        kind.get(),
        workspace.get(),
        search.get(),
        sorting.get().by(),
        sorting.get().descending());
  }

  private List<UUID> order(JobQuery query) {
    List<JobKey> order = jobs.order(query);
    Map<UUID, JobKey> next = HashMap.newHashMap(order.size());
    order.forEach(key -> next.put(key.id(), key));
    keys = next;
    return order.stream().map(JobKey::id).toList();
  }

  private Map<UUID, JobRow> rows(List<UUID> ids) {
    Map<UUID, JobKey> known = keys;
    List<JobKey> wanted = ids.stream().map(known::get).filter(Objects::nonNull).toList();
    return jobs.rows(wanted).values().stream()
        .collect(Collectors.toMap(row -> row.key().id(), row -> row, (one, other) -> one));
  }

  private Figures count() {
    var stuck = new JobQuery(Show.STUCK, null, null, "", Sort.ENQUEUED, false);
    return new Figures(jobs.counts(), jobs.order(stuck).size(), jobs.workspaces());
  }

  /// Shows the jobs in which these words stand, whatever was shown before.
  public void lookFor(String words) {
    show.set(Show.ALL);
    kind.set(null);
    workspace.set(null);
    search.set(words);
  }

  /// Looks again. The figures are counted over the whole table, and wait for [#lookAtFigures].
  void refresh() {
    figuresDue = true;
    found.refresh();
  }

  /// Counts anew if something has changed since it was counted last. To be called now and then.
  void lookAtFigures() {
    if (figuresDue) {
      figuresDue = false;
      figuresLook.now();
    }
  }

  /// Reads the rows in sight anew, as ages grow though nothing changes.
  void age() {
    found.rows().reread();
  }

  /// The keys of these jobs, as far as they are in the list.
  List<JobKey> keys(List<UUID> ids) {
    Map<UUID, JobKey> known = keys;
    return ids.stream().map(known::get).filter(Objects::nonNull).toList();
  }

  LongList<JobRow> list() {
    return found.rows();
  }

  ReadOnlyObjectProperty<ListState> stateOfListProperty() {
    return found.stateProperty();
  }

  ReadOnlyStringProperty failureProperty() {
    return found.failureProperty();
  }

  /// The figures as they were counted last, or null.
  ReadOnlyObjectProperty<@Nullable Figures> figuresProperty() {
    return figures.getReadOnlyProperty();
  }

  ObjectProperty<Show> showProperty() {
    return show;
  }

  ObjectProperty<@Nullable String> kindProperty() {
    return kind;
  }

  ObjectProperty<@Nullable String> workspaceProperty() {
    return workspace;
  }

  StringProperty searchProperty() {
    return search;
  }

  ObjectProperty<Sorting> sortingProperty() {
    return sorting;
  }
}
