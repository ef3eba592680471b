package dev.imprimatur.engine.board;

import dev.imprimatur.engine.json.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Makes a board of what is known: gates, synthesis, filters. Touches no database.
final class Generation {
  private final Synthesizer synthesizer;
  private final BoardRules rules;

  Generation(Synthesizer synthesizer, BoardRules rules) {
    this.synthesizer = synthesizer;
    this.rules = rules;
  }

  /// What a board is made of.
  ///
  /// @param total how many items are known
  /// @param newest when the newest is of that is not dated ahead; null if there is none
  /// @param ahead how many are dated so far ahead that they don't count yet
  /// @param recent those within the window, the newest first
  /// @param earlier what stood on the boards before
  record Given(
      Brand brand,
      long total,
      @Nullable Instant newest,
      long ahead,
      List<EvidenceItem> recent,
      List<Opportunity.Earlier> earlier,
      Instant now) {}

  Board.Draft make(Given given) {
    Brand brand = given.brand();
    if (given.total() < BoardRules.LEAST_EVIDENCE) {
      return Board.Draft.insufficient(Whys.notEnough(brand, given.total()));
    }
    if (given.recent().size() < BoardRules.LEAST_EVIDENCE) {
      return Board.Draft.insufficient(Whys.notFresh(given, rules.window()));
    }
    if (!brand.hasContext()) {
      return Board.Draft.ready(
          ReadyReason.EMPTY_BRAND_CONTEXT, List.of(), Whys.emptyContext(brand, facts(given)));
    }
    var material = new Synthesizer.Material(brand, given.recent());
    List<Synthesizer.Candidate> candidates = synthesizer.synthesize(material);
    ObjectNode facts = facts(given).put("candidates", candidates.size());
    if (candidates.isEmpty()) {
      return Board.Draft.ready(
          ReadyReason.GATES_ONLY_NO_SYNTHESIS, List.of(), Whys.nothingOfPillars(brand, facts));
    }
    var scoring = new Scoring(brand, given.earlier(), rules.window(), given.now());
    var validity = new Validity(material, scoring, given.now(), rules.freshWithin());
    List<Opportunity.Draft> passed = validity.pass(candidates);
    facts.set("rejected", validity.rejected());
    return passed.isEmpty()
        ? Board.Draft.ready(
            ReadyReason.NO_VALID_CANDIDATES, List.of(), Whys.noneValid(brand, facts))
        : Board.Draft.ready(
            ReadyReason.GENERATED, passed, new Why(ReadyReason.GENERATED.code(), facts, null));
  }

  /// What it was made of, in numbers.
  static ObjectNode facts(Given given) {
    return Json.object()
        .put("have", given.total())
        .put("items", given.recent().size())
        .put("dated_ahead", given.ahead())
        .put("pillars", given.brand().pillars().size())
        .put("personas", given.brand().personas().size());
  }
}
