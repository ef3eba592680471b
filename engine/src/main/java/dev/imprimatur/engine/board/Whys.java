package dev.imprimatur.engine.board;

import dev.imprimatur.engine.json.Json;
import dev.imprimatur.engine.queue.Job;
import dev.imprimatur.engine.queue.JobStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Every reason why a board is as it is, in words.
final class Whys {
  static final String NOT_ENOUGH = "not_enough_evidence";
  static final String NOT_FRESH = "evidence_not_fresh";
  static final String STUCK = "stuck_job_timeout";
  static final String OUTDATED = "outdated";

  private Whys() {}

  private static String generate(Brand brand) {
    return "'imprimatur board generate \"" + brand.name() + "\"'";
  }

  static Why notEnough(Brand brand, long have) {
    long missing = BoardRules.LEAST_EVIDENCE - have;
    return new Why(
        NOT_ENOUGH,
        Json.object().put("have", have).put("need", BoardRules.LEAST_EVIDENCE),
        "Import "
            + missing
            + " more evidence item"
            + (missing == 1 ? "" : "s")
            + " at least ('imprimatur evidence import'), then make the board: "
            + generate(brand)
            + ".");
  }

  static Why notFresh(Generation.Given given, Duration window) {
    ObjectNode facts =
        Json.object()
            .put("have", given.total())
            .put("fresh", given.recent().size())
            .put("dated_ahead", given.ahead())
            .put("need", BoardRules.LEAST_EVIDENCE)
            .put("window_days", window.toDays());
    if (given.newest() != null) {
      facts.put("newest", given.newest().toString());
    }
    return new Why(
        NOT_FRESH,
        facts,
        "Import newer evidence: "
            + BoardRules.LEAST_EVIDENCE
            + " items must not be older than "
            + window.toDays()
            + " days, "
            + given.recent().size()
            + " are not"
            + ahead(given.ahead())
            + ". Then make the board: "
            + generate(given.brand())
            + ".");
  }

  private static String ahead(long items) {
    return items == 0
        ? ""
        : "; "
            + items
            + (items == 1 ? " is" : " are")
            + " dated more than a day ahead and count"
            + (items == 1 ? "s" : "")
            + " from then on";
  }

  static Why emptyContext(Brand brand, ObjectNode facts) {
    String missing =
        brand.pillars().isEmpty()
            ? brand.personas().isEmpty() ? "pillars and personas" : "pillars"
            : "personas";
    return new Why(
        ReadyReason.EMPTY_BRAND_CONTEXT.code(),
        facts.put("pillars", brand.pillars().size()).put("personas", brand.personas().size()),
        "Give the brand "
            + missing
            + " ('imprimatur brand add'), then make the board anew: "
            + generate(brand)
            + ".");
  }

  static Why nothingOfPillars(Brand brand, ObjectNode facts) {
    return new Why(
        ReadyReason.GATES_ONLY_NO_SYNTHESIS.code(),
        facts,
        "No evidence item speaks of a pillar. Import evidence on what the brand is about, or add"
            + " the words that its world uses as a pillar; then make the board anew: "
            + generate(brand)
            + ".");
  }

  static Why noneValid(Brand brand, ObjectNode facts) {
    return new Why(
        ReadyReason.NO_VALID_CANDIDATES.code(),
        facts,
        "Every candidate was rejected. Import more and newer evidence on the same subjects, then"
            + " make the board anew: "
            + generate(brand)
            + ".");
  }

  /// Why making a board failed for good.
  static Why failed(Brand brand, JsonNode diagnostics) {
    String code = diagnostics.path("error").asString("failed");
    int attempts = diagnostics.path("attempts").asInt(0);
    ObjectNode facts =
        Json.object()
            .put("attempts", attempts)
            .put("last_worker", diagnostics.path("last_worker").asString(""))
            .put("detail", diagnostics.path("detail").asString(""));
    String unblock =
        code.equals(STUCK)
            ? "The worker that made the board was not heard of any more, at each of "
                + attempts
                + " attempts. See that workers stay alive (memory, log), then ask again: "
                + generate(brand)
                + "."
            : "Making the board failed at each of "
                + attempts
                + " attempts. Mend what the diagnostics name, then ask again: "
                + generate(brand)
                + ".";
    return new Why(code, facts, unblock);
  }

  static Why notGenerated(Brand brand, String code) {
    return new Why(code, Json.object(), "Make the board: " + generate(brand) + ".");
  }

  /// Claims that used up an attempt, the one in force included.
  static int attempts(Job job) {
    return job.attempts() - job.handedBack();
  }

  static Why generating(Job job) {
    return new Why(
        "generating",
        Json.object()
            .put("job", job.key().id().toString())
            .put("status", job.status().name())
            .put("attempts", attempts(job)),
        job.status() == JobStatus.RUNNING
            ? "Wait; a worker makes the board."
            : "Wait; the next free worker makes the board. If it stays so, see that one runs:"
                + " 'imprimatur worker'.");
  }

  static Why degraded(Job job) {
    return new Why(
        "generation_failing",
        Json.object()
            .put("job", job.key().id().toString())
            // While an attempt goes on, it is the one before it that failed.
            .put("attempts", attempts(job) - (job.status() == JobStatus.RUNNING ? 1 : 0))
            .put("max_attempts", job.maxAttempts())
            .put("error", String.valueOf(job.lastError())),
        "It is tried again by itself, "
            + job.maxAttempts()
            + " times in all; until then the last good board stands.");
  }

  static Why stale(Brand brand, Board board, Duration age) {
    return new Why(
        "stale",
        facts(board)
            .put("generated_at", board.generatedAt().toString())
            .put("age_hours", age.toHours()),
        "Make the board anew: " + generate(brand) + ".");
  }

  /// Why a board that is empty would not be as it is if it were made now.
  ///
  /// @param more items that came in since
  /// @param described pillars and personas that the brand has been given since
  static Why outdated(Brand brand, Board board, long more, long described) {
    List<String> what = new ArrayList<>();
    if (more > 0) {
      what.add(more + (more == 1 ? " evidence item" : " evidence items"));
    }
    if (described > 0) {
      what.add(described + (described == 1 ? " pillar or persona" : " pillars and personas"));
    }
    return new Why(
        OUTDATED,
        facts(board)
            .put("was", board.why().code())
            .put("more_items", more)
            .put("more_context", described),
        "Since this board was made, "
            + String.join(" and ", what)
            + " came in. Make it anew: "
            + generate(brand)
            + ".");
  }

  /// What a board says of itself, to be added to.
  static ObjectNode facts(Board board) {
    ObjectNode facts = Json.object();
    board.why().facts().properties().forEach(one -> facts.set(one.getKey(), one.getValue()));
    return facts;
  }
}
