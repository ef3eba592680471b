package dev.imprimatur.fxml.task;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Looks at something again and again, one look at a time: whoever asks while a look is under way
/// causes one more after it, however often he asks. On the FX thread only.
public final class Look<T> {
  private final Tasks tasks;
  private final String name;
  private final Supplier<Callable<T>> next;
  private final Consumer<T> arrived;
  private final Consumer<Throwable> failed;
  private boolean looking;
  private boolean again;
  private int era;

  /// @param name what is looked at, for people
  /// @param next what the next look calls, away from the FX thread; asked for when it starts
  /// @param failed told of a look that failed. There is no look at once after it: what failed will
  ///   likely fail again, and whoever wants to know asks again soon enough
  public Look(
      Tasks tasks,
      String name,
      Supplier<Callable<T>> next,
      Consumer<T> arrived,
      Consumer<Throwable> failed) {
    this.tasks = tasks;
    this.name = name;
    this.next = next;
    this.arrived = arrived;
    this.failed = failed;
  }

  /// Looks now, or once more after the look that is under way.
  public void now() {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    int mine = era;
    tasks
        .runQuietly(name, next.get())
        .onSuccess(value -> {
          if (mine == era) {
            looking = false;
            arrived.accept(value);
            if (again) {
              again = false;
              now();
            }
          }
        })
        .onFailure(why -> {
          if (mine == era) {
            looking = false;
            again = false;
            failed.accept(why);
          }
        });
  }

  /// Forgets the look that is under way: what it looks at is no longer asked for.
  public void forget() {
    era++;
    looking = false;
    again = false;
  }
}
