package dev.imprimatur.fxml.desk;

import dev.imprimatur.engine.audit.AuditEntry;
import dev.imprimatur.engine.audit.AuditTrail;
import dev.imprimatur.engine.review.Escalation;
import dev.imprimatur.engine.review.RewriteSuggestion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Something that happened to the article or the escalation, as the audit has it.
///
/// @param after what it came to
/// @param reason given by whoever did it, if one was
record Moment(
    Instant at,
    String by,
    boolean human,
    String action,
    @Nullable JsonNode after,
    @Nullable String reason) {
  private static final int MOST = 300;

  /// Newest first.
  static List<Moment> of(AuditTrail audit, Escalation e, List<RewriteSuggestion> suggestions) {
    List<AuditEntry> all = new ArrayList<>();
    all.addAll(audit.list("article", e.articleId().toString(), MOST));
    all.addAll(audit.list("escalation", e.id().toString(), MOST));
    suggestions.forEach(s -> all.addAll(audit.list("rewrite_suggestion", s.id().toString(), MOST)));
    return all.stream()
        .sorted(Comparator.comparing(AuditEntry::at).reversed())
        .limit(MOST)
        .map(a ->
            new Moment(
                a.at(), a.actor().id(), a.actor().human(), a.action(), a.after(), a.reason()))
        .toList();
  }
}
