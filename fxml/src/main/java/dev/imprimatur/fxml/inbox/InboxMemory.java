package dev.imprimatur.fxml.inbox;

import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.EscalationQuery;
import dev.imprimatur.fxml.inbox.InboxViewModel.Sorting;
import dev.imprimatur.fxml.memory.Remembered;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the inbox remembers from one start to the next: filters, order, selection. What it was
/// searched for is not among it: a list that is narrowed by forgotten words looks empty.
final class InboxMemory {
  private static final String SHOW = "inbox.show";
  private static final String REASON = "inbox.reason";
  private static final String SORT = "inbox.sort";
  private static final String DESCENDING = "inbox.sort.descending";
  private static final String SELECTED = "inbox.selected";

  private InboxMemory() {}

  static void recall(InboxViewModel model, Remembered remembered) {
    EscalationQuery.Show show = parse(EscalationQuery.Show.class, remembered.text(SHOW));
    if (show != null) {
      model.showProperty().set(show);
    }
    model.reasonProperty().set(parse(Escalation.Reason.class, remembered.text(REASON)));
    EscalationQuery.Sort sort = parse(EscalationQuery.Sort.class, remembered.text(SORT));
    if (sort != null) {
      model
          .sortingProperty()
          .set(new Sorting(sort, Boolean.parseBoolean(remembered.text(DESCENDING))));
    }
    model
        .showProperty()
        .addListener((observed, before, now) -> remembered.keep(SHOW, Code.of(now)));
    model
        .reasonProperty()
        .addListener(
            (observed, before, now) -> remembered.keep(REASON, now == null ? "" : Code.of(now)));
    model
        .sortingProperty()
        .addListener((observed, before, now) -> {
          remembered.keep(SORT, Code.of(now.by()));
          remembered.keep(DESCENDING, String.valueOf(now.descending()));
        });
  }

  static @Nullable UUID selected(Remembered remembered) {
    try {
      String id = remembered.text(SELECTED);
      return id.isEmpty() ? null : UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  static void select(Remembered remembered, UUID id) {
    remembered.keep(SELECTED, id.toString());
  }

  // Another release may have written what is not known here.
  private static <E extends Enum<E>> @Nullable E parse(Class<E> type, String code) {
    for (E value : type.getEnumConstants()) {
      if (Code.of(value).equals(code)) {
        return value;
      }
    }
    return null;
  }
}
