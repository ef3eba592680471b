package dev.imprimatur.fxml.inbox;

import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.Escalations;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which of the loaded escalations are shown.
///
/// @param reason only these, or null for all
/// @param search words that must all stand in the article's title, its reason or its claimer's name
record InboxFilter(Escalation.@Nullable Reason reason, String search) {
  boolean shows(Escalations.Detail detail, String reasonText) {
    Escalation e = detail.row().escalation();
    if (reason != null && reason != e.reason()) {
      return false;
    }
    if (search.isBlank()) {
      return true;
    }
    String holder = detail.claimHolder() == null ? "" : detail.claimHolder();
    String all =
        (detail.row().articleTitle() + ' ' + reasonText + ' ' + holder).toLowerCase(Locale.ROOT);
    for (String word : search.strip().toLowerCase(Locale.ROOT).split("\\s+")) {
      if (!all.contains(word)) {
        return false;
      }
    }
    return true;
  }
}
