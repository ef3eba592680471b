package dev.imprimatur.fxml.task;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls on virtual threads, results on the FX thread. A failure that the caller has no answer to
/// is logged once and shown.
public final class FxTasks implements Tasks {
  private static final Logger LOG = LoggerFactory.getLogger(FxTasks.class);

  private final Phaser calls = new Phaser(1);
  private final Executor background;
  private final Executor ui;
  private final FailureHandler failures;
  private final ObservableList<FxTask<?>> running = FXCollections.observableArrayList();
  // Kept here: it hears of changes only as long as something holds it.
  private final ObservableList<FxTask<?>> runningView =
      FXCollections.unmodifiableObservableList(running);

  /// The usual.
  public FxTasks(FailureHandler failures) {
    this(call -> Thread.ofVirtual().name("fx-task").start(call), Platform::runLater, failures);
  }

  /// With threads of one's own, for tests without a window.
  ///
  /// @param ui runs what it is given later, never at once
  public FxTasks(Executor background, Executor ui, FailureHandler failures) {
    this.background = background;
    this.ui = ui;
    this.failures =
        (name, failure) -> {
          LOG.error("{} failed", name, failure);
          failures.failed(name, failure);
        };
  }

  @Override
  public <T> FxTask<T> run(String name, Callable<T> call) {
    var task = new FxTask<T>(name, false);
    running.add(task);
    start(task, call);
    return task;
  }

  @Override
  public <T> FxTask<T> runLong(String name, LongCall<T> call) {
    var task = new FxTask<T>(name, true);
    running.add(task);
    start(task, () -> call.call(new Reports(task)));
    return task;
  }

  @Override
  public <T> FxTask<T> runQuietly(String name, Callable<T> call) {
    var task = new FxTask<T>(name, false);
    start(task, call);
    return task;
  }

  /// What runs that somebody waits for.
  public ObservableList<FxTask<?>> running() {
    return runningView;
  }

  /// Asks long calls to end early, as the window leaves. On the FX thread.
  public void leave() {
    List.copyOf(running).forEach(task -> task.stop(FxTask.Stop.LEAVING));
  }

  /// Waits until no call runs any more: what they stand on is about to be closed. Their results may
  /// not be heard of. For once, at the end; on any thread but the FX thread.
  ///
  /// @return whether they ended in time
  public boolean finish(Duration longest) {
    try {
      calls.awaitAdvanceInterruptibly(calls.arrive(), longest.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      LOG.warn("calls were still running when the window closed");
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Tasks that end together, as when their view goes.
  public Scope scope() {
    return new Scope();
  }

  // Whatever goes wrong is handed to the task: a thread of its own has nobody else to tell.
  private <T> void start(FxTask<T> task, Callable<T> call) {
    calls.register();
    background.execute(() -> {
      try {
        T value = call.call();
        ui.execute(() -> {
          running.remove(task);
          task.succeeded(value);
        });
      } catch (Throwable failure) {
        ui.execute(() -> {
          running.remove(task);
          task.failed(failure, failures);
        });
      } finally {
        calls.arriveAndDeregister();
      }
    });
  }

  /// Carries progress to the FX thread; however often a call reports, one report waits there.
  private final class Reports implements Progress {
    private final FxTask<?> task;
    private final AtomicReference<@Nullable Double> latest = new AtomicReference<>();

    Reports(FxTask<?> task) {
      this.task = task;
    }

    @Override
    public void at(long done, long total) {
      double fraction = total <= 0 ? -1 : Math.clamp((double) done / total, 0, 1);
      if (latest.getAndSet(fraction) == null) {
        ui.execute(() -> {
          Double newest = latest.getAndSet(null);
          if (newest != null) {
            task.progressed(newest);
          }
        });
      }
    }

    @Override
    public boolean cancelled() {
      return task.stopping() != null;
    }

    @Override
    public boolean leaving() {
      return task.stopping() == FxTask.Stop.LEAVING;
    }
  }

  /// Tasks that are called off together.
  public final class Scope implements Tasks {
    private final Set<FxTask<?>> tasks = new HashSet<>();

    private Scope() {}

    @Override
    public <T> FxTask<T> run(String name, Callable<T> call) {
      return keep(FxTasks.this.run(name, call));
    }

    @Override
    public <T> FxTask<T> runLong(String name, LongCall<T> call) {
      return keep(FxTasks.this.runLong(name, call));
    }

    @Override
    public <T> FxTask<T> runQuietly(String name, Callable<T> call) {
      return keep(FxTasks.this.runQuietly(name, call));
    }

    private <T> FxTask<T> keep(FxTask<T> task) {
      tasks.add(task);
      return task.onEnd(() -> tasks.remove(task));
    }

    /// Calls off everything under way; the scope can be used again.
    public void cancel() {
      tasks.forEach(FxTask::cancel);
      tasks.clear();
    }
  }
}
