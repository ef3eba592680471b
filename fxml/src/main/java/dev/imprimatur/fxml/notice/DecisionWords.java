package dev.imprimatur.fxml.notice;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.fxml.view.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// What a decision came to, in words.
public final class DecisionWords {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);

  private final Texts texts;
  private final ZoneId zone;

  /// @param zone in which times are shown
  public DecisionWords(Texts texts, ZoneId zone) {
    this.texts = texts;
    this.zone = zone;
  }

  /// The notice of a decision.
  ///
  /// @param done what to say if it was carried out
  /// @param wanted what was about to be done, shown beside what somebody else did
  public Notice of(Decision<?> decision, String done, String wanted) {
    return switch (decision) {
      case Decision.Decided<?> d -> new Notice(Notice.Kind.DONE, done, "");
      case Decision.AlreadyDecided<?> a ->
          new Notice(
              Notice.Kind.CONFLICT,
              texts.get("notice.already", a.by(), what(a.what()), time(a.at())),
              texts.get("notice.already.detail", wanted));
      case Decision.Refused<?> r ->
          new Notice(Notice.Kind.REFUSED, sentence(r.refusal().message()), r.refusal().unblock());
    };
  }

  /// A time of day with its date.
  public String time(Instant at) {
    return TIME.format(at.atZone(zone));
  }

  // The engine tells an action's code and, in brackets, its outcome.
  private String what(String what) {
    int space = what.indexOf(' ');
    String action = texts.code("audit", space < 0 ? what : what.substring(0, space));
    if (space < 0) {
      return action;
    }
    String outcome = what.substring(space + 1).replaceAll("[()]", "");
    return action + " (" + texts.code("outcome", outcome) + ")";
  }

  private static String sentence(String text) {
    String capital = text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ENGLISH);
    return capital + (text.isEmpty() ? "" : text.substring(1)) + (text.endsWith(".") ? "" : ".");
  }
}
