package dev.imprimatur.fxml.suggestion;

import dev.imprimatur.engine.review.RewriteSuggestion;
import dev.imprimatur.engine.review.Suggestions.IfMovedOn;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which actions are open, and what stands in the way of the others; an empty text is an open gate.
/// Shown so that nobody presses in vain; the engine decides all the same.
///
/// @param acceptText what accepting comes to, as the button says it
record Gates(String accept, String reject, String acceptText) {
  /// Nothing is shown, so nothing can be done.
  static Gates closed(Texts texts) {
    String why = texts.get("suggestion.loading");
    return new Gates(why, why, texts.get("suggestion.accept", 0, 0));
  }

  static Gates of(
      SuggestionData data,
      Set<Integer> chosen,
      IfMovedOn how,
      @Nullable Estimate estimate,
      boolean waiting,
      Texts texts,
      DecisionWords words) {
    String acceptText = acceptText(data, chosen.size(), how, texts);
    RewriteSuggestion.Choice c = data.suggestion().decision();
    if (c != null) {
      boolean accepted = data.suggestion().status() == RewriteSuggestion.Status.ACCEPTED;
      String why =
          texts.get(
              accepted ? "gate.suggestion.accepted" : "gate.suggestion.rejected",
              c.by(),
              words.time(c.at()));
      return new Gates(why, why, acceptText);
    }
    if (waiting) {
      String why = texts.get("gate.suggestion.waiting");
      return new Gates(why, why, acceptText);
    }
    return new Gates(accept(data, chosen, how, estimate, texts), "", acceptText);
  }

  private static String accept(
      SuggestionData data,
      Set<Integer> chosen,
      IfMovedOn how,
      @Nullable Estimate estimate,
      Texts texts) {
    if (data.count() == 0) {
      return texts.get("gate.suggestion.nothing");
    }
    if (chosen.isEmpty()) {
      return texts.get("gate.suggestion.none");
    }
    if (data.movedOn() && how == IfMovedOn.REFUSE) {
      return texts.get("gate.suggestion.moved", data.base().number(), data.latest().number());
    }
    if (estimate != null && !estimate.finds()) {
      return texts.get("gate.suggestion.place", data.latest().number());
    }
    return "";
  }

  private static String acceptText(SuggestionData data, int taken, IfMovedOn how, Texts texts) {
    int count = data.count();
    if (data.movedOn() && how == IfMovedOn.MERGE) {
      return texts.get("suggestion.merge", taken, count, data.latest().number());
    }
    if (data.movedOn() && how == IfMovedOn.REPLACE) {
      return texts.get("suggestion.replace", taken, count, data.latest().number());
    }
    return texts.get("suggestion.accept", taken, count);
  }
}
