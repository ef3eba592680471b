package dev.imprimatur.fxml.judging;

import dev.imprimatur.engine.assessment.HumanDesk;
import dev.imprimatur.engine.assessment.ShownPair;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// Which answer can be taken back, and the taking back of it. It waits for an answer that is still
/// on its way.
final class TakingBack {
  private final HumanDesk desk;
  private final Tasks tasks;
  private final Texts texts;
  private final DecisionWords words;
  private final OwnNotice notice;
  private final Consumer<ShownPair> again;
  private final ReadOnlyObjectWrapper<@Nullable UUID> last = new ReadOnlyObjectWrapper<>();
  private boolean busy;
  private boolean asked;
  private int era;

  /// @param again told which pair is to be judged again
  TakingBack(
      HumanDesk desk,
      Tasks tasks,
      Texts texts,
      DecisionWords words,
      OwnNotice notice,
      Consumer<ShownPair> again) {
    this.desk = desk;
    this.tasks = tasks;
    this.texts = texts;
    this.words = words;
    this.notice = notice;
    this.again = again;
  }

  /// Nothing can be taken back any more.
  void forget() {
    era++;
    last.set(null);
    busy = false;
    asked = false;
  }

  /// This is the answer that can be taken back, or none if null.
  void last(@Nullable UUID answered) {
    last.set(answered);
  }

  /// Takes back the last answer.
  ///
  /// @param onItsWay whether an answer is still being stored: it is waited for
  void ask(boolean onItsWay) {
    if (busy) {
      return;
    }
    asked = onItsWay;
    if (onItsWay) {
      return;
    }
    UUID what = last.get();
    if (what == null) {
      notice.tell(
          new Notice(
              Notice.Kind.REFUSED,
              texts.get("judging.undo.nothing"),
              texts.get("judging.undo.nothing.detail")));
      return;
    }
    busy = true;
    int mine = era;
    tasks
        .runQuietly(texts.get("task.unjudge"), () -> desk.undo(what))
        .onSuccess(decision -> {
          if (mine == era) {
            busy = false;
            done(decision);
          }
        })
        .onFailure(why -> {
          if (mine == era) {
            busy = false;
            notice.tell(
                new Notice(
                    Notice.Kind.REFUSED,
                    texts.get("judging.undo.failed"),
                    String.valueOf(why.getMessage())));
          }
        });
  }

  /// Everything is stored: takes back what was asked for meanwhile.
  void stored() {
    if (asked) {
      ask(false);
    }
  }

  private void done(Decision<ShownPair> decision) {
    last.set(null);
    if (decision instanceof Decision.Decided<ShownPair>(ShownPair pair)) {
      notice.clear();
      again.accept(pair);
    } else {
      notice.tell(words.of(decision, "", texts.get("judging.undo.wanted")));
    }
  }

  /// Whether an answer is being taken back.
  boolean busy() {
    return busy;
  }

  /// The answer that can be taken back, or null.
  ReadOnlyObjectProperty<@Nullable UUID> lastProperty() {
    return last.getReadOnlyProperty();
  }
}
