package dev.imprimatur.fxml.action;

import dev.imprimatur.engine.review.Escalation;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a decision needs answered first. Nobody is called back where the question is put away.
public interface Questions {
  /// How an escalation is decided.
  record Resolution(Escalation.Outcome outcome, String reason) {}

  /// What goes with an approval.
  ///
  /// @param resolution how pending escalations are decided, if there are any
  /// @param note may be empty
  record Approval(@Nullable Resolution resolution, String note) {}

  /// How an escalation of this article is decided, and why.
  void resolve(String article, Consumer<Resolution> then);

  /// Why a text must not go out.
  void reject(String article, Consumer<String> then);

  /// A note, and how the version's pending escalations are decided.
  void approve(String article, int pending, Consumer<Approval> then);

  /// Why an approval is taken back.
  void revoke(String article, Consumer<String> then);

  /// For how long an escalation is out of sight.
  void snooze(String article, Consumer<Duration> then);
}
