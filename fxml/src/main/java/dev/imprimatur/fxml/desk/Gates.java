package dev.imprimatur.fxml.desk;

import dev.imprimatur.engine.review.Approval;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.RewriteCycle;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which actions are open to whoever is signed in, and what stands in the way of the others. An
/// empty text is an open gate. Shown so that nobody presses in vain; the engine decides all the
/// same.
record Gates(
    String claim, String release, String decide, String approve, String revoke, String rewrite) {

  /// Everything is shut, for one reason.
  static Gates shut(String why) {
    return new Gates(why, why, why, why, why, why);
  }

  /// @param held what waits to be recorded about this escalation, or null
  static Gates of(
      DeskData data, String me, @Nullable String held, Texts texts, DecisionWords words) {
    if (held != null) {
      return shut(texts.get("gate.held", held));
    }
    Escalation e = data.escalation();
    String holder = data.detail().claimHolder();
    Escalation.Resolution r = e.resolution();
    String approve = approve(data, texts, words);
    String revoke = data.approval() == null ? texts.get("gate.unapproved") : "";
    String rewrite = rewrite(data, texts, words);
    if (r != null) {
      String why =
          texts.get(
              "gate.resolved",
              texts.code("outcome", Code.of(r.outcome())),
              r.by(),
              words.time(r.at()));
      return new Gates(why, why, why, approve, revoke, rewrite);
    }
    if (holder != null && !holder.equals(me)) {
      String until = e.claimExpiresAt() == null ? "" : words.time(e.claimExpiresAt());
      String why = texts.get("gate.claimed", holder, until);
      return new Gates(why, why, why, approve.isEmpty() ? why : approve, revoke, rewrite);
    }
    String release = holder == null ? texts.get("gate.unclaimed") : "";
    return new Gates("", release, "", approve, revoke, rewrite);
  }

  private static String approve(DeskData data, Texts texts, DecisionWords words) {
    Approval a = data.approval();
    return a == null
        ? ""
        : texts.get("gate.approved", data.approvedNumber(), a.by(), words.time(a.at()));
  }

  private static String rewrite(DeskData data, Texts texts, DecisionWords words) {
    Approval a = data.approval();
    if (a != null) {
      return texts.get("gate.approved", data.approvedNumber(), a.by(), words.time(a.at()));
    }
    Optional<RewriteCycle> running =
        data.cycles().stream().filter(c -> c.status() == RewriteCycle.Status.RUNNING).findFirst();
    if (running.isPresent()) {
      return texts.get(
          "gate.rewriting", running.get().number(), words.time(running.get().startedAt()));
    }
    return data.cycles().size() >= data.cap()
        ? texts.get("gate.cap", data.cycles().size(), data.cap())
        : "";
  }
}
