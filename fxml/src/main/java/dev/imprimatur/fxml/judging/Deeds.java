package dev.imprimatur.fxml.judging;

import dev.imprimatur.engine.assessment.HumanDesk;
import dev.imprimatur.engine.assessment.HumanDesk.Given;
import dev.imprimatur.engine.assessment.HumanDesk.Judged;
import dev.imprimatur.engine.assessment.HumanDesk.Skip;
import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.decision.Refusal;
import dev.imprimatur.fxml.task.Tasks;
import dev.imprimatur.fxml.view.Texts;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BiConsumer;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// Answers and skips on their way to the database, one after the other. What can't be stored stays
/// here and is handed in again: under its correlation id it counts once, however often it comes.
final class Deeds {
  /// What somebody did with a pair.
  sealed interface Deed {
    UUID pair();

    /// It was answered.
    record Answered(UUID batch, Given given) implements Deed {
      @Override
      public UUID pair() {
        return given.correlationId();
      }
    }

    /// It was skipped.
    record Skipped(Skip skip) implements Deed {
      @Override
      public UUID pair() {
        return skip.correlationId();
      }
    }
  }

  private final HumanDesk desk;
  private final Tasks tasks;
  private final String name;
  private final BiConsumer<Deed, Decision<?>> stored;
  // Read by the last words too, which are not said on the FX thread.
  private final Deque<Deed> waiting = new ConcurrentLinkedDeque<>();
  private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper();
  private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
  private boolean sending;

  /// @param name what is done, for people
  /// @param stored told what each came to, once nothing of it is on its way any more
  Deeds(HumanDesk desk, Tasks tasks, String name, BiConsumer<Deed, Decision<?>> stored) {
    this.desk = desk;
    this.tasks = tasks;
    this.name = name;
    this.stored = stored;
  }

  void add(Deed deed) {
    waiting.add(deed);
    count.set(waiting.size());
    send();
  }

  /// Hands in what waits, unless that is under way.
  void send() {
    Deed first = waiting.peek();
    if (first == null || sending) {
      return;
    }
    sending = true;
    tasks
        .<Decision<?>>runQuietly(name, () -> hand(first))
        .onSuccess(decision -> {
          sending = false;
          waiting.remove();
          count.set(waiting.size());
          trouble.set("");
          stored.accept(first, decision);
          send();
        })
        .onFailure(why -> {
          sending = false;
          trouble.set(String.valueOf(why.getMessage()));
        });
  }

  private Decision<?> hand(Deed deed) {
    return switch (deed) {
      case Deed.Answered a -> {
        Decision<Judged> judged = desk.judge(a.given());
        yield judged;
      }
      case Deed.Skipped s -> desk.skip(s.skip());
    };
  }

  /// Hands in a last time what waits, before the window goes. Not on the FX thread, and only when
  /// nothing is on its way any more. Where the database does not answer, the others are not tried:
  /// it would be waited for once each.
  ///
  /// @return a line that tells how many are lost and why, or none
  List<String> last(Texts texts) {
    int lost = 0;
    String why = "";
    for (Deed next = waiting.poll(); next != null; next = waiting.poll()) {
      try {
        if (hand(next) instanceof Decision.Refused<?>(Refusal refusal)) {
          lost++;
          why = refusal.message();
        }
      } catch (RuntimeException e) {
        lost += 1 + waiting.size();
        why = String.valueOf(e.getMessage());
        waiting.clear();
      }
    }
    return lost == 0 ? List.of() : List.of(texts.get("judging.lost", lost, why));
  }

  /// The pairs they are about.
  Set<UUID> pairs() {
    Set<UUID> pairs = new HashSet<>();
    waiting.forEach(deed -> pairs.add(deed.pair()));
    return pairs;
  }

  /// How many are not stored yet.
  ReadOnlyIntegerProperty countProperty() {
    return count.getReadOnlyProperty();
  }

  /// Why the first could not be stored, or an empty text.
  ReadOnlyStringProperty troubleProperty() {
    return trouble.getReadOnlyProperty();
  }
}
