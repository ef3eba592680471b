package dev.imprimatur.fxml.action;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.review.Approvals;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.engine.review.Review;
import dev.imprimatur.engine.review.Rewrites;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.notice.Notice;
import dev.imprimatur.fxml.notice.Notices;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.undo.UndoQueue;
import dev.imprimatur.fxml.view.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;

/// Carries out what a reviewer decides, on the revision that was in sight. What is kept for good
/// waits in the undo queue first; a claim or a snooze is recorded at once and taken back by its
/// opposite. On the FX thread.
public final class EscalationActions {
  private final Review review;
  private final Tasks tasks;
  private final UndoQueue undo;
  private final Notices notices;
  private final Questions questions;
  private final Texts texts;
  private final DecisionWords words;
  private final ObservableMap<UUID, String> held = FXCollections.observableHashMap();
  private final List<Runnable> listeners = new ArrayList<>();

  public EscalationActions(
      Review review,
      Tasks tasks,
      UndoQueue undo,
      Notices notices,
      Questions questions,
      Texts texts,
      DecisionWords words) {
    this.review = review;
    this.tasks = tasks;
    this.undo = undo;
    this.notices = notices;
    this.questions = questions;
    this.texts = texts;
    this.words = words;
  }

  /// Calls back when a decision has been recorded or refused.
  public void onDecided(Runnable listener) {
    listeners.add(listener);
  }

  /// Escalations with a decision that waits to be recorded, by id, and what was decided.
  public ObservableMap<UUID, String> held() {
    return held;
  }

  /// Takes it for whoever is signed in.
  public void claim(Escalations.Detail seen) {
    // A claim raises the revision: what waits to be recorded on the one before would be refused.
    if (!free(seen)) {
      return;
    }
    Escalation e = seen.row().escalation();
    String what = about("action.claim.of", seen);
    now(
        seen,
        texts.get("action.claim"),
        List.of(),
        () -> review.escalations().claim(e.id(), e.revision()),
        done -> {
          told(texts.get("done.claimed", title(seen)));
          undo.offer(what, () -> release(done));
        });
  }

  /// Gives a claim back.
  public void release(Escalations.Detail seen) {
    if (!free(seen)) {
      return;
    }
    Escalation e = seen.row().escalation();
    now(
        seen,
        texts.get("action.release"),
        List.of(),
        () -> review.escalations().release(e.id(), e.revision()),
        done -> told(texts.get("done.released", title(seen))));
  }

  /// Asks for how long, and puts it out of sight.
  public void snooze(Escalations.Detail seen) {
    if (free(seen)) {
      questions.snooze(title(seen), howLong -> snooze(seen, howLong));
    }
  }

  void snooze(Escalations.Detail seen, Duration howLong) {
    Escalation e = seen.row().escalation();
    String what = about("action.snooze.of", seen);
    now(
        seen,
        texts.get("action.snooze"),
        List.of(),
        () -> review.escalations().snooze(e.id(), e.revision(), howLong),
        done -> {
          var until = done.row().escalation().snoozedUntil();
          told(texts.get("done.snoozed", title(seen), until == null ? "" : words.time(until)));
          undo.offer(what, () -> wake(done));
        });
  }

  /// Brings a snoozed one back into sight.
  public void wake(Escalations.Detail seen) {
    if (!free(seen)) {
      return;
    }
    Escalation e = seen.row().escalation();
    now(
        seen,
        texts.get("action.wake"),
        List.of(),
        () -> review.escalations().wake(e.id(), e.revision()),
        done -> told(texts.get("done.woken", title(seen))));
  }

  /// Asks how it is decided, and decides it.
  public void resolve(Escalations.Detail seen) {
    if (free(seen)) {
      questions.resolve(title(seen), answer -> resolve(seen, answer));
    }
  }

  /// Asks why the text must not go out, and decides so.
  public void reject(Escalations.Detail seen) {
    if (free(seen)) {
      questions.reject(
          title(seen),
          why -> resolve(seen, new Questions.Resolution(Escalation.Outcome.REJECTED, why)));
    }
  }

  /// Decides it for good.
  public void resolve(Escalations.Detail seen, Questions.Resolution answer) {
    Escalation e = seen.row().escalation();
    String outcome = texts.code("outcome", Code.of(answer.outcome()));
    String what = texts.get("action.resolve", outcome);
    later(
        seen,
        what,
        List.of(what, texts.get("clash.reason", answer.reason())),
        () -> review.escalations().resolve(e.id(), e.revision(), answer.outcome(), answer.reason()),
        texts.get("done.resolved", title(seen), outcome));
  }

  private record Approving(long articleRevision, Set<UUID> pending) {}

  /// Looks at what stands in the way, asks, and approves the escalated version.
  public void approve(Escalations.Detail seen) {
    if (!free(seen)) {
      return;
    }
    Escalation e = seen.row().escalation();
    tasks
        .run(
            texts.get("task.approving"),
            () ->
                new Approving(
                    review.articles().find(e.articleId()).orElseThrow().revision(),
                    review.escalations().ofVersion(e.versionId()).stream()
                        .filter(o -> o.status() == Escalation.Status.PENDING)
                        .map(Escalation::id)
                        .collect(Collectors.toSet())))
        .onSuccess(found -> approve(seen, found.articleRevision(), found.pending()));
  }

  /// Asks, and approves the escalated version.
  ///
  /// @param articleRevision the article as it was seen
  /// @param pending the version's pending escalations as they were seen: others are not resolved
  public void approve(Escalations.Detail seen, long articleRevision, Set<UUID> pending) {
    if (free(seen)) {
      questions.approve(
          title(seen), pending.size(), answer -> approve(seen, articleRevision, pending, answer));
    }
  }

  private void approve(
      Escalations.Detail seen, long articleRevision, Set<UUID> pending, Questions.Approval answer) {
    Questions.Resolution r = answer.resolution();
    var resolving = r == null ? null : new Approvals.Resolving(r.outcome(), r.reason(), pending);
    String note = answer.note().isBlank() ? null : answer.note();
    int number = seen.row().versionNumber();
    String what = texts.get("action.approve", number);
    List<String> mine = new ArrayList<>(List.of(what));
    if (r != null) {
      mine.add(texts.get("action.resolve", texts.code("outcome", Code.of(r.outcome()))));
      mine.add(texts.get("clash.reason", r.reason()));
    }
    if (note != null) {
      mine.add(texts.get("clash.note", note));
    }
    later(
        seen,
        what,
        mine,
        () ->
            review
                .approvals()
                .approve(seen.row().escalation().versionId(), articleRevision, note, resolving),
        texts.get("done.approved", number, title(seen)));
  }

  /// Asks why, and takes the article's approval back.
  public void revoke(Escalations.Detail seen, long articleRevision) {
    if (!free(seen)) {
      return;
    }
    Escalation e = seen.row().escalation();
    String what = texts.get("action.revoke");
    questions.revoke(
        title(seen),
        why ->
            later(
                seen,
                what,
                List.of(what, texts.get("clash.reason", why)),
                () -> review.approvals().revoke(e.articleId(), articleRevision, why),
                texts.get("done.revoked", title(seen))));
  }

  /// Asks the rewriter for a suggestion.
  public void requestRewrite(Escalations.Detail seen) {
    if (!free(seen)) {
      return;
    }
    Callable<Decision<Rewrites.CycleResult>> call =
        () -> review.rewrites().request(seen.row().escalation().versionId());
    String what = texts.get("action.rewrite");
    later(seen, what, List.of(what), call, texts.get("done.rewrite", title(seen)));
  }

  /// What is decided already is told; what waits to be recorded is not decided twice.
  private boolean free(Escalations.Detail seen) {
    String waiting = held.get(seen.row().escalation().id());
    if (waiting != null) {
      notices.tell(
          new Notice(
              Notice.Kind.REFUSED,
              texts.get("held.already", title(seen), waiting),
              texts.get("held.already.more")));
    }
    return waiting == null;
  }

  private void later(
      Escalations.Detail seen,
      String what,
      List<String> mine,
      Callable<? extends Decision<?>> call,
      String done) {
    UUID id = seen.row().escalation().id();
    held.put(id, what);
    undo.hold(
        new UndoQueue.Held(
            texts.get("action.of", what, title(seen)),
            call,
            () -> {
              held.remove(id);
              now(seen, what, mine, call, value -> told(done));
            },
            () -> {
              held.remove(id);
              told(texts.get("done.taken-back", what, title(seen)));
            }));
  }

  private <T> void now(
      Escalations.Detail seen,
      String what,
      List<String> mine,
      Callable<? extends Decision<? extends T>> call,
      Consumer<T> done) {
    tasks
        .<Outcome<T>>run(
            texts.get("action.of", what, title(seen)),
            () -> {
              Decision<? extends T> decision = call.call();
              // What stands now is shown beside what was about to be done.
              var now =
                  decision instanceof Decision.Decided<?>
                      ? null
                      : review.escalations().find(seen.row().escalation().id()).orElse(null);
              return new Outcome<>(decision, now);
            })
        .onSuccess(outcome -> {
          if (outcome.decision() instanceof Decision.Decided<? extends T>(T value)) {
            done.accept(value);
          } else {
            notices.tell(
                words.clash(
                    outcome.decision(), mine.isEmpty() ? List.of(what) : mine, outcome.now()));
          }
          listeners.forEach(Runnable::run);
        });
  }

  private record Outcome<T>(
      Decision<? extends T> decision, Escalations.@org.jspecify.annotations.Nullable Detail now) {}

  private void told(String sentence) {
    notices.tell(new Notice(Notice.Kind.DONE, sentence, ""));
  }

  private String about(String key, Escalations.Detail seen) {
    return texts.get(key, title(seen));
  }

  private static String title(Escalations.Detail seen) {
    return seen.row().articleTitle();
  }
}
