package dev.imprimatur.fxml.task;

import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import org.jspecify.annotations.Nullable;

/// A call under way. Used on the FX thread only; so what happens next may be said after the call
/// was started and before its result can arrive.
public final class FxTask<T> {
  private final String name;
  private final boolean stoppable;
  private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(-1);
  private Consumer<? super T> onSuccess = value -> {};
  private @Nullable Consumer<? super Throwable> onFailure;
  private Runnable onEnd = () -> {};
  private boolean cancelled;
  private volatile @Nullable Stop stopping;

  /// Why a call is asked to end early.
  public enum Stop {
    /// Somebody does not want what it does: what it has begun elsewhere is called off too.
    CALLED_OFF,
    /// The window leaves: nobody watches any longer, but what it has begun elsewhere goes on.
    LEAVING
  }

  FxTask(String name, boolean stoppable) {
    this.name = name;
    this.stoppable = stoppable;
  }

  /// What is being done.
  public String name() {
    return name;
  }

  /// Whether it ends early when asked to.
  public boolean stoppable() {
    return stoppable;
  }

  /// How much is done, 0 to 1; −1 while that is not known.
  public ReadOnlyDoubleProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  /// What to do with the result.
  public FxTask<T> onSuccess(Consumer<? super T> consumer) {
    onSuccess = consumer;
    return this;
  }

  /// What to do if it fails, instead of the usual.
  public FxTask<T> onFailure(Consumer<? super Throwable> consumer) {
    onFailure = consumer;
    return this;
  }

  /// What to do when it has ended, well or badly, after what was to be done before; not if it was
  /// called off.
  public FxTask<T> onEnd(Runnable action) {
    Runnable before = onEnd;
    onEnd =
        () -> {
          before.run();
          action.run();
        };
    return this;
  }

  /// Calls it off: nobody hears of its result. The call itself runs to its end, because a thread
  /// must not be interrupted within H2; a long one is asked to end early, because nobody watches
  /// it.
  public void cancel() {
    cancelled = true;
    stop(Stop.LEAVING);
  }

  /// Calls off what it does; its result is heard of.
  public void stop() {
    stop(Stop.CALLED_OFF);
  }

  /// Asks it to end early; its result is heard of.
  public void stop(Stop why) {
    // Who leaves after calling it off has called it off all the same.
    if (stopping != Stop.CALLED_OFF) {
      stopping = why;
    }
  }

  @Nullable Stop stopping() {
    return stopping;
  }

  void progressed(double fraction) {
    progress.set(fraction);
  }

  void succeeded(T value) {
    if (!cancelled) {
      onEnd.run();
      onSuccess.accept(value);
    }
  }

  void failed(Throwable failure, FailureHandler usual) {
    if (cancelled) {
      return;
    }
    onEnd.run();
    if (onFailure == null) {
      usual.failed(name, failure);
    } else {
      onFailure.accept(failure);
    }
  }
}
