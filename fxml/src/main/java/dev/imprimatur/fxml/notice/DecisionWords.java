package dev.imprimatur.fxml.notice;

import dev.imprimatur.engine.decision.Decision;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.fxml.view.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a decision came to, in words.
public final class DecisionWords {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);

  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("d MMM, HH:mm:ss", Locale.ENGLISH);

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

  /// The notice of a decision about an escalation that was not carried out: what was about to be
  /// done beside what stands now.
  ///
  /// @param mine what was about to be done, line by line
  /// @param now the escalation as it is now, or null where it is gone
  public Notice clash(Decision<?> decision, List<String> mine, Escalations.@Nullable Detail now) {
    Notice told = of(decision, "", mine.getFirst());
    return decision instanceof Decision.AlreadyDecided<?>
        ? new Notice(
            told.kind(),
            told.headline(),
            texts.get("clash.kept"),
            mine,
            now == null ? List.of(texts.get("desk.gone")) : state(now))
        : told;
  }

  /// How an escalation stands, line by line.
  private List<String> state(Escalations.Detail now) {
    Escalation e = now.row().escalation();
    List<String> lines = new ArrayList<>();
    Escalation.Resolution r = e.resolution();
    if (r != null) {
      String outcome = texts.code("outcome", Code.of(r.outcome()));
      lines.add(texts.get("clash.resolved", outcome, r.by(), time(r.at())));
      lines.add(texts.get("clash.reason", r.reason()));
    } else {
      lines.add(texts.get("clash.pending"));
      lines.add(
          now.claimHolder() == null
              ? texts.get("clash.unclaimed")
              : texts.get("clash.claimed", now.claimHolder()));
      if (now.snoozed() && e.snoozedUntil() != null) {
        lines.add(texts.get("clash.snoozed", time(e.snoozedUntil())));
      }
    }
    return lines;
  }

  /// A time of day with its date.
  public String time(Instant at) {
    return TIME.format(at.atZone(zone));
  }

  /// A time to the second, with its day.
  public String exactTime(Instant at) {
    return EXACT.format(at.atZone(zone));
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
