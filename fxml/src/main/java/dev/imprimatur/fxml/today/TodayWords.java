package dev.imprimatur.fxml.today;

import dev.imprimatur.engine.board.Board;
import dev.imprimatur.engine.board.BoardState;
import dev.imprimatur.engine.board.BoardView;
import dev.imprimatur.engine.board.Opportunity;
import dev.imprimatur.engine.board.Why;
import dev.imprimatur.fxml.view.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Boards in words.
final class TodayWords {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

  private final Texts texts;
  private final ZoneId zone;

  TodayWords(Texts texts, ZoneId zone) {
    this.texts = texts;
    this.zone = zone;
  }

  /// What a person can do about a board as it is.
  enum Way {
    NONE,
    GENERATE,
    IMPORT,
    CONTEXT
  }

  String time(Instant time) {
    return TIME.format(time.atZone(zone));
  }

  String day(Instant time) {
    return DAY.format(time.atZone(zone));
  }

  /// A line on the board in sight.
  String about(TodayViewModel.Shown shown) {
    Board board = shown.board();
    String evidence = texts.get("today.evidence.count", shown.view().evidence());
    return board == null
        ? evidence
        : texts.get(
            "today.about",
            board.number(),
            time(board.generatedAt()),
            board.opportunities().size(),
            evidence);
  }

  /// A board in the history.
  String head(Board.Head head) {
    return texts.get(
        "today.history.board",
        head.number(),
        time(head.generatedAt()),
        head.opportunities() > 0
            ? texts.get("today.history.opportunities", head.opportunities())
            : texts.code("today.brief", brief(head.state(), head.why().code())));
  }

  private static String brief(BoardState state, String code) {
    return state == BoardState.ERROR ? "error" : code;
  }

  private static String code(BoardState state, Why why) {
    return state == BoardState.ERROR && !why.code().equals("stuck_job_timeout")
        ? "failed"
        : why.code();
  }

  String headline(BoardState state, Why why) {
    return texts.code("today.head", code(state, why));
  }

  /// The values behind it and what would change it.
  String detail(BoardState state, Why why) {
    JsonNode facts = why.facts();
    return switch (code(state, why)) {
      case "not_enough_evidence" ->
          texts.get("today.detail.few", facts.path("have").asInt(0), facts.path("need").asInt(0));
      case "evidence_not_fresh" -> old(facts);
      case "generating" ->
          texts.code(
              "today.detail.generating",
              facts.path("status").asString("").toLowerCase(Locale.ROOT));
      case "outdated" ->
          outdated(facts.path("more_items").asInt(0), facts.path("more_context").asInt(0));
      case "no_valid_candidates" ->
          texts.get(
              "today.detail.rejected",
              facts.path("candidates").asInt(0),
              rejected(facts.path("rejected")));
      case "gates_only_no_synthesis" ->
          texts.get("today.detail.gates", facts.path("items").asInt(0));
      case "generation_failing" ->
          texts.get(
              "today.detail.degraded",
              facts.path("attempts").asInt(0),
              facts.path("max_attempts").asInt(0),
              facts.path("error").asString(""));
      case "stuck_job_timeout" -> texts.get("today.detail.stuck", facts.path("attempts").asInt(0));
      case "failed" ->
          texts.get(
              "today.detail.failed",
              facts.path("attempts").asInt(0),
              facts.path("detail").asString(""));
      case "stale" -> texts.get("today.detail.stale", facts.path("age_hours").asInt(0));
      default -> texts.code("today.detail", why.code());
    };
  }

  private String outdated(int items, int context) {
    if (context == 0) {
      return texts.get("today.detail.outdated.items", items);
    }
    return items == 0
        ? texts.get("today.detail.outdated.context", context)
        : texts.get("today.detail.outdated.both", items, context);
  }

  private String old(JsonNode facts) {
    String old =
        texts.get(
            "today.detail.old",
            facts.path("fresh").asInt(0),
            facts.path("window_days").asInt(0),
            facts.path("need").asInt(0));
    int ahead = facts.path("dated_ahead").asInt(0);
    return ahead == 0 ? old : old + " " + texts.get("today.detail.ahead", ahead);
  }

  private String rejected(JsonNode rejected) {
    List<String> parts = new ArrayList<>();
    rejected
        .properties()
        .forEach(
            one -> parts.add(texts.code("today.rejected", one.getKey(), one.getValue().asInt(0))));
    return String.join(", ", parts);
  }

  Way way(BoardView view, Why why) {
    if (view.underWay()) {
      return Way.NONE;
    }
    return switch (why.code()) {
      case "not_enough_evidence",
          "evidence_not_fresh",
          "gates_only_no_synthesis",
          "no_valid_candidates" ->
          Way.IMPORT;
      case "empty_brand_context" -> Way.CONTEXT;
      default -> Way.GENERATE;
    };
  }

  /// What a screen reader says of an opportunity in the list.
  String spoken(Opportunity one) {
    return texts.get(
        "today.opportunity.spoken",
        one.position(),
        one.title(),
        one.points().score().toPlainString(),
        one.evidence().size());
  }

  String meta(Opportunity one) {
    return texts.get("today.opportunity.meta", one.pillar(), one.evidence().size());
  }

  String volume(JsonNode reasons) {
    JsonNode r = reasons.path("volume");
    return texts.get(
        "today.points.volume.how", r.path("items").asInt(0), r.path("full_at").asInt(0));
  }

  String recency(JsonNode reasons) {
    JsonNode r = reasons.path("recency");
    return texts.get(
        "today.points.recency.how",
        r.path("age_days").asDouble(0),
        r.path("window_days").asDouble(0));
  }

  String novelty(JsonNode reasons) {
    JsonNode r = reasons.path("novelty");
    String like = r.path("like").asString("");
    return like.isEmpty()
        ? texts.get("today.points.novelty.new")
        : texts.get(
            "today.points.novelty.how",
            Math.round(100 * r.path("likeness").asDouble(0)),
            like,
            r.path("like_on_board").asInt(0));
  }

  String persona(JsonNode reasons) {
    JsonNode r = reasons.path("persona");
    List<String> found = new ArrayList<>();
    r.path("found").forEach(term -> found.add(term.asString("")));
    return found.isEmpty()
        ? texts.get("today.points.persona.none", r.path("persona").asString(""))
        : texts.get(
            "today.points.persona.how",
            r.path("persona").asString(""),
            found.size(),
            r.path("terms").asInt(0),
            String.join(", ", found));
  }
}
