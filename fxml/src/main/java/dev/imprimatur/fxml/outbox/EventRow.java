package dev.imprimatur.fxml.outbox;

import dev.imprimatur.engine.outbox.Delivery;
import dev.imprimatur.engine.outbox.DeliveryState;
import dev.imprimatur.engine.outbox.Evidence;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.fxml.list.Mark;
import dev.imprimatur.fxml.view.Texts;

/// An event and its deliveries in the words of the table.
final class EventRow {
  private EventRow() {}

  /// The state that matters most: what is dead, then what is under way.
  static Mark mark(Evidence event, Texts texts) {
    for (DeliveryState state : new DeliveryState[] {DeliveryState.DEAD, DeliveryState.PENDING}) {
      long some = count(event, state);
      if (some > 0) {
        return mark(state, texts);
      }
    }
    if (event.deliveries().isEmpty()) {
      return new Mark(texts.get("outbox.state.nobody"), Mark.Tone.PLAIN);
    }
    return mark(
        count(event, DeliveryState.SKIPPED) > 0
            ? DeliveryState.SKIPPED
            : DeliveryState.ACKNOWLEDGED,
        texts);
  }

  static Mark mark(DeliveryState state, Texts texts) {
    String text = texts.code("outbox.state", Code.of(state));
    return switch (state) {
      case DEAD -> new Mark(text, Mark.Tone.BAD, true);
      case PENDING -> new Mark(text, Mark.Tone.WARN);
      case ACKNOWLEDGED -> new Mark(text, Mark.Tone.GOOD);
      case SKIPPED -> new Mark(text, Mark.Tone.PLAIN);
    };
  }

  /// How many of its subscribers have it.
  static String confirmed(Evidence event, Texts texts) {
    return texts.get(
        "outbox.of", count(event, DeliveryState.ACKNOWLEDGED), event.deliveries().size());
  }

  static int published(Evidence event) {
    return event.deliveries().stream().mapToInt(Delivery::publishCount).sum();
  }

  private static long count(Evidence event, DeliveryState state) {
    return event.deliveries().stream().filter(d -> d.state() == state).count();
  }
}
