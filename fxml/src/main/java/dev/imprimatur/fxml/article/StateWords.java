package dev.imprimatur.fxml.article;

import dev.imprimatur.engine.review.ArticleRow;
import dev.imprimatur.engine.review.Code;
import dev.imprimatur.engine.review.EvaluationRun;
import dev.imprimatur.fxml.view.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Where an article stands, in few words. Words first: a colour only repeats what they say.
final class StateWords {
  private StateWords() {}

  /// One thing about an article.
  ///
  /// @param style how it is coloured: `good`, `warn`, `bad` or `quiet`
  record Mark(String text, String style) {}

  static List<Mark> of(ArticleRow row, Texts texts) {
    List<Mark> marks = new ArrayList<>();
    if (row.pendingEscalations() > 0) {
      marks.add(new Mark(texts.get("articles.state.escalated", row.pendingEscalations()), "bad"));
    }
    ArticleRow.InForce approval = row.approval();
    if (approval != null) {
      marks.add(
          approval.stale().isEmpty()
              ? new Mark(texts.get("articles.state.approved", approval.versionNumber()), "good")
              : new Mark(texts.get("articles.state.stale", why(approval.stale(), texts)), "warn"));
    }
    if (row.runInProgress() != null) {
      marks.add(new Mark(texts.get("articles.state.evaluating"), "quiet"));
    } else if (row.scores() == null) {
      marks.add(new Mark(texts.get("articles.state.unevaluated"), "quiet"));
    } else if (row.scores().status() == EvaluationRun.Status.FAILED) {
      marks.add(new Mark(texts.get("articles.state.failed"), "warn"));
    } else if (row.scores().partial()) {
      marks.add(new Mark(texts.get("articles.state.partial"), "warn"));
    }
    if (row.rewriteRunning()) {
      marks.add(new Mark(texts.get("articles.state.rewriting"), "quiet"));
    }
    if (row.pendingSuggestions() > 0) {
      marks.add(new Mark(texts.get("articles.state.suggested"), "quiet"));
    }
    return marks;
  }

  /// Why an approval is stale, in few words.
  static String why(Set<ArticleRow.Stale> stale, Texts texts) {
    return stale.stream()
        .map(s -> texts.code("stale", Code.of(s)))
        .collect(Collectors.joining(", "));
  }

  static String sentence(List<Mark> marks) {
    return marks.stream().map(Mark::text).collect(Collectors.joining(", "));
  }
}
