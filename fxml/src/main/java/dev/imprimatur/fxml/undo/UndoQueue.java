package dev.imprimatur.fxml.undo;

import dev.imprimatur.engine.decision.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.animation.PauseTransition;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// What can still be taken back. A decision that is kept for good waits a few seconds, in sight,
/// before it is recorded: taking it back then leaves no trace, because nothing was decided yet.
/// What is recorded at once, such as a claim, is taken back by its opposite, which is recorded too.
///
/// Used on the FX thread only, but for [#close]: each decision is recorded once, whoever comes
/// first.
public final class UndoQueue {
  private final Duration wait;
  private final ObservableList<Entry> entries = FXCollections.observableArrayList();
  private final ObservableList<Entry> view = FXCollections.unmodifiableObservableList(entries);
  private final Queue<Entry> open = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  /// @param wait how long something can be taken back; zero records at once
  public UndoQueue(java.time.Duration wait) {
    this.wait = Duration.millis(wait.toMillis());
  }

  /// A decision that waits.
  ///
  /// @param what for people
  /// @param call records it, on any thread; the way of the window's end, when there is nobody to
  ///   tell
  /// @param record records it by the same call and tells what it came to, on the FX thread
  /// @param takenBack called instead of either, on the FX thread
  public record Held(
      String what, Callable<? extends Decision<?>> call, Runnable record, Runnable takenBack) {}

  /// What recording a decision at the window's end came to.
  ///
  /// @param decision null where it failed
  /// @param failure why, if it failed
  public record Last(String what, @Nullable Decision<?> decision, @Nullable Exception failure) {
    /// Whether it stands.
    public boolean recorded() {
      return decision instanceof Decision.Decided<?>;
    }
  }

  /// Something that can be taken back.
  public final class Entry {
    private final String what;
    private final @Nullable Held held;
    private final Runnable takeBack;
    private final PauseTransition pause = new PauseTransition(wait);
    private final AtomicBoolean taken = new AtomicBoolean();

    private Entry(String what, @Nullable Held held, Runnable takeBack) {
      this.what = what;
      this.held = held;
      this.takeBack = takeBack;
      pause.setOnFinished(event -> end());
    }

    /// What was decided, for people.
    public String what() {
      return what;
    }

    /// Whether it is not recorded yet.
    public boolean waiting() {
      return held != null;
    }

    /// How long it has been here, and how long it stays.
    public PauseTransition pause() {
      return pause;
    }

    private boolean take() {
      open.remove(this);
      return taken.compareAndSet(false, true);
    }

    /// Records it now.
    public void end() {
      boolean mine = take();
      pause.stop();
      entries.remove(this);
      if (mine && held != null) {
        held.record().run();
      }
    }

    /// Takes it back.
    public void undo() {
      boolean mine = take();
      pause.stop();
      entries.remove(this);
      if (mine) {
        takeBack.run();
      }
    }
  }

  /// Lets a decision wait before it is recorded.
  public void hold(Held held) {
    if (closed) {
      // The window has ended; nobody could see what becomes of it.
      held.takenBack().run();
    } else if (wait.lessThanOrEqualTo(Duration.ZERO)) {
      held.record().run();
    } else {
      add(new Entry(held.what(), held, held.takenBack()));
    }
  }

  /// Offers to take back what is recorded already.
  ///
  /// @param opposite records that it is taken back
  public void offer(String what, Runnable opposite) {
    if (!closed && wait.greaterThan(Duration.ZERO)) {
      add(new Entry(what, null, opposite));
    }
  }

  private void add(Entry entry) {
    open.add(entry);
    entries.add(entry);
    entry.pause().play();
  }

  /// What can be taken back, the latest last.
  public ObservableList<Entry> entries() {
    return view;
  }

  /// Takes the latest back.
  ///
  /// @return whether there was one
  public boolean undo() {
    if (entries.isEmpty()) {
      return false;
    }
    entries.getLast().undo();
    return true;
  }

  /// Records everything that waits, one after the other, and takes nothing more. On any thread but
  /// the FX thread, and although that may no longer answer: the process is ending.
  public List<Last> close() {
    closed = true;
    List<Last> last = new ArrayList<>();
    for (Entry entry : List.copyOf(open)) {
      Held held = entry.held;
      if (entry.take() && held != null) {
        try {
          last.add(new Last(held.what(), held.call().call(), null));
        } catch (Exception e) {
          last.add(new Last(held.what(), null, e));
        }
      }
    }
    return last;
  }
}
