package dev.imprimatur.fxml.article;

import dev.imprimatur.engine.review.Approval;
import dev.imprimatur.engine.review.Escalations;
import dev.imprimatur.engine.review.RunResult;
import dev.imprimatur.engine.review.Version;
import dev.imprimatur.fxml.notice.DecisionWords;
import dev.imprimatur.fxml.view.Texts;
import org.jspecify.annotations.Nullable;

/// Which actions are open on a version, and what stands in the way of the others. An empty text is
/// an open gate. Shown so that nobody presses in vain; the engine decides all the same.
record ArticleGates(
    String evaluate,
    String stop,
    String approve,
    String revoke,
    String rewrite,
    String compare,
    String escalation) {

  /// @param version that is selected
  /// @param me who is signed in
  static ArticleGates of(
      ArticleData data, Version.Head version, String me, Texts texts, DecisionWords words) {
    RunResult running = data.running(version.id());
    Approval approval = data.inForce();
    return new ArticleGates(
        running == null
            ? ""
            : texts.get(
                "articles.gate.evaluating", ArticleData.ended(running), running.parts().size()),
        running == null ? texts.get("articles.gate.idle") : "",
        approve(data, version, approval, me, texts, words),
        approval == null ? texts.get("articles.gate.unapproved") : "",
        rewrite(data, approval, texts, words),
        data.versions().size() < 2 ? texts.get("articles.gate.single") : "",
        data.pending().isEmpty() ? texts.get("articles.gate.unescalated") : "");
  }

  /// Everything closed for one reason, such as that it is being read.
  static ArticleGates closed(String why) {
    return new ArticleGates(why, why, why, why, why, why, why);
  }

  private static String approve(
      ArticleData data,
      Version.Head version,
      @Nullable Approval approval,
      String me,
      Texts texts,
      DecisionWords words) {
    if (approval != null) {
      return approved(data, approval, texts, words);
    }
    for (Escalations.Detail pending : data.pendingOf(version.id())) {
      String holder = pending.claimHolder();
      if (holder != null && !holder.equals(me)) {
        return texts.get("articles.gate.claimed", holder);
      }
    }
    return "";
  }

  private static String rewrite(
      ArticleData data, @Nullable Approval approval, Texts texts, DecisionWords words) {
    if (approval != null) {
      return approved(data, approval, texts, words);
    }
    if (data.row().rewriteRunning()) {
      return texts.get("articles.gate.rewriting");
    }
    return data.rewritesUsed() >= data.rewriteCap()
        ? texts.get("articles.gate.cap", data.rewritesUsed())
        : "";
  }

  private static String approved(
      ArticleData data, Approval approval, Texts texts, DecisionWords words) {
    return texts.get(
        "gate.approved",
        data.number(approval.versionId()),
        approval.by(),
        words.time(approval.at()));
  }
}
