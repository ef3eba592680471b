package dev.imprimatur.fxml.undo;

import java.util.List;
import javafx.animation.PauseTransition;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Duration;

/// What can still be taken back. A decision that is kept for good waits a few seconds, in sight,
/// before it is recorded: taking it back then leaves no trace, because nothing was decided yet.
/// What is recorded at once, such as a claim, is taken back by its opposite, which is recorded too.
///
/// Used on the FX thread only.
public final class UndoQueue {
  private final Duration wait;
  private final ObservableList<Entry> entries = FXCollections.observableArrayList();
  private final ObservableList<Entry> view = FXCollections.unmodifiableObservableList(entries);

  /// @param wait how long something can be taken back; zero records at once
  public UndoQueue(java.time.Duration wait) {
    this.wait = Duration.millis(wait.toMillis());
  }

  /// Something that can be taken back.
  public final class Entry {
    private final String what;
    private final boolean waiting;
    private final Runnable atEnd;
    private final Runnable takeBack;
    private final PauseTransition pause = new PauseTransition(wait);

    private Entry(String what, boolean waiting, Runnable atEnd, Runnable takeBack) {
      this.what = what;
      this.waiting = waiting;
      this.atEnd = atEnd;
      this.takeBack = takeBack;
      pause.setOnFinished(event -> end());
    }

    /// What was decided, for people.
    public String what() {
      return what;
    }

    /// Whether it is not recorded yet.
    public boolean waiting() {
      return waiting;
    }

    /// How long it has been here, and how long it stays.
    public PauseTransition pause() {
      return pause;
    }

    /// Records it now.
    public void end() {
      if (entries.remove(this)) {
        pause.stop();
        atEnd.run();
      }
    }

    /// Takes it back.
    public void undo() {
      if (entries.remove(this)) {
        pause.stop();
        takeBack.run();
      }
    }
  }

  /// Lets a decision wait before it is recorded.
  ///
  /// @param what for people
  /// @param record records it; called once, unless it is taken back
  /// @param takenBack called instead of it
  public void hold(String what, Runnable record, Runnable takenBack) {
    if (wait.lessThanOrEqualTo(Duration.ZERO)) {
      record.run();
      return;
    }
    add(new Entry(what, true, record, takenBack));
  }

  /// Offers to take back what is recorded already.
  ///
  /// @param opposite records that it is taken back
  public void offer(String what, Runnable opposite) {
    if (wait.greaterThan(Duration.ZERO)) {
      add(new Entry(what, false, () -> {}, opposite));
    }
  }

  private void add(Entry entry) {
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

  /// Records everything that waits, now: the window closes.
  public void flush() {
    List.copyOf(entries).forEach(Entry::end);
  }
}
