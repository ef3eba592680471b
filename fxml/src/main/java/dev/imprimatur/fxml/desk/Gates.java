package dev.imprimatur.fxml.desk;

import dev.imprimatur.engine.review.Approval;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;

/// Which actions are open to whoever is signed in, and what stands in the way of the others. An
/// empty text is an open gate. Shown so that nobody presses in vain; the engine decides all the
/// same.
record Gates(String claim, String release, String resolve, String approve) {

  static Gates of(DeskData data, String me, Texts texts, DecisionWords words) {
    Escalation e = data.detail().row().escalation();
    String holder = data.detail().claimHolder();
    Escalation.Resolution r = e.resolution();
    String approve = approve(data, texts, words);
    if (r != null) {
      String why =
          texts.get(
              "gate.resolved",
              texts.code("outcome", Code.of(r.outcome())),
              r.by(),
              words.time(r.at()));
      return new Gates(why, why, why, approve);
    }
    if (holder != null && !holder.equals(me)) {
      String until = e.claimExpiresAt() == null ? "" : words.time(e.claimExpiresAt());
      String why = texts.get("gate.claimed", holder, until);
      return new Gates(why, why, why, approve.isEmpty() ? why : approve);
    }
    String release = holder == null ? texts.get("gate.unclaimed") : "";
    return new Gates("", release, "", approve);
  }

  private static String approve(DeskData data, Texts texts, DecisionWords words) {
    Approval a = data.approval();
    return a == null
        ? ""
        : texts.get("gate.approved", data.approvedNumber(), a.by(), words.time(a.at()));
  }
}
