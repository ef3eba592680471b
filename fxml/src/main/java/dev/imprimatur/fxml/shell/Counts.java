package dev.imprimatur.fxml.shell;

import dev.imprimatur.engine.Engine;
import dev.imprimatur.engine.EngineCounts;
import dev.imprimatur.fxml.task.Look;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The live counts of the navigation and the status bar, and whether the database answers.
public final class Counts {
  private static final Logger LOG = LoggerFactory.getLogger(Counts.class);

  private final Look<EngineCounts> look;
  private final ReadOnlyLongWrapper escalations = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper articles = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper suggestions = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper jobs = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper dead = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper sweeps = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper locks = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper batches = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper stuck = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper pairs = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper tours = new ReadOnlyLongWrapper();
  private final ReadOnlyBooleanWrapper connected = new ReadOnlyBooleanWrapper(true);
  private @Nullable EngineCounts told;

  public Counts(Engine engine, Tasks tasks, Texts texts) {
    look =
        new Look<>(
            tasks,
            texts.get("task.counts"),
            () -> engine::counts,
            this::arrived,
            why -> connected.set(false));
  }

  /// Looks again.
  public void refresh() {
    look.now();
  }

  private void arrived(EngineCounts counts) {
    connected.set(true);
    escalations.set(counts.pendingEscalations());
    articles.set(counts.articles());
    suggestions.set(counts.pendingSuggestions());
    jobs.set(counts.openJobs());
    dead.set(counts.deadDeliveries());
    sweeps.set(counts.failingSweeps());
    locks.set(counts.heldLocks());
    batches.set(counts.openBatches());
    stuck.set(counts.stuckBatches());
    pairs.set(counts.pairsToJudge());
    tours.set(counts.openTours());
    if (!counts.equals(told)) {
      told = counts;
      // packaging/window-picture waits for this line.
      LOG.info(
          "the window counts {} articles, {} escalations, {} open jobs",
          counts.articles(),
          counts.pendingEscalations(),
          counts.openJobs());
    }
  }

  /// Escalations that wait for a reviewer and are not snoozed.
  public ReadOnlyLongProperty escalationsProperty() {
    return escalations.getReadOnlyProperty();
  }

  public ReadOnlyLongProperty articlesProperty() {
    return articles.getReadOnlyProperty();
  }

  /// Suggestions that wait for a reviewer.
  public ReadOnlyLongProperty suggestionsProperty() {
    return suggestions.getReadOnlyProperty();
  }

  /// Jobs that have not ended.
  public ReadOnlyLongProperty jobsProperty() {
    return jobs.getReadOnlyProperty();
  }

  /// Events that were parked on their way to a subscriber, and wait for an administrator.
  public ReadOnlyLongProperty deadDeliveriesProperty() {
    return dead.getReadOnlyProperty();
  }

  /// Sweeps whose latest tick failed.
  public ReadOnlyLongProperty failingSweepsProperty() {
    return sweeps.getReadOnlyProperty();
  }

  /// Locks that are held.
  public ReadOnlyLongProperty locksProperty() {
    return locks.getReadOnlyProperty();
  }

  /// Batches that have not ended.
  public ReadOnlyLongProperty batchesProperty() {
    return batches.getReadOnlyProperty();
  }

  /// Batches in which nothing has moved for too long.
  public ReadOnlyLongProperty stuckBatchesProperty() {
    return stuck.getReadOnlyProperty();
  }

  /// Pairs that wait for people.
  public ReadOnlyLongProperty pairsToJudgeProperty() {
    return pairs.getReadOnlyProperty();
  }

  /// Tours that have not ended.
  public ReadOnlyLongProperty toursProperty() {
    return tours.getReadOnlyProperty();
  }

  /// Whether the database answered last.
  public ReadOnlyBooleanProperty connectedProperty() {
    return connected.getReadOnlyProperty();
  }
}
