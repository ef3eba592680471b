package dev.imprimatur.fxml.task;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A call under way. Used on the FX thread only; so what happens next may be said after the call
/// was started and before its result can arrive.
public final class FxTask<T> {
  private final String name;
  private Consumer<? super T> onSuccess = value -> {};
  private @Nullable Consumer<? super Throwable> onFailure;
  private Runnable onEnd = () -> {};
  private boolean cancelled;

  FxTask(String name) {
    this.name = name;
  }

  /// What is being done.
  public String name() {
    return name;
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

  /// What to do when it has ended, well or badly; not if it was called off.
  public FxTask<T> onEnd(Runnable action) {
    onEnd = action;
    return this;
  }

  /// Calls it off: nobody hears of its result. The call itself runs to its end, because a thread
  /// must not be interrupted within H2.
  public void cancel() {
    cancelled = true;
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
